import {
  type CreateIntent,
  type CreateLinkIntent,
  type CreateTransferIntent,
  formatAmount,
  isFinal,
  type PartnerIntent,
  type PartnerPayment,
  type Snapshot,
} from '@qonto-pay/shared';
import { PaymentError } from './errors.js';
import { readItems, readReturnUrl } from './intent-rules.js';
import type { Partner } from './partner.js';
import type { Ids } from './ports.js';
import type { IntentView, Payment } from './records.js';
import { snapshotOf } from './snapshot.js';
import type { IntentStore, OnceKey, PaymentStore, StoredAnswer } from './store-port.js';

export const INTENT_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

interface Published {
  snapshot: Snapshot;
  partnerId: string;
}

/** Intents of another kind, under the same addresses. What is not of that kind is `undefined`. */
export interface IntentsOfAKind<Given> {
  create(
    partner: Partner,
    given: Given,
    once: OnceKey,
  ): Promise<StoredAnswer & { replayed: boolean }>;
  read(partner: Partner, intentId: string): Promise<PartnerIntent | undefined>;
  withdraw(partner: Partner, intentId: string): Promise<PartnerIntent | undefined>;
  /** Of those that exist, without order. */
  snapshots(intentIds: string[]): Promise<Published[]>;
  hint(intentId: string): Promise<void>;
}

/** What a partner's server and its page may do with an intent. */
export class IntentService {
  readonly #intents: IntentStore;
  readonly #payments: PaymentStore;
  readonly #links: IntentsOfAKind<CreateLinkIntent>;
  readonly #ids: Ids;
  readonly #publicUrl: string;

  constructor(options: {
    intents: IntentStore;
    payments: PaymentStore;
    links: IntentsOfAKind<CreateLinkIntent>;
    ids: Ids;
    publicUrl: string;
  }) {
    this.#intents = options.intents;
    this.#payments = options.payments;
    this.#links = options.links;
    this.#ids = options.ids;
    this.#publicUrl = options.publicUrl;
  }

  /** Stores what is to be paid or collected. The same key and body answer the same bytes, once stored. */
  create(
    partner: Partner,
    given: CreateIntent,
    once: OnceKey,
  ): Promise<StoredAnswer & { replayed: boolean }> {
    if (given.kind === 'link') return this.#links.create(partner, given, once);
    return this.#createTransfer(partner, given, once);
  }

  async #createTransfer(partner: Partner, given: CreateTransferIntent, once: OnceKey) {
    if (partner.paused) throw paused();
    const items = readItems(given, partner);
    const intent = {
      id: this.#ids.make('in'),
      partnerId: partner.id,
      returnUrl: readReturnUrl(given.returnUrl, partner.returnPrefixes),
      amountCents: items.reduce((sum, { amountCents }) => sum + amountCents, 0n),
      items,
      lifeMs: INTENT_LIFE_MS,
    };
    return this.#intents.create(intent, once, (view) => ({
      status: 201,
      body: JSON.stringify(this.#partnerIntent(view)),
    }));
  }

  async read(partner: Partner, intentId: string): Promise<PartnerIntent> {
    const view = await this.#intents.view(intentId);
    const read = view ? this.#partnerIntent(view) : await this.#links.read(partner, intentId);
    if (!read || (view && view.intent.partnerId !== partner.id)) throw intentNotFound();
    return read;
  }

  /** @throws PaymentError `payment-in-progress`, `link-in-progress` or `already-paid` while one holds it. */
  async withdraw(partner: Partner, intentId: string): Promise<PartnerIntent> {
    const link = await this.#links.withdraw(partner, intentId);
    if (link) return link;
    await this.#own(partner, intentId);
    return this.#partnerIntent(await this.#intents.withdraw(intentId));
  }

  async paymentsByRef(partner: Partner, externalRef: string): Promise<PartnerPayment[]> {
    const payments = await this.#intents.paymentsByRef(partner.id, externalRef);
    return payments.map(partnerPayment);
  }

  async partnerOf(intentId: string): Promise<string | undefined> {
    return this.#intents.partnerOf(intentId);
  }

  /** The public snapshot with its partner, or `undefined`: whoever holds the id may read it. */
  async snapshot(intentId: string): Promise<Published | undefined> {
    const view = await this.#intents.view(intentId);
    if (view) return { snapshot: snapshotOf(view), partnerId: view.intent.partnerId };
    return (await this.#links.snapshots([intentId]))[0];
  }

  /** The public snapshots of those that exist, each with its partner. */
  async snapshots(intentIds: string[]): Promise<Published[]> {
    const views = await this.#intents.views(intentIds);
    const transfers = views.map((view) => ({
      snapshot: snapshotOf(view),
      partnerId: view.intent.partnerId,
    }));
    if (transfers.length === intentIds.length) return transfers;
    return [...transfers, ...(await this.#links.snapshots(intentIds))];
  }

  /** The payer is back on the partner's page and may just have approved. */
  async hint(intentId: string): Promise<void> {
    await Promise.all([this.#payments.hint(intentId), this.#links.hint(intentId)]);
  }

  async #own(partner: Partner, intentId: string): Promise<IntentView> {
    const view = await this.#intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }

  #partnerIntent(view: IntentView): PartnerIntent {
    const { intent } = view;
    const { status, payable, why, amount, items } = snapshotOf(view);
    return {
      id: intent.id,
      url: `${this.#publicUrl}/pay/${intent.id}`,
      status,
      payable,
      why,
      amount,
      currency: 'EUR',
      count: items.length,
      items: intent.items.map(({ index, externalRef }, position) => ({
        index,
        externalRef,
        status: items[position]?.status ?? 'open',
      })),
      createdAt: intent.createdAt.toISOString(),
      expiresAt: intent.expiresAt.toISOString(),
    };
  }
}

export const intentNotFound = () =>
  new PaymentError('intent-not-found', 'Check the id, or ask for a new payment link.');

export const paused = () =>
  new PaymentError('partner-paused', 'Payments are paused for now. Please try again later.');

/** Why the bank declined; other reasons tell of the payer. */
const bankReason = ({ status, reason }: Pick<Payment, 'status' | 'reason'>) =>
  status === 'declined' ? (reason ?? null) : null;

function partnerPayment(payment: Payment): PartnerPayment {
  return {
    id: payment.id,
    intent: payment.intentId,
    status: payment.status,
    final: isFinal(payment.status),
    reason: bankReason(payment),
    count: payment.items.length,
    amount: formatAmount(payment.amountCents),
    currency: 'EUR',
    items: payment.items.map((item) => ({
      index: item.index,
      externalRef: item.externalRef,
      amount: formatAmount(item.amountCents),
      status: item.status,
      reason: bankReason(item),
      transferId: item.transferId ?? null,
      scheduledOn: item.scheduledOn ?? null,
    })),
    createdAt: payment.createdAt.toISOString(),
    updatedAt: payment.updatedAt.toISOString(),
  };
}
