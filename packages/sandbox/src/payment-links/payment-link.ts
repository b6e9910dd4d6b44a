export type ConnectionStatus = 'enabled' | 'pending' | 'disabled';

/** A member's account with the payment provider; one each (facts 4.10). */
export interface PaymentConnection {
  readonly id: string;
  readonly membershipId: string;
  readonly organizationId: string;
  accountId: string;
  callbackUrl: string;
  /** Opens the hosted onboarding page. */
  token: string;
  status: ConnectionStatus;
  updatedAt: number;
}

export interface Money {
  readonly value: string;
  readonly currency: string;
}

/** A basket's row, as it was sent. */
export interface BasketItem {
  readonly title: string;
  readonly quantity: number;
  readonly unit_price: Money;
  readonly vat_rate: string;
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly measure_unit?: string | undefined;
}

export type LinkStatus = 'open' | 'expired' | 'canceled' | 'paid' | 'processing';

export interface PaymentLink {
  readonly id: string;
  readonly organizationId: string;
  readonly membershipId: string;
  readonly accountId: string;
  readonly amountCents: number;
  readonly currency: string;
  readonly methods: readonly string[];
  readonly reusable: boolean;
  readonly resourceId: string;
  readonly items: readonly BasketItem[] | null;
  readonly invoice: {
    readonly id: string;
    readonly number: string;
    readonly debitorName: string;
  } | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  status: LinkStatus;
  updatedAt: number;
}

export type LinkPaymentStatus = 'pending' | 'paid' | 'failed';

/** A client's try to pay a link. */
export interface LinkPayment {
  readonly id: string;
  readonly linkId: string;
  readonly method: string;
  readonly debitorEmail: string;
  readonly createdAt: number;
  /** What a pending one comes to. */
  readonly endsAs: 'paid' | 'failed';
  status: LinkPaymentStatus;
  paidAt: number | null;
  /** When the provider decides on a pending one, and then when it pays the money out. */
  nextStepAt: number | null;
}
