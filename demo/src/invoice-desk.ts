import { type Invoice, type InvoiceState, totalsOf } from './invoice.js';
import type { InvoiceBook } from './invoice-book.js';
import {
  type Intent,
  type IntentOrder,
  type PartnerApi,
  PaymentServiceError,
} from './partner-api.js';

export interface InvoiceRow {
  invoice: Invoice;
  state: InvoiceState;
}

/** Keeps the books and the payment service in step: it alone decides what is paid. */
export class InvoiceDesk {
  readonly #book: InvoiceBook;
  readonly #api: PartnerApi;
  /** Two tabs that open one invoice at once wait for the same intent. */
  readonly #pending = new Map<string, Promise<Intent>>();

  constructor(book: InvoiceBook, api: PartnerApi) {
    this.#book = book;
    this.#api = api;
  }

  /** The intent that stands in the invoice's page. A lapsed or forgotten one is followed by a new one. */
  async intentFor(invoice: Invoice, returnUrl: string): Promise<Intent> {
    const pending = this.#pending.get(invoice.number);
    if (pending) return pending;
    const intent = this.#openIntent(invoice, returnUrl).finally(() =>
      this.#pending.delete(invoice.number),
    );
    this.#pending.set(invoice.number, intent);
    return intent;
  }

  /** What the payment service says of an invoice now. */
  async stateOf(invoice: Invoice): Promise<InvoiceState> {
    if (invoice.isPaid) return 'paid';
    const intent = await this.#knownIntent(invoice);
    return intent ? this.#stateFrom(invoice, intent) : 'unpaid';
  }

  /** All of a visitor's invoices; one whose state cannot be learned now is shown as it was known. */
  rows(invoices: readonly Invoice[]): Promise<InvoiceRow[]> {
    return Promise.all(
      invoices.map(async (invoice) => ({
        invoice,
        state: await this.stateOf(invoice).catch((): InvoiceState => 'unpaid'),
      })),
    );
  }

  async #openIntent(invoice: Invoice, returnUrl: string): Promise<Intent> {
    const known = await this.#knownIntent(invoice);
    if (known && known.why !== 'lapsed' && known.why !== 'withdrawn') {
      this.#stateFrom(invoice, known);
      return known;
    }
    const intent = await this.#api.createIntent(orderOf(invoice, returnUrl));
    this.#book.rememberIntent(invoice, intent.id);
    return intent;
  }

  async #knownIntent(invoice: Invoice): Promise<Intent | undefined> {
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

  #stateFrom(invoice: Invoice, { why }: Intent): InvoiceState {
    if (why === 'paid') {
      this.#book.markPaid(invoice);
      return 'paid';
    }
    return why === 'in-progress' ? 'in-progress' : 'unpaid';
  }
}

/** The same invoice and count give the same intent. */
function orderOf(invoice: Invoice, returnUrl: string): IntentOrder {
  const { number, supplier, dueOn, lines, intentCount } = invoice;
  const item = {
    externalRef: number,
    amount: totalsOf(lines).gross,
    currency: 'EUR' as const,
    payee: supplier,
    reference: `Invoice ${number}`,
    dueDate: dueOn,
  };
  return { items: [item], returnUrl, idempotencyKey: `${number}-${intentCount + 1}` };
}
