import type { BankClock } from './clock.js';

/** Facts 5.4, all per IP address. */
const SHORT = { windowMs: 10_000, most: 1_000 };
const LONG = { windowMs: 600_000, most: 10_000 };
const UNAUTHORISED = { windowMs: 3_600_000, most: 200 };

interface Count {
  window: number;
  used: number;
}

/** Counts what each address has used of its limits, in fixed windows of the bank's clock. */
export class RateLimits {
  readonly #clock: BankClock;
  readonly #counts = new Map<string, Count>();

  constructor(clock: BankClock) {
    this.#clock = clock;
  }

  /** Counts a request; how many seconds to wait when it is one too many, else undefined. */
  secondsToWait(address: string): number | undefined {
    const unauthorised = this.#count(`401 ${address}`, UNAUTHORISED);
    if (unauthorised.used >= UNAUTHORISED.most) return this.#secondsLeft(UNAUTHORISED.windowMs);
    for (const [name, limit] of [
      ['short', SHORT],
      ['long', LONG],
    ] as const) {
      const count = this.#count(`${name} ${address}`, limit);
      if (count.used >= limit.most) return this.#secondsLeft(limit.windowMs);
      count.used += 1;
    }
    return undefined;
  }

  countUnauthorised(address: string): void {
    this.#count(`401 ${address}`, UNAUTHORISED).used += 1;
  }

  clear(): void {
    this.#counts.clear();
  }

  #count(key: string, { windowMs }: { windowMs: number }): Count {
    const window = Math.floor(this.#clock.now() / windowMs);
    const known = this.#counts.get(key);
    if (known?.window === window) return known;
    const fresh = { window, used: 0 };
    this.#counts.set(key, fresh);
    return fresh;
  }

  #secondsLeft(windowMs: number): number {
    return Math.ceil((windowMs - (this.#clock.now() % windowMs)) / 1000);
  }
}
