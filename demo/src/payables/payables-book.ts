import { forgetOldest, newCode, readEntries, writeEntries } from '../json-file.js';

/** A payment that was begun: its intent, and the rows of the set in the order of its items. */
export interface BegunPayment {
  intent: string;
  rows: number[];
}

export interface PayableSet {
  /** The visitor's, part of each `externalRef`. */
  code: string;
  /** From 1. A new set has invoices that nobody has paid. */
  number: number;
  madeOn: string;
  payments: BegunPayment[];
  /** Rows that are paid. Paid stays paid, so it is not asked again. */
  paid: number[];
}

const MAX_VISITORS = 5_000;
/** Older ones have nothing to tell that these do not. */
const MAX_PAYMENTS = 20;

/** The visitors' current sets, in one small JSON file that a restart keeps. */
export class PayablesBook {
  readonly #file: string;
  readonly #now: () => Date;
  readonly #sets: Map<string, PayableSet>;

  constructor(file: string, now: () => Date) {
    this.#file = file;
    this.#now = now;
    this.#sets = readEntries(file);
  }

  setOf(visitor: string): PayableSet {
    return this.#sets.get(visitor) ?? this.renew(visitor);
  }

  /** Puts a new set in place of the visitor's last one. */
  renew(visitor: string): PayableSet {
    const last = this.#sets.get(visitor);
    const set: PayableSet = {
      code: last?.code ?? newCode(),
      number: (last?.number ?? 0) + 1,
      madeOn: this.#now().toISOString().slice(0, 10),
      payments: [],
      paid: [],
    };
    this.#sets.set(visitor, set);
    forgetOldest(this.#sets, MAX_VISITORS);
    this.#save();
    return set;
  }

  rememberPayment(set: PayableSet, payment: BegunPayment): void {
    set.payments = [...set.payments, payment].slice(-MAX_PAYMENTS);
    this.#save();
  }

  rememberPaid(set: PayableSet, rows: number[]): void {
    const paid = [...new Set([...set.paid, ...rows])];
    if (paid.length === set.paid.length) return;
    set.paid = paid;
    this.#save();
  }

  #save(): void {
    writeEntries(this.#file, this.#sets);
  }
}
