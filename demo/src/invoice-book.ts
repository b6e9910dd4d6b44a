import type { BookEntry, InvoiceLine } from './invoice.js';
import { forgetOldest, newCode, readEntries, writeEntries } from './json-file.js';

interface Visitor<T> {
  /** Part of each invoice number, so that no two visitors ever share one. */
  code: string;
  /** In the order in which they were made. */
  invoices: T[];
}

/** A demo that stands on the internet would grow for ever; the longest-known visitors go first. */
const MAX_VISITORS = 5_000;
const MAX_INVOICES_PER_VISITOR = 100;
const DAYS_TO_PAY = 14;
const DAY_MS = 86_400_000;

/** What an invoice is made of; the book gives it a number and its days. */
type Content<T> = Omit<T, keyof BookEntry> & { lines: InvoiceLine[] };

/** All visitors' invoices of a kind, in one small JSON file that a restart keeps. */
export class InvoiceBook<T extends BookEntry> {
  readonly #file: string;
  readonly #prefix: string;
  readonly #now: () => Date;
  readonly #visitors: Map<string, Visitor<T>>;

  /** Each number begins with the prefix. */
  constructor({ file, prefix, now }: { file: string; prefix: string; now: () => Date }) {
    this.#file = file;
    this.#prefix = prefix;
    this.#now = now;
    this.#visitors = readEntries(file);
  }

  has(visitorId: string): boolean {
    return this.#visitors.has(visitorId);
  }

  /** The visitor's invoices in the order in which they were made. */
  invoices(visitorId: string): readonly T[] {
    return this.#visitors.get(visitorId)?.invoices ?? [];
  }

  find(visitorId: string, number: string): T | undefined {
    return this.invoices(visitorId).find((invoice) => invoice.number === number);
  }

  add(visitorId: string, content: Content<T>): T {
    const visitor = this.#visitor(visitorId);
    const sequence = Number(visitor.invoices.at(-1)?.number.split('-').at(-1) ?? 0) + 1;
    const entry: BookEntry = {
      number: `${this.#prefix}-${visitor.code}-${String(sequence).padStart(2, '0')}`,
      issuedOn: this.#dateIn(0),
      dueOn: this.#dateIn(DAYS_TO_PAY),
      lines: content.lines,
      intentCount: 0,
      isPaid: false,
    };
    const invoice = { ...content, ...entry } as unknown as T;
    visitor.invoices = [...visitor.invoices, invoice].slice(-MAX_INVOICES_PER_VISITOR);
    this.#save();
    return invoice;
  }

  rememberIntent(invoice: BookEntry, intent: string): void {
    invoice.intent = intent;
    invoice.intentCount += 1;
    this.#save();
  }

  /** Gives up an intent that can no longer be paid; the next one gets a new idempotency key. */
  forgetIntent(invoice: BookEntry): void {
    delete invoice.intent;
    this.#save();
  }

  markPaid(invoice: BookEntry): void {
    if (invoice.isPaid) return;
    invoice.isPaid = true;
    this.#save();
  }

  #visitor(visitorId: string): Visitor<T> {
    const known = this.#visitors.get(visitorId);
    if (known) return known;
    const visitor = { code: newCode(), invoices: [] };
    this.#visitors.set(visitorId, visitor);
    forgetOldest(this.#visitors, MAX_VISITORS);
    return visitor;
  }

  #dateIn(days: number): string {
    return new Date(this.#now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
  }

  #save(): void {
    writeEntries(this.#file, this.#visitors);
  }
}
