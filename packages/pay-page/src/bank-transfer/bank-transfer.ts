import type { BankTransferRow, BankTransfers } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { pageLanguage } from '../language.js';
import type { Messages } from '../messages/messages.js';
import { messagesFor } from '../messages/messages-for.js';
import { readTransfers } from './read-transfers.js';
import { bankTransferWords, type Field } from './words.js';

/** Long enough to be seen; then the button says again what it does. */
const COPIED_MS = 4_000;

/** A transfer as the payer reads and copies it. */
type Fields = Record<Field, { label: string; shown: string; copied: string }>;

/**
 * How to pay from any bank: the EPC QR code, and each of its parts to be copied. Stands in a
 * `<details>`; asks anew whenever that is opened or the page is looked at again, as an invoice may
 * have been paid in the meantime.
 */
export class BankTransferElement extends LitElement {
  static override properties = {
    seq: {},
    answer: { state: true },
    row: { state: true },
    copied: { state: true },
    spoken: { state: true },
  };

  /** The intent's, as the page knows it: something has happened. */
  declare seq: number | undefined;
  declare answer: BankTransfers | 'loading' | 'lost';
  declare row: number;
  declare copied: Field | undefined;
  declare spoken: string;
  readonly #language = pageLanguage();
  readonly #text: Messages = messagesFor(this.#language);
  readonly #words = bankTransferWords[this.#language];
  #fold: HTMLDetailsElement | null = null;
  #forgetting: number | undefined;

  constructor() {
    super();
    this.answer = 'loading';
    this.row = 0;
    this.spoken = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Without the code there is still everything to copy.
    void import('@qonto-pay/widget/views/qr-code').catch(() => undefined);
    this.#fold = this.closest('details');
    this.#fold?.addEventListener('toggle', this.#read);
    document.addEventListener('visibilitychange', this.#read);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#fold?.removeEventListener('toggle', this.#read);
    document.removeEventListener('visibilitychange', this.#read);
    window.clearTimeout(this.#forgetting);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('seq') || !this.hasUpdated) this.#read();
  }

  readonly #read = (): void => void this.#ask();

  async #ask(): Promise<void> {
    if (!this.#fold?.open || document.hidden) return;
    const answer = await readTransfers();
    // What was read a moment ago is better than nothing.
    if (answer) this.answer = answer;
    else if (typeof this.answer === 'string') this.answer = 'lost';
  }

  protected override render(): unknown {
    const { answer } = this;
    if (answer === 'loading') return html`<p class="muted">${this.#text.loading}</p>`;
    if (answer === 'lost') return this.#lost();
    const row = answer.transfers.find(({ index }) => index === this.row) ?? answer.transfers[0];
    if (!row) return html`<p role="status">${this.#reason(answer.why)}</p>`;
    return this.#transfer(answer, row);
  }

  #lost(): TemplateResult {
    const retry = (): void => {
      this.answer = 'loading';
      this.#read();
    };
    return html`<p class="problem" role="status">${this.#text.notices['try-again']}</p>
      <button class="button" type="button" @click=${retry}>${this.#words.retry}</button>`;
  }

  #reason(why: BankTransfers['why']): string {
    const { closed } = this.#text;
    return why !== null && why in closed
      ? closed[why as keyof typeof closed].sentence
      : this.#words.notNow;
  }

  #transfer({ kind, transfers }: BankTransfers, row: BankTransferRow): TemplateResult {
    const words = this.#words;
    const amount = formatMoney(row.amount, this.#language);
    const { payload } = row;
    return html`
      <p class="notice">${words.once[kind]}</p>
      ${transfers.length > 1 ? this.#rowChoice(transfers, row) : nothing}
      <p>${payload === null ? words.tooLong : words.scan}</p>
      ${
        payload === null
          ? nothing
          : html`<qpay-qr-code
              .text=${payload}
              .label=${words.code(amount, row.name)}
            ></qpay-qr-code>`
      }
      <dl class="facts copies">${this.#facts(row, amount)}</dl>
      <p class="only-spoken" role="status">${this.spoken}</p>
    `;
  }

  #rowChoice(rows: readonly BankTransferRow[], chosen: BankTransferRow): TemplateResult {
    const choose = (event: Event): void => {
      this.row = Number((event.target as HTMLSelectElement).value);
    };
    const text = ({ index, name, amount }: BankTransferRow): string =>
      `${index + 1} · ${formatMoney(amount, this.#language)} · ${name}`;
    return html`<div class="field">
      <label for="transfer-row">${this.#words.row}</label>
      <select id="transfer-row" @change=${choose}>
        ${rows.map(
          (row) =>
            html`<option value=${row.index} .selected=${row === chosen}>${text(row)}</option>`,
        )}
      </select>
    </div>`;
  }

  #facts(row: BankTransferRow, amount: string): TemplateResult[] {
    const { review } = this.#text;
    // As a field of a banking page takes it: no spaces, no currency, the language's own comma.
    const figures = this.#language === 'fr' ? row.amount.replace('.', ',') : row.amount;
    const fields: Fields = {
      name: { label: review.payee, shown: row.name, copied: row.name },
      iban: { label: review.iban, shown: groupIban(row.iban), copied: row.iban },
      amount: { label: review.amount, shown: amount, copied: figures },
      reference: { label: review.reference, shown: row.reference, copied: row.reference },
    };
    return (Object.keys(fields) as Field[]).map((field) => this.#fact(field, fields[field]));
  }

  #fact(field: Field, { label, shown, copied }: Fields[Field]): TemplateResult {
    const words = this.#words;
    const isCopied = this.copied === field;
    return html`<dt>${label}</dt>
      <dd class="copy">
        <span class=${field === 'iban' ? 'iban' : nothing}>${shown}</span>
        <button
          class="button quiet"
          type="button"
          data-copy=${field}
          aria-label=${isCopied ? words.fieldCopied[field] : words.copyField[field]}
          @click=${() => void this.#copy(field, copied)}
        >
          ${isCopied ? words.copied : words.copy}
        </button>
      </dd>`;
  }

  async #copy(field: Field, text: string): Promise<void> {
    window.clearTimeout(this.#forgetting);
    try {
      await navigator.clipboard.writeText(text);
      this.copied = field;
      this.spoken = this.#words.fieldCopied[field];
    } catch {
      this.copied = undefined;
      this.spoken = this.#words.notCopied;
    }
    this.#forgetting = window.setTimeout(() => {
      this.copied = undefined;
      this.spoken = '';
    }, COPIED_MS);
  }
}

customElements.define('qpay-bank-transfer', BankTransferElement);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-bank-transfer': BankTransferElement;
  }
}
