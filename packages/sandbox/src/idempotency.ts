import type { BankClock } from './clock.js';
import type { KeptAnswer } from './state.js';
import type { StateStore } from './state-store.js';

/** Facts 5.2: after that the same key makes a new resource. */
const KEPT_FOR_MS = 30 * 60_000;

/**
 * Qonto's idempotency, weak as it is: only successes are kept, the body is not compared, and a key is one
 * for all callers and paths.
 */
export class IdempotencyDesk {
  readonly #store: StateStore;
  readonly #clock: BankClock;
  readonly #running = new Set<string>();

  constructor({ store, clock }: { readonly store: StateStore; readonly clock: BankClock }) {
    this.#store = store;
    this.#clock = clock;
  }

  keptAnswer(key: string): KeptAnswer | undefined {
    const kept = this.#store.current.keptAnswers.get(key);
    return kept && !this.#isForgotten(kept) ? kept : undefined;
  }

  /** Takes the key for one running call; false when another one has it. */
  lock(key: string): boolean {
    if (this.#running.has(key)) return false;
    this.#running.add(key);
    return true;
  }

  unlock(key: string): void {
    this.#running.delete(key);
  }

  keep(key: string, answer: { readonly status: number; readonly body: string }): void {
    const { keptAnswers } = this.#store.current;
    // Oldest first, so the sweep ends at the first one that is still good.
    for (const [oldKey, old] of keptAnswers) {
      if (!this.#isForgotten(old)) break;
      keptAnswers.delete(oldKey);
    }
    keptAnswers.delete(key);
    keptAnswers.set(key, { ...answer, keptAt: this.#clock.now() });
    this.#store.touch();
  }

  #isForgotten(kept: KeptAnswer): boolean {
    return this.#clock.now() - kept.keptAt >= KEPT_FOR_MS;
  }
}
