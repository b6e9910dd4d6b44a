import type { Snapshot } from '@qonto-pay/shared';
import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { IntentController } from './intent-controller.js';
import { languageAt, nearestLang } from './language.js';
import { loadLaterPart } from './load-later-part.js';
import { en } from './messages/en.js';
import { fr } from './messages/fr.js';
import { moneyText } from './money-text.js';
import type { GetIntent } from './partner-intent.js';
import {
  openWindow,
  type Presentation,
  prefersRedirect,
  randomFlow,
  redirect,
} from './pay-window.js';
import type { QontoPayProblem } from './problem.js';
import { buttonStyles } from './qonto-pay-button.styles.js';
import { buttonTokens } from './tokens.styles.js';
import { VERSION } from './version.js';

const ARROW = 'M4 12h15m-6-6 6 6-6 6';
const DASH = 'M6 12h12';
const ICONS: Partial<Record<string, string>> = {
  paid: 'm5 12 5 5 9-9',
  'in-progress': 'M12 3a9 9 0 1 0 .01 0M12 7v5l3 2',
};

/**
 * Pays an invoice from a Qonto account: opens the pay page and shows, live, what becomes of the
 * payment. With `mode="collect"` it makes a payment link for an invoice of one's own, and shares it.
 * What is paid or asked for is what the intent says, whatever stands in the page.
 *
 * @slot - what stands there without script: a link to the pay page
 * @fires {CustomEvent} qonto-pay-start - cancelable: `preventDefault()` stops it
 * @fires {CustomEvent<Snapshot>} qonto-pay-update - each new snapshot
 * @fires {CustomEvent<Snapshot>} qonto-pay-accepted - the bank has it; of a link: a client has begun to pay, or has paid
 * @fires {CustomEvent<Snapshot>} qonto-pay-complete - a final status, good or bad
 * @fires {CustomEvent<QontoPayProblem>} qonto-pay-error - what went wrong
 * @csspart button - the button
 * @csspart label - its words
 * @csspart amount - the amount in its words
 * @csspart icon - its icon
 * @csspart panel - what opens under it
 * @csspart header - the panel's title and fold button
 * @csspart status - what is so, and what to do now
 * @csspart timer - the time left
 * @csspart help - help that appears with time
 * @csspart progress - the bar that shows how many of several invoices are paid
 * @csspart row - a line that names rows of several invoices
 * @csspart result - what became of the payment
 * @csspart problem - what went wrong
 * @csspart action - a button or a link in the panel
 * @csspart link - the payment link
 * @csspart share - the link and the ways to share it
 * @csspart qr - its QR code
 * @cssproperty [--qonto-pay-accent=#2f5bd7] - the one accent colour
 * @cssproperty [--qonto-pay-accent-text=#ffffff] - text on the accent colour
 * @cssproperty [--qonto-pay-bg=#f6f5f2] - behind everything (the pay page)
 * @cssproperty [--qonto-pay-surface=#ffffff] - the panel, and a button that only says what is so
 * @cssproperty [--qonto-pay-text=#1c1b1a] - text
 * @cssproperty [--qonto-pay-muted=#5d5a55] - secondary text
 * @cssproperty [--qonto-pay-line=#dedad2] - borders
 * @cssproperty [--qonto-pay-ok=#1b7a45] - paid
 * @cssproperty [--qonto-pay-warn=#8a5a00] - needs attention
 * @cssproperty [--qonto-pay-bad=#b3261e] - declined
 * @cssproperty [--qonto-pay-radius=12px] - corners
 * @cssproperty [--qonto-pay-font=system-ui] - font family
 * @cssproperty [--qonto-pay-height=48px] - height of the button, at least 44px
 */
export class QontoPayButton extends LitElement {
  static readonly version = VERSION;
  static override properties: PropertyDeclarations = {
    intent: {},
    intentUrl: { attribute: 'intent-url' },
    bff: {},
    mode: {},
    amount: {},
    currency: {},
    count: { type: Number },
    lang: {},
    appearance: { reflect: true },
    size: { reflect: true },
    presentation: {},
    disabled: { type: Boolean },
    status: { reflect: true },
  };
  static override styles = [buttonTokens, buttonStyles];

  declare intent: string;
  declare intentUrl: string;
  declare bff: string;
  declare mode: 'pay' | 'collect';
  /** Shown until the snapshot has arrived, as are `currency` and `count`. */
  declare amount: string;
  declare currency: string;
  declare count: number;
  declare appearance: 'auto' | 'light' | 'dark';
  declare size: 'small' | 'medium' | 'large';
  declare presentation: Presentation;
  declare disabled: boolean;
  /** Called inside the click when no `intent` is given; an alternative to `intent-url`. */
  declare getIntent: GetIntent | undefined;
  /** The snapshot's status, `connecting` or `error`. Read only: what is written is undone. */
  declare status: string | null;
  readonly #states = this.attachInternals().states;
  readonly #payment = new IntentController(this, () => loadLaterPart(languageAt(this), this.mode));
  #isAsking = false;

  constructor() {
    super();
    this.intent = this.intentUrl = this.bff = this.amount = '';
    this.currency = 'EUR';
    this.count = 1;
    this.mode = 'pay';
    this.appearance = this.presentation = 'auto';
    this.size = 'medium';
    this.disabled = false;
  }

  /** The latest snapshot of the intent. */
  get snapshot(): Snapshot | undefined {
    return this.#payment.snapshot;
  }

  /** The problem that is shown. */
  get error(): QontoPayProblem | undefined {
    return this.#payment.problem;
  }

  /** Opens the pay page. Only inside a click or a key press: browsers block the window otherwise. */
  async start(): Promise<void> {
    const payment = this.#payment;
    if (this.disabled || this.#isAsking || !payment.tell('start')) return;
    const inTab = prefersRedirect(this.presentation);
    if (payment.problem?.code === 'mode-mismatch') payment.fold(false);
    else if (!this.intent) await this.#startUnknown(inTab);
    else if (inTab) redirect(payment.payUrl(this.intent));
    else payment.start(openWindow(payment.payUrl(this.intent), this.intent));
  }

  /** Asks the BFF how things are. */
  refresh(): Promise<void> {
    return this.#payment.refresh();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  /** The window opens at once, as the click demands, and is told where to go when we know. */
  async #startUnknown(inTab: boolean): Promise<void> {
    const payment = this.#payment;
    const { getIntent, intentUrl: url } = this;
    if (!getIntent && !url) return payment.fail('intent-missing', false);
    const flow = inTab ? '' : randomFlow();
    // Synchronous: the second of two quick clicks must find it set.
    this.#isAsking = true;
    if (flow) payment.start(openWindow(`${payment.payUrl('opening')}&flow=${flow}`, flow));
    const promised = getIntent && (async () => getIntent())().catch(() => '');
    const part = await payment.load();
    const intent = await part?.askPartner(payment, { promised, url, flow });
    this.#isAsking = false;
    if (!intent) return payment.fail('intent-failed');
    this.intent = intent;
    if (inTab) redirect(payment.payUrl(intent));
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (['bff', 'intent', 'mode'].some((name) => changed.has(name)))
      this.#payment.follow(this.bff, this.intent);
    this.status = this.#payment.status ?? null;
    this.#states.clear();
    if (this.status) this.#states.add(this.status);
  }

  #onClick(event: MouseEvent): void {
    // The second half of a double click is the same wish.
    if (event.detail > 1) return;
    const payment = this.#payment;
    if (this.#isPayable) void this.start();
    else payment.fold(payment.isPanelOpen);
  }

  /** Else the button only says what is so, and opens the panel. */
  get #isPayable(): boolean {
    return this.snapshot?.payable !== false;
  }

  override render(): unknown {
    const payment = this.#payment;
    const isPayable = this.#isPayable;
    const why = this.snapshot?.why;
    const { amount, currency, count } = this.snapshot ?? this;
    const lang = nearestLang(this);
    const amountText = moneyText(amount, currency, lang);
    return html`<button
        part="button"
        ?disabled=${this.disabled}
        aria-expanded=${isPayable ? nothing : payment.isPanelOpen}
        @click=${this.#onClick}
      >
        <svg part="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d=${why ? (ICONS[why] ?? DASH) : ARROW} />
        </svg>
        <span part="label">${this.#renderLabel(amountText, count)}</span>
      </button>
      <div role="status">${payment.announcement}</div>
      ${
        payment.isPanelShown
          ? payment.part?.renderPanel(payment, { lang, amountText, count })
          : nothing
      }`;
  }

  #renderLabel(amountText: string, count: number): unknown {
    const texts = { en, fr }[languageAt(this)];
    const { why } = this.snapshot ?? {};
    if (this.#isAsking) return texts.opening;
    const amount = amountText && html`<span part="amount">${amountText}</span>`;
    const special = this.#payment.part?.buttonLabel(this.#payment, amount);
    if (special) return special;
    if (why) return texts[why];
    const words = this.mode === 'collect' ? texts.collect : count > 1 && texts.payMany(count);
    return words ? [words, amount && html`\xA0· ${amount}`] : texts.pay(amount);
  }
}
