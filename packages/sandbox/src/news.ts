import type { PaymentConnection, PaymentLink } from './payment-links/payment-link.js';
import type { Beneficiary, Membership, Transfer, TransferStatus } from './state.js';
import type { Transaction } from './transactions/transaction.js';

/** What has happened at the bank, told at the moment when it has. */
export type News =
  | {
      readonly kind: 'transfer';
      readonly event: 'created' | Exclude<TransferStatus, 'pending'>;
      readonly transfer: Transfer;
    }
  | {
      readonly kind: 'transaction';
      readonly event: 'created' | 'updated';
      readonly transaction: Transaction;
    }
  | {
      readonly kind: 'beneficiary';
      readonly event: 'created' | 'updated' | 'deleted';
      readonly beneficiary: Beneficiary;
    }
  | {
      readonly kind: 'payment-link';
      readonly event: 'created' | 'updated';
      readonly link: PaymentLink;
      readonly methodUsed?: string;
    }
  | { readonly kind: 'payment-connection'; readonly connection: PaymentConnection }
  | {
      readonly kind: 'consent-revoked';
      readonly membership: Membership;
      readonly clientId: string;
    };

/** Where the bank's parts tell what happens, and others listen. */
export class NewsDesk {
  readonly #listeners = new Set<(news: News) => void>();

  tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }

  listen(listener: (news: News) => void): void {
    this.#listeners.add(listener);
  }
}
