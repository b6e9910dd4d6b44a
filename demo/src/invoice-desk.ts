import type { BookEntry, InvoiceState } from './invoice.js';
import type { InvoiceBook } from './invoice-book.js';
import {
  type Intent,
  type IntentOrder,
  type PartnerApi,
  PaymentServiceError,
} from './partner-api.js';

export interface InvoiceRow<T extends BookEntry = BookEntry> {
  invoice: T;
  state: InvoiceState;
  /** Of what may be paid again and again. */
  paidTimes?: number;
}

interface InvoiceDeskOptions<T extends BookEntry> {
  book: InvoiceBook<T>;
  api: PartnerApi;
  /** What the payment service is told of an invoice. The same invoice and count give the same intent. */
  orderOf: (invoice: T, returnUrl: string) => IntentOrder;
}

/** Keeps the books and the payment service in step: it alone decides what is paid. */
export class InvoiceDesk<T extends BookEntry> {
  readonly #book: InvoiceBook<T>;
  readonly #api: PartnerApi;
  readonly #orderOf: InvoiceDeskOptions<T>['orderOf'];
  /** Two tabs that open one invoice at once wait for the same intent. */
  readonly #pending = new Map<string, Promise<Intent>>();

  constructor({ book, api, orderOf }: InvoiceDeskOptions<T>) {
    this.#book = book;
    this.#api = api;
    this.#orderOf = orderOf;
  }

  /** The intent that stands in the invoice's page. A lapsed or forgotten one is followed by a new one. */
  async intentFor(invoice: T, returnUrl: string): Promise<Intent> {
    const pending = this.#pending.get(invoice.number);
    if (pending) return pending;
    const intent = this.#openIntent(invoice, returnUrl).finally(() =>
      this.#pending.delete(invoice.number),
    );
    this.#pending.set(invoice.number, intent);
    return intent;
  }

  /** What the payment service says of an invoice now. */
  async rowOf(invoice: T): Promise<InvoiceRow<T>> {
    if (invoice.isPaid) return { invoice, state: 'paid' };
    const intent = await this.#knownIntent(invoice);
    if (!intent) return { invoice, state: 'unpaid' };
    const state = this.#stateFrom(invoice, intent);
    return { invoice, state, paidTimes: intent.paidTimes };
  }

  /** All of a visitor's invoices; one whose state cannot be learned now is shown as it was known. */
  rows(invoices: readonly T[]): Promise<InvoiceRow<T>[]> {
    return Promise.all(
      invoices.map((invoice) =>
        this.rowOf(invoice).catch((): InvoiceRow<T> => ({ invoice, state: 'unpaid' })),
      ),
    );
  }

  async #openIntent(invoice: T, returnUrl: string): Promise<Intent> {
    const known = await this.#knownIntent(invoice);
    if (known && known.why !== 'lapsed' && known.why !== 'withdrawn') {
      this.#stateFrom(invoice, known);
      return known;
    }
    const intent = await this.#api.createIntent(this.#orderOf(invoice, returnUrl));
    this.#book.rememberIntent(invoice, intent.id);
    return intent;
  }

  async #knownIntent(invoice: T): Promise<Intent | undefined> {
    if (!invoice.intent) return undefined;
    try {
      return await this.#api.readIntent(invoice.intent);
    } catch (error) {
      if (!(error instanceof PaymentServiceError) || error.status !== 404) throw error;
      // The service's data were cleared while ours were kept.
      this.#book.forgetIntent(invoice);
      return undefined;
    }
  }

  #stateFrom(invoice: T, { why, status, hasLink }: Intent): InvoiceState {
    if (why === 'paid') {
      this.#book.markPaid(invoice);
      return 'paid';
    }
    if (why !== 'in-progress') return 'unpaid';
    return hasLink && status === 'open' ? 'shared' : 'in-progress';
  }
}
