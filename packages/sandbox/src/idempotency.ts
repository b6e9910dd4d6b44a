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
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #stuckAt = new Map<string, number>();

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
    if (this.#running.has(key) || this.isStuck(key)) return false;
    this.#running.add(key);
    return true;
  }

  /** Takes the key as soon as the calls before have given it back. */
  lockWhenFree(key: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]);
    });
  }

  unlock(key: string): void {
    const [next, ...others] = this.#waiting.get(key) ?? [];
    if (others.length > 0) this.#waiting.set(key, others);
    else this.#waiting.delete(key);
    // The key goes on to who waits without ever being free.
    if (next) next();
    else this.#running.delete(key);
  }

  /** Leaves the key locked, as a process does that dies between its work and its answer. */
  stick(key: string): void {
    this.#running.delete(key);
    this.#stuckAt.set(key, this.#clock.now());
  }

  isStuck(key: string): boolean {
    const at = this.#stuckAt.get(key);
    return at !== undefined && this.#clock.now() - at < KEPT_FOR_MS;
  }

  clear(): void {
    this.#stuckAt.clear();
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
