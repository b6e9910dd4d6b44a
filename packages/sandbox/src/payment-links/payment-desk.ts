import { randomBytes, randomUUID } from 'node:crypto';
import type { BankClock } from '../clock.js';
import type { NewsDesk } from '../news.js';
import type { Membership } from '../state.js';
import type { StateStore } from '../state-store.js';
import type { Switches } from '../switches.js';
import type {
  ConnectionStatus,
  LinkPayment,
  LinkPaymentStatus,
  PaymentConnection,
  PaymentLink,
} from './payment-link.js';
import { payoutOf } from './payout.js';

const DAY_MS = 86_400_000;
const DECIDED_AFTER_MS = 60_000;
const PAID_OUT_AFTER_MS = DAY_MS;

export const METHODS = ['credit_card', 'apple_pay', 'paypal', 'ideal'] as const;
/** What the provider has switched on for everybody; others are dropped from a new link. */
export const ENABLED_METHODS: readonly string[] = ['credit_card', 'apple_pay', 'ideal'];

export type LinkOrder = Pick<
  PaymentLink,
  'amountCents' | 'currency' | 'methods' | 'reusable' | 'items' | 'invoice'
>;

/** The payment provider behind the links: its connections, its links, and what clients pay. */
export class PaymentDesk {
  readonly #store: StateStore;
  readonly #clock: BankClock;
  readonly #news: NewsDesk;
  readonly #switches: Switches;

  constructor(parts: {
    readonly store: StateStore;
    readonly clock: BankClock;
    readonly news: NewsDesk;
    readonly switches: Switches;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#news = parts.news;
    this.#switches = parts.switches;
  }

  get nextStepAt(): number {
    const { paymentLinks, linkPayments } = this.#store.current;
    let next = Number.POSITIVE_INFINITY;
    for (const { status, expiresAt } of paymentLinks.values()) {
      if (status === 'open') next = Math.min(next, expiresAt);
    }
    for (const { nextStepAt } of linkPayments.values()) next = Math.min(next, nextStepAt ?? next);
    return next;
  }

  reload(): void {}

  connectionOf({ id }: Membership): PaymentConnection | undefined {
    return this.#store.current.paymentConnections.get(id);
  }

  connectionByToken(token: string): PaymentConnection | undefined {
    const connections = [...this.#store.current.paymentConnections.values()];
    return connections.find((connection) => connection.token === token);
  }

  /** One connection per member: one that works already stays as it is. */
  connect(
    member: Membership,
    wish: Pick<PaymentConnection, 'accountId' | 'callbackUrl'>,
  ): PaymentConnection {
    const known = this.connectionOf(member);
    if (known?.status === 'enabled') return known;
    const connection: PaymentConnection = {
      ...{ id: known?.id ?? randomUUID(), membershipId: member.id, ...wish },
      organizationId: member.organizationId,
      token: randomBytes(24).toString('base64url'),
      ...{ status: 'pending', updatedAt: this.#clock.now() },
    };
    this.#store.current.paymentConnections.set(member.id, connection);
    this.#news.tell({ kind: 'payment-connection', connection });
    this.#store.touch();
    return connection;
  }

  /** What the provider says at the end of its onboarding. */
  onboard(connection: PaymentConnection, status: ConnectionStatus): void {
    connection.status = status;
    connection.updatedAt = this.#clock.now();
    this.#news.tell({ kind: 'payment-connection', connection });
    this.#store.touch();
  }

  create(connection: PaymentConnection, order: LinkOrder): PaymentLink {
    const now = this.#clock.now();
    // Facts 4.10: not settable, and a year in the samples.
    const lifeMs = this.#switches.get('link_life_days') * DAY_MS;
    const link: PaymentLink = {
      ...{ id: randomUUID(), ...order },
      organizationId: connection.organizationId,
      membershipId: connection.membershipId,
      accountId: connection.accountId,
      resourceId: order.invoice?.id ?? randomUUID(),
      ...{ createdAt: now, updatedAt: now, expiresAt: now + lifeMs, status: 'open' },
    };
    this.#store.current.paymentLinks.set(link.id, link);
    this.#news.tell({ kind: 'payment-link', event: 'created', link });
    this.#store.touch();
    return link;
  }

  link(id: string): PaymentLink | undefined {
    return this.#store.current.paymentLinks.get(id);
  }

  paymentsOf(link: PaymentLink): LinkPayment[] {
    const all = [...this.#store.current.linkPayments.values()];
    return all.filter(({ linkId }) => linkId === link.id);
  }

  /** Withdraws an open link; false when it is too late. */
  deactivate(link: PaymentLink): boolean {
    if (link.status !== 'open') return false;
    this.#move(link, 'canceled', this.#clock.now());
    return true;
  }

  /** A client pays; only an open link can be paid. */
  pay(
    link: PaymentLink,
    wish: {
      readonly method: string;
      readonly debitorEmail: string;
      readonly status: LinkPaymentStatus;
      readonly endsAs: 'paid' | 'failed';
    },
  ): LinkPayment {
    const now = this.#clock.now();
    const payment: LinkPayment = {
      ...{ id: randomUUID(), linkId: link.id, createdAt: now, paidAt: null },
      ...{ method: wish.method, debitorEmail: wish.debitorEmail, endsAs: wish.endsAs },
      ...{ status: 'pending', nextStepAt: now + DECIDED_AFTER_MS },
    };
    this.#store.current.linkPayments.set(payment.id, payment);
    if (wish.status === 'pending') {
      this.#move(link, link.reusable ? 'open' : 'processing', now, payment.method);
    } else {
      this.#decide(payment, link, now);
    }
    return payment;
  }

  catchUp(): void {
    const now = this.#clock.now();
    const { paymentLinks, linkPayments } = this.#store.current;
    for (const payment of linkPayments.values()) {
      const at = payment.nextStepAt;
      const link = paymentLinks.get(payment.linkId);
      if (!link || at === null || at > now) continue;
      if (payment.status === 'pending') this.#decide(payment, link, at);
      else this.#payOut(payment, link, at);
    }
    for (const link of paymentLinks.values()) {
      if (link.status === 'open' && link.expiresAt <= now) {
        this.#move(link, 'expired', link.expiresAt);
      }
    }
  }

  #decide(payment: LinkPayment, link: PaymentLink, at: number): void {
    payment.status = payment.endsAs;
    const isPaid = payment.status === 'paid';
    payment.paidAt = isPaid ? at : null;
    payment.nextStepAt = isPaid ? at + PAID_OUT_AFTER_MS : null;
    const isOver = isPaid && !link.reusable;
    // A link that was withdrawn meanwhile stays so: the money comes all the same.
    if (link.status === 'canceled' || link.status === 'expired') this.#store.touch();
    else this.#move(link, isOver ? 'paid' : 'open', at, payment.method);
  }

  /** The money arrives as a transfer of the provider. Only euros: the sandbox changes no money. */
  #payOut(payment: LinkPayment, link: PaymentLink, at: number): void {
    payment.nextStepAt = null;
    const account = this.#store.current.accounts.get(link.accountId);
    if (account && link.currency === 'EUR') {
      const transaction = payoutOf(link, at);
      account.balanceCents += link.amountCents;
      account.updatedAt = at;
      this.#store.current.transactions.set(transaction.id, transaction);
      this.#news.tell({ kind: 'transaction', event: 'created', transaction });
    }
    this.#store.touch();
  }

  #move(link: PaymentLink, status: PaymentLink['status'], at: number, methodUsed?: string): void {
    link.status = status;
    link.updatedAt = at;
    const used = methodUsed === undefined ? {} : { methodUsed };
    this.#news.tell({ kind: 'payment-link', event: 'updated', link, ...used });
    this.#store.touch();
  }
}
