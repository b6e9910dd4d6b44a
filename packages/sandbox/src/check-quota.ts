import type { BankClock } from './clock.js';

const WINDOW_MS = 3_600_000;

/** The hidden quota of payee checks that no transfer followed, per member (facts 4.3, 5.4). */
export class CheckQuota {
  readonly #clock: BankClock;
  readonly #unused = new Map<
    string,
    Map<string, { readonly at: number; readonly count: number }>
  >();

  constructor({ clock }: { readonly clock: BankClock }) {
    this.#clock = clock;
  }

  unusedBy(membershipId: string): number {
    let sum = 0;
    for (const [proof, { at, count }] of this.#proofsOf(membershipId)) {
      if (this.#clock.now() - at < WINDOW_MS) sum += count;
      else this.#proofsOf(membershipId).delete(proof);
    }
    return sum;
  }

  checked(membershipId: string, { proof, count }: { proof: string; count: number }): void {
    this.#proofsOf(membershipId).set(proof, { at: this.#clock.now(), count });
  }

  /** A transfer has followed. */
  used(membershipId: string, proof: string): void {
    this.#proofsOf(membershipId).delete(proof);
  }

  clear(): void {
    this.#unused.clear();
  }

  #proofsOf(membershipId: string) {
    const known = this.#unused.get(membershipId);
    if (known) return known;
    const fresh = new Map<string, { readonly at: number; readonly count: number }>();
    this.#unused.set(membershipId, fresh);
    return fresh;
  }
}
