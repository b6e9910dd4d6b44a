import type { Endings } from './endings.js';
import type { Invoice } from './invoice.js';
import type { InvoiceBook } from './invoice-book.js';
import { linesForTotal, ordinaryLines } from './invoice-lines.js';

/** Which effects a visitor wants of a new invoice; an unknown or missing one means an everyday invoice. */
export interface Wish {
  payee?: unknown;
  amount?: unknown;
}

/** A new visitor's payees, by what the bank will say of them. */
const FIRST_INVOICES: Wish[] = [{ payee: 'match' }, { payee: 'close-match' }, { payee: 'trusted' }];

/** Writes invoices into the visitors' books. */
export class InvoiceMaker {
  readonly #book: InvoiceBook<Invoice>;
  readonly #readEndings: () => Promise<Endings>;

  constructor(book: InvoiceBook<Invoice>, readEndings: () => Promise<Endings>) {
    this.#book = book;
    this.#readEndings = readEndings;
  }

  /** Gives a new visitor something to pay. */
  async fillBooks(visitor: string): Promise<void> {
    const endings = await this.#readEndings();
    if (this.#book.has(visitor)) return;
    for (const wish of FIRST_INVOICES) this.#write(visitor, endings, wish);
  }

  async make(visitor: string, wish: Wish): Promise<Invoice> {
    return this.#write(visitor, await this.#readEndings(), wish);
  }

  #write(visitor: string, { payees, amounts }: Endings, wish: Wish): Invoice {
    const payee = payees.find(({ effect }) => effect === wish.payee) ?? payees[0];
    if (!payee) throw new Error('The sandbox knows no payee.');
    const amount = amounts.find(({ effect }) => effect === wish.amount)?.amount;
    const count = this.#book.invoices(visitor).length;
    const lines = amount ? linesForTotal(amount) : ordinaryLines(count);
    return this.#book.add(visitor, { supplier: { name: payee.name, iban: payee.iban }, lines });
  }
}
