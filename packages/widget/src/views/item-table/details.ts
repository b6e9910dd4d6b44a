import type { ReviewItem } from '@qonto-pay/shared';
import { payeeDecision, payeeNotes, type ShownPayee } from '@qonto-pay/shared/payee-sentences';
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type DetailsMessages, detailsMessages } from '../../messages/item-details.js';
import { viewStyles } from '../../view.styles.js';
import { icon } from '../icons.js';
import '../payee-check.js';
import { register } from '../register.js';
import { countryText, dateText, type TableContext } from './context.js';
import { detailsStyles } from './details.styles.js';
import { documentView } from './document-view.js';
import { tell } from './events.js';
import type { TableRow } from './rows.js';

const warning = (sentence: string): TemplateResult =>
  html`<p class="warning">${icon('warning')}<span>${sentence}</span></p>`;

/** What is shown at the decision, and recorded with it. */
export const shownPayee = (known: ReviewItem, lang: ShownPayee['lang']): ShownPayee => ({
  ...known.payeeCheck,
  warnings: known.warnings,
  lastIban: known.lastIban,
  lang,
});

/**
 * All that is known of a row, and what the payer may do about it.
 * @fires qpay-accept - a decision was ticked or unticked
 * @fires qpay-attach - a file was chosen for a row that needs a document
 */
export class QpayItemDetails extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };
  static override properties: PropertyDeclarations = {
    row: { attribute: false },
    context: { attribute: false },
  };
  static override styles = [...viewStyles, detailsStyles];

  declare row: TableRow;
  declare context: TableContext;

  /** With what it shows inside, so that its height is known. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    await this.renderRoot.querySelector('qpay-payee-check')?.updateComplete;
    return isDone;
  }

  get #words(): DetailsMessages {
    return detailsMessages[this.context.language];
  }

  protected override render(): unknown {
    const { item, known } = this.row;
    const { choice, consentUrl, fileProblems, uploading } = this.context;
    const isChoice = choice !== 'none' && known;
    const words = this.#words;
    return html`
      ${this.#ending()} ${isChoice ? this.#check(known) : nothing}
      ${
        isChoice && known.document !== 'not-needed'
          ? html`<div @change=${this.#onFile}>
              ${documentView(item.index, known.document, { words, consentUrl, fileProblems, uploading })}
            </div>`
          : nothing
      }
      ${this.#facts()}
    `;
  }

  #ending(): unknown {
    const { item } = this.row;
    const { reasonOf, proofUrl } = this.context;
    const reason = reasonOf(item);
    const proof = item.hasProof ? proofUrl(item.index) : undefined;
    return html`${reason ? html`<p class="reason">${reason}</p>` : nothing}
    ${proof ? html`<p><a href=${proof} download>${this.#words.proof}</a></p>` : nothing}`;
  }

  #check(known: ReviewItem): unknown {
    const { result, bankName } = known.payeeCheck;
    if (result === 'unchecked' || result === 'pending') return nothing;
    const shown = shownPayee(known, this.context.language);
    const isChosen = this.context.selected.has(known.index);
    return html`<qpay-payee-check .result=${result} .bankName=${bankName}></qpay-payee-check>
      ${known.savedName ? warning(this.#words.savedName(known.savedName)) : nothing}
      ${payeeNotes(shown).map(warning)}
      ${known.decisionNeeded && isChosen ? this.#decision(known.index, shown) : nothing}`;
  }

  #decision(index: number, shown: ShownPayee): TemplateResult {
    const { accepted, showMissing } = this.context;
    const isAccepted = accepted.has(index);
    const isMissing = showMissing && !isAccepted;
    const accept = (event: Event): void => {
      tell(this, 'qpay-accept', { index, isAccepted: (event.target as HTMLInputElement).checked });
    };
    return html`<label class="decision ${isMissing ? 'missing' : ''}">
        <input
          type="checkbox"
          data-accept=${index}
          aria-invalid=${isMissing ? 'true' : nothing}
          .checked=${live(isAccepted)}
          @change=${accept}
        />
        <span>${payeeDecision(shown)}</span>
      </label>
      ${isMissing ? html`<p class="problem">${this.#words.decideFirst}</p>` : nothing}`;
  }

  #facts(): TemplateResult {
    const { item, known } = this.row;
    const { language } = this.context;
    const { bankIn, speeds, simplified } = this.#words;
    const day = known?.executesOn ? ` ${dateText(known.executesOn, language)}` : '';
    const facts = [
      bankIn(countryText(item.payee.iban, language)),
      item.externalRef,
      item.reference,
      ...(known ? [speeds[known.speed] + day] : []),
    ];
    return html`<p class="facts">
      ${facts.join(' · ')} ${item.referenceSimplified ? html`<br />${simplified}` : nothing}
    </p>`;
  }

  readonly #onFile = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) tell(this, 'qpay-attach', { index: this.row.item.index, file });
    // The same file may be chosen again after a problem.
    input.value = '';
  };
}

register('qpay-item-details', QpayItemDetails);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-item-details': QpayItemDetails;
  }
}
