const WINDOW_MS = 24 * 3_600_000;

interface Payments {
  readonly recent: { readonly at: number; readonly cents: number }[];
  sumCents: number;
}

/** What each payee was ordered within the last 24 hours; held apart so that nobody has to count it anew. */
export class RecentPayments {
  readonly #byPayee = new Map<string, Payments>();

  /** Notes a payment; the payee's sum with it. */
  add(
    beneficiaryId: string,
    { at, cents }: { readonly at: number; readonly cents: number },
  ): number {
    const payments = this.#byPayee.get(beneficiaryId) ?? { recent: [], sumCents: 0 };
    this.#byPayee.set(beneficiaryId, payments);
    const { recent } = payments;
    let first = recent[0];
    while (first && at - first.at >= WINDOW_MS) {
      recent.shift();
      payments.sumCents -= first.cents;
      first = recent[0];
    }
    recent.push({ at, cents });
    payments.sumCents += cents;
    return payments.sumCents;
  }

  clear(): void {
    this.#byPayee.clear();
  }
}
