import type { IntentController } from './intent-controller.js';
import { watchIntent } from './live-status.js';
import { laterMessages } from './messages/later.js';
import type { WidgetProblemCode } from './problem.js';

const LOOK_EVERY_MS = 1_500;
const OFFER_REDIRECT_AFTER_MS = 2_900;
/** Whoever opened the pay page and has confirmed nothing for this long is not coming back to it. */
const CONNECTING_FOR_MS = 30 * 60_000;
/** The payer may be paying all the same, so the payment is still followed. */
const PASSING: (WidgetProblemCode | undefined)[] = [undefined, 'window-blocked', 'connection'];

/** Keeps a payment up to date: a stream only while something can change and somebody looks. */
export class PaymentFollower {
  readonly #payment: IntentController;
  #startedAtMs: number | undefined;
  #statusAtStart: string | undefined;
  #looker: ReturnType<typeof setInterval> | undefined;
  #unwatch: (() => void) | undefined;

  constructor(payment: IntentController) {
    this.#payment = payment;
  }

  /** To be called after each change of the payment. */
  changed(): void {
    const payment = this.#payment;
    const { intent, client, host, snapshot } = payment;
    this.#settleStart();
    this.#settleProblem();
    // A link that is open may be paid any time.
    const isLive =
      payment.startedAtMs ||
      (snapshot &&
        !snapshot.final &&
        (snapshot.status !== 'open' || snapshot.why === 'in-progress'));
    if (!intent || !isLive || !host.isConnected || document.hidden) this.#sleep();
    else this.#unwatch ??= watchIntent(client, intent, (next) => payment.take(next));
  }

  visibilityChanged(): void {
    const { client, intent, snapshot } = this.#payment;
    if (document.hidden) this.#sleep();
    else if (snapshot?.nextAction === 'phone')
      // A hint that is lost costs a second or two, so nobody waits for it.
      client.send(`${client.pathOf(intent)}/hint`, { method: 'POST' }).catch(() => {});
  }

  /** The intent is another one from now on. */
  stop(): void {
    this.#sleep();
    clearInterval(this.#looker);
    this.#startedAtMs = undefined;
  }

  #sleep(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  /** Once something is confirmed the snapshot speaks for itself. */
  #settleStart(): void {
    const payment = this.#payment;
    const { snapshot, problem } = payment;
    this.#followStart();
    this.#statusAtStart ??= snapshot?.status;
    const isMoved = snapshot && (!snapshot.payable || snapshot.status !== this.#statusAtStart);
    if (isMoved || !PASSING.includes(problem?.code)) payment.startedAtMs = undefined;
    this.#followStart();
  }

  #followStart(): void {
    const payment = this.#payment;
    const { startedAtMs } = payment;
    if (startedAtMs === this.#startedAtMs) return;
    this.#startedAtMs = startedAtMs;
    this.#statusAtStart = payment.snapshot?.status;
    clearInterval(this.#looker);
    if (!startedAtMs) return;
    // Counted from when there is an intent to go to: making it may take its time.
    const sinceMs = Date.now();
    this.#looker = setInterval(() => void this.#look(sinceMs), LOOK_EVERY_MS);
  }

  /**
   * Was the pay page reached? A window's `closed` lies once a COOP header has cut it off, and some
   * browsers open nothing and say nothing: only the BFF knows.
   */
  async #look(sinceMs: number): Promise<void> {
    const payment = this.#payment;
    const ageMs = Date.now() - sinceMs;
    if (ageMs > CONNECTING_FOR_MS) payment.startedAtMs = undefined;
    else if (document.hidden || !payment.host.isConnected || this.#isPageSeen()) return;
    await payment.refresh();
    const isUnseen = payment.startedAtMs && payment.snapshot && !this.#isPageSeen();
    if (isUnseen && ageMs > OFFER_REDIRECT_AFTER_MS) payment.fail('window-blocked');
  }

  /** The pay page was seen after the click, by the server's clock: its window lives. */
  #isPageSeen(): boolean {
    const { snapshot, startedAtMs, clockOffsetMs } = this.#payment;
    return Date.parse(snapshot?.pageSeenAt ?? '') > (startedAtMs ?? 0) + clockOffsetMs;
  }

  #settleProblem(): void {
    const payment = this.#payment;
    const { noSnapshot, snapshot, startedAtMs } = payment;
    if (noSnapshot && startedAtMs && !snapshot) payment.fail(noSnapshot);
    const { problem } = payment;
    const isOver =
      problem?.code === 'window-blocked'
        ? !startedAtMs || this.#isPageSeen()
        : snapshot && !payment.isMismatch;
    if (isOver) payment.problem = undefined;
    else if (problem && !problem.message) {
      problem.message = laterMessages(payment.host).problems[problem.code];
      payment.tell('error', problem);
    }
  }
}
