import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { viewMessages } from '../messages/provided.js';
import { register } from './register.js';
import { say } from './say.js';

/** Seconds left at which the time is said aloud. */
const MARKS = [600, 300, 120, 60, 30, 0];
/** Calm first, precise later: seconds are shown for the last two minutes only. */
const PRECISE_FROM_SECONDS = 120;
/** Clocks and the way of an answer make up to this much: 15 minutes never read as 16. */
const TOLERANCE_SECONDS = 3;

/**
 * The time left, by the server's clock. Silent by itself (`role="timer"`, `aria-live="off"`): who
 * shows it announces the marks.
 * @fires qpay-time-mark - 10, 5, 2, 1 min, 30 s or nothing is left; bubbles, composed
 */
export class QpayTimer extends LitElement {
  static override properties: PropertyDeclarations = {
    expiresAt: {},
    clockOffsetMs: {},
  };
  static override styles = css`
    :host {
      display: inline-block;
      color: var(--qp-muted);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `;

  /** ISO 8601, by the server's clock. */
  declare expiresAt: string;
  /** Server minus local clock. */
  declare clockOffsetMs: number;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #lastSeconds = 0;

  constructor() {
    super();
    this.expiresAt = '';
    this.clockOffsetMs = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker = setInterval(() => this.#tick(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticker);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    // A new deadline is not a mark that was passed.
    if (changed.has('expiresAt')) this.#lastSeconds = this.#secondsLeft();
  }

  #secondsLeft(): number {
    const leftMs = Date.parse(this.expiresAt) - Date.now() - this.clockOffsetMs;
    return Math.max(0, Math.ceil(leftMs / 1000));
  }

  #tick(): void {
    const before = this.#lastSeconds;
    const now = this.#secondsLeft();
    this.#lastSeconds = now;
    if (now !== before) this.requestUpdate();
    // After a sleep several marks may be passed at once: only the last one is still true.
    const mark = MARKS.findLast((seconds) => before > seconds && now <= seconds);
    if (mark === undefined) return;
    const texts = viewMessages(this);
    const left = mark < 60 ? texts.secondsLeft(mark) : texts.minutesLeft(mark / 60);
    say(this, 'qpay-time-mark', mark ? left : texts.timeIsUp);
  }

  protected override render(): unknown {
    const seconds = this.#secondsLeft();
    if (Number.isNaN(seconds)) return nothing;
    const texts = viewMessages(this);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const left =
      seconds === 0
        ? texts.timeIsUp
        : seconds <= PRECISE_FROM_SECONDS
          ? texts.clockLeft(clock)
          : texts.minutesLeft(Math.ceil((seconds - TOLERANCE_SECONDS) / 60));
    return html`<span part="timer" role="timer" aria-live="off">${left}</span>`;
  }
}

register('qpay-timer', QpayTimer);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-timer': QpayTimer;
  }
}
