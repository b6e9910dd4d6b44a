import { createHash } from 'node:crypto';
import {
  type Intent,
  type IntentItem,
  type PartnerApi,
  PaymentServiceError,
} from '../partner-api.js';
import { invoiceDocument } from './invoice-document.js';
import { indexOfRef, refOf } from './make-payables.js';
import { type Payable, type PayableState, type PayableStatus, stateOfStatus } from './payable.js';
import type { BegunPayment, PayableSet, PayablesBook } from './payables-book.js';

/** How the rows of a set are; what is not here is unpaid. */
export type Statuses = Map<number, PayableStatus>;

export interface Overview {
  statuses: Statuses;
  /** The payment that is worth showing when the page is opened anew. */
  current: BegunPayment | undefined;
}

/** One tells of all rows of its payment, so a few answers explain what there is to explain. */
const MAX_PAYMENT_READS = 5;
const UNPAID: PayableStatus = { state: 'unpaid' };

export const statusOf = (statuses: Statuses, row: number): PayableStatus =>
  statuses.get(row) ?? UNPAID;

/** Begins payments of many invoices and keeps the books in step with the payment service. */
export class PayablesDesk {
  readonly #book: PayablesBook;
  readonly #api: PartnerApi;
  readonly #documentsUrl: string;

  /** `documentsUrl`: where this site's documents are found by the payment service. */
  constructor(book: PayablesBook, api: PartnerApi, documentsUrl: string) {
    this.#book = book;
    this.#api = api;
    this.#documentsUrl = documentsUrl;
  }

  async begin(set: PayableSet, payables: Payable[], returnUrl: string): Promise<Intent> {
    const intent = await this.#api.createIntent({
      what: { kind: 'transfer', items: payables.map((payable) => this.#itemOf(payable)) },
      returnUrl,
      idempotencyKey: `${set.code}-${set.number}-${crypto.randomUUID()}`,
    });
    const rows = payables.map(({ index }) => index);
    this.#book.rememberPayment(set, { intent: intent.id, rows });
    return intent;
  }

  async overview(set: PayableSet): Promise<Overview> {
    const paid = new Set(set.paid);
    const asked = set.payments.filter(({ rows }) => rows.some((row) => !paid.has(row)));
    const intents = await Promise.all(asked.map(({ intent }) => this.#read(intent)));
    const statuses: Statuses = new Map(set.paid.map((row) => [row, { state: 'paid' }]));
    for (const intent of intents) for (const item of intent?.items ?? []) merge(statuses, item);
    this.#book.rememberPaid(set, rowsThatAre('paid', statuses));
    await this.#explain(set, statuses);
    const last = asked.at(-1);
    const isWorthShowing = last && intents.at(-1)?.status !== 'open' && holdsRows(last, statuses);
    return { statuses, current: isWorthShowing ? last : undefined };
  }

  #itemOf(payable: Payable): IntentItem {
    const { externalRef, amount, supplier, number, dueOn, kind } = payable;
    const sha256 = () => createHash('sha256').update(invoiceDocument(payable)).digest('hex');
    const url = `${this.#documentsUrl}/documents/${externalRef}.pdf`;
    return {
      externalRef,
      amount,
      currency: 'EUR',
      payee: supplier,
      reference: `Invoice ${number}`,
      dueDate: dueOn,
      ...(kind === 'document' ? { attachments: [{ url, sha256: sha256() }] } : {}),
    };
  }

  /** Nothing where the service's data were cleared while ours were kept. */
  async #read(intent: string): Promise<Intent | undefined> {
    try {
      return await this.#api.readIntent(intent);
    } catch (error) {
      if (error instanceof PaymentServiceError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Why rows failed, and when others will be sent, stands in their payments. */
  async #explain(set: PayableSet, statuses: Statuses): Promise<void> {
    const left = new Set([
      ...rowsThatAre('failed', statuses),
      ...rowsThatAre('scheduled', statuses),
    ]);
    for (let reads = 0; reads < MAX_PAYMENT_READS; reads += 1) {
      const [row] = left;
      if (row === undefined) return;
      left.delete(row);
      for (const item of await this.#api.readPaymentItems(refOf(set, row))) {
        const known = statuses.get(indexOfRef(item.externalRef));
        if (known?.state !== stateOfStatus(item.status)) continue;
        if (item.reason) known.reason = item.reason;
        if (item.scheduledOn) known.scheduledOn = item.scheduledOn;
        left.delete(indexOfRef(item.externalRef));
      }
    }
  }
}

/** What holds a row counts more than a failure, and a failure more than nothing. */
function merge(statuses: Statuses, item: { externalRef: string; status: string }): void {
  const row = indexOfRef(item.externalRef);
  const state = stateOfStatus(item.status);
  const known = statuses.get(row)?.state ?? 'unpaid';
  if (state !== 'unpaid' && (known === 'unpaid' || known === 'failed'))
    statuses.set(row, { state });
}

function rowsThatAre(state: PayableState, statuses: Statuses): number[] {
  return [...statuses].filter(([, status]) => status.state === state).map(([row]) => row);
}

/** Something of it was taken by the bank or waits for somebody, and not all of it is paid. */
function holdsRows({ rows }: BegunPayment, statuses: Statuses): boolean {
  const states = rows.map((row) => statusOf(statuses, row).state);
  const isHeld = states.some((state) => state !== 'unpaid' && state !== 'failed');
  return isHeld && states.some((state) => state !== 'paid');
}
