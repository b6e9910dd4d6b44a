const WINDOW_MS = 24 * 3_600_000;
// Dropping the front of a long list moves all the rest: it is done seldom.
const DROP_AT = 1_000;

interface Payment {
  readonly at: number;
  readonly cents: number;
}

interface Payments {
  readonly list: Payment[];
  /** Where the ones of the last 24 hours begin. */
  first: number;
  sumCents: number;
}

/** What each payee was ordered within the last 24 hours; held apart so that nobody has to count it anew. */
export class RecentPayments {
  readonly #byPayee = new Map<string, Payments>();

  /** Notes a payment; the payee's sum with it. */
  add(beneficiaryId: string, payment: Payment): number {
    const payments = this.#byPayee.get(beneficiaryId) ?? { list: [], first: 0, sumCents: 0 };
    this.#byPayee.set(beneficiaryId, payments);
    forget(payments, payment.at - WINDOW_MS);
    payments.list.push(payment);
    payments.sumCents += payment.cents;
    return payments.sumCents;
  }

  clear(): void {
    this.#byPayee.clear();
  }
}

function forget(payments: Payments, before: number): void {
  const { list } = payments;
  let oldest = list[payments.first];
  while (oldest && oldest.at <= before) {
    payments.sumCents -= oldest.cents;
    payments.first += 1;
    oldest = list[payments.first];
  }
  if (payments.first < DROP_AT) return;
  list.splice(0, payments.first);
  payments.first = 0;
}
