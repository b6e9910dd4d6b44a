import type { Log } from './ports.js';

/** A wake-up may get lost: every worker also looks by itself this often. */
const SWEEP_MS = 1000;
/** How long a row waits after a step that threw where none is meant to. */
export const AFTER_A_DEFECT_MS = 5000;

/** Rows that are taken with leases, and the step that each makes next. */
export interface LeasedWork<Leased> {
  /** Takes up to so many rows whose time has come, for this instance alone. */
  lease(limit: number): Promise<{ leased: Leased[]; nextDueInMs: number | undefined }>;
  /** Ends by giving the row back, or throws: a silence of the bank, a defect. */
  step(leased: Leased): Promise<void>;
  /** The step has thrown: says so in the log, and puts the row off. */
  failed(leased: Leased, error: unknown): Promise<void>;
}

export interface LeaseRunnerOptions<Leased> extends LeasedWork<Leased> {
  log: Log;
  /** How many steps this instance makes at the same time. */
  atOnce?: number;
  sweepMs?: number;
}

/** Takes the rows whose time has come and lets each make its next step. Survives a restart. */
export class LeaseRunner<Leased> {
  readonly #work: LeaseRunnerOptions<Leased>;
  readonly #steps = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #stopped = true;

  constructor(options: LeaseRunnerOptions<Leased>) {
    this.#work = options;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  /** Something is due now: a wish, a hint, a row that another instance left. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (this.#lookAgain) this.wake();
    });
  }

  /** Takes nothing new and waits for the steps under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#steps);
  }

  async #look(): Promise<void> {
    const { lease, log, atOnce = 50, sweepMs = SWEEP_MS } = this.#work;
    this.#lookAgain = false;
    let nextInMs = sweepMs;
    try {
      const free = atOnce - this.#steps.size;
      const { leased, nextDueInMs } = await lease(Math.max(0, free));
      for (const one of leased) this.#track(one);
      nextInMs = Math.min(sweepMs, nextDueInMs ?? sweepMs);
    } catch (error) {
      log.error({ event: 'lease-failed', error });
    }
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), Math.max(10, nextInMs));
  }

  #track(leased: Leased): void {
    const { step: makeStep, failed, log } = this.#work;
    const step = makeStep(leased)
      .catch((error: unknown) => failed(leased, error))
      .catch((error: unknown) => log.error({ event: 'release-failed', error }))
      .finally(() => {
        this.#steps.delete(step);
        this.wake();
      });
    this.#steps.add(step);
  }
}
