import type { ApprovalWatcher } from './approval-watcher.js';
import { isAtRest } from './payment-state-machine.js';
import type { Log } from './ports.js';
import type { Reconciler } from './reconciler.js';
import type { LeasedAttempt } from './records.js';
import type { RequestWatcher } from './request-watcher.js';
import type { Sender } from './sender.js';
import type { SettlementWatcher } from './settlement-watcher.js';
import type { AttemptStore } from './store-port.js';

/** A wake-up may get lost: every worker also looks by itself this often. */
const SWEEP_MS = 1000;
const AFTER_A_DEFECT_MS = 5000;

export interface Workers {
  sender: Sender;
  approvals: ApprovalWatcher;
  settlements: SettlementWatcher;
  requests: RequestWatcher;
  reconciler: Reconciler;
}

/** Takes the attempts whose time has come and lets each make its next step. Survives a restart. */
export class AttemptRunner {
  readonly #store: AttemptStore;
  readonly #workers: Workers;
  readonly #log: Log;
  readonly #atOnce: number;
  readonly #steps = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #stopped = true;

  constructor(options: { store: AttemptStore; workers: Workers; log: Log; atOnce?: number }) {
    this.#store = options.store;
    this.#workers = options.workers;
    this.#log = options.log;
    this.#atOnce = options.atOnce ?? 50;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  /** Something is due now: a confirmation, a hint, an attempt that another instance left. */
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
    this.#lookAgain = false;
    let nextInMs = SWEEP_MS;
    try {
      const free = this.#atOnce - this.#steps.size;
      const { leased, nextDueInMs } = await this.#store.lease(Math.max(0, free));
      for (const one of leased) this.#track(one);
      nextInMs = Math.min(SWEEP_MS, nextDueInMs ?? SWEEP_MS);
    } catch (error) {
      this.#log.error({ event: 'lease-failed', error });
    }
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), Math.max(10, nextInMs));
  }

  #track(leased: LeasedAttempt): void {
    const step = this.#step(leased)
      .catch(async (error: unknown) => {
        this.#log.error({ event: 'step-failed', paymentId: leased.payment.id, error });
        // In flight nothing is released: the lease ends, and the look that follows is careful.
        await this.#store.releaseIfIdle(leased, AFTER_A_DEFECT_MS);
      })
      .catch((error: unknown) => this.#log.error({ event: 'release-failed', error }))
      .finally(() => {
        this.#steps.delete(step);
        this.wake();
      });
    this.#steps.add(step);
  }

  async #step(leased: LeasedAttempt): Promise<void> {
    const { sender, approvals, settlements, requests, reconciler } = this.#workers;
    const { status } = leased.payment;
    if (leased.attempt.inFlight) return reconciler.interrupted(leased);
    switch (status) {
      case 'confirmed':
        return sender.sendFirst(leased);
      case 'approval_needed':
        return approvals.look(leased);
      case 'requested':
        return requests.look(leased);
      case 'scheduled':
      case 'processing':
      // One row waits for a person, the others go on.
      case 'held':
        return settlements.look(leased);
      case 'unknown':
        return reconciler.look(leased);
      default:
        if (!isAtRest(status)) throw new Error(`nothing is known to be done in ${status}`);
    }
  }
}
