import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { ButtonFacts, IntentController } from '../intent-controller.js';
import { languageAt } from '../language.js';
import type { LaterMessages } from '../messages/panel-messages.js';
import { buttonTokens } from '../tokens.styles.js';
import { register } from '../views/register.js';
import { say } from '../views/say.js';
import { actionStyles } from './action.styles.js';
import { bulkMessages } from './bulk-messages.js';
import { bulkProgressStyles } from './bulk-progress.styles.js';
import { GROUPS, type Group, rowsByGroup } from './row-groups.js';

/** Of these the numbers are named: what is paid or on its way needs nobody's eyes. */
const NAMED = ['failed', 'checked', 'scheduled'] as const;
/** More than this nobody reads; the pay page has the whole table. */
const MAX_NAMED = 12;
/** The last of the marks at which progress is said aloud; the others are the quarters. */
const END = 5;

/**
 * How far a payment of several invoices is, by row number: names stand on the pay page only. 400
 * rows read as a few lines. Loaded when there are several invoices.
 * @fires qpay-progress - a quarter more is done, or all; bubbles, composed
 */
export class QpayBulkProgress extends LitElement {
  static override properties: PropertyDeclarations = {
    payment: { attribute: false },
    facts: { attribute: false },
    texts: { attribute: false },
  };
  static override styles = [buttonTokens, actionStyles, bulkProgressStyles];

  declare payment: IntentController;
  /** A new object whenever the payment has changed. */
  declare facts: ButtonFacts;
  declare texts: LaterMessages;
  #rows = {} as Record<Group, number[]>;
  #mark: number | undefined;

  protected override willUpdate(): void {
    const { snapshot } = this.payment;
    if (snapshot) this.#rows = rowsByGroup(snapshot);
  }

  protected override updated(): void {
    const { snapshot } = this.payment;
    if (!snapshot) return;
    this.#stretch();
    const { paid, failed } = this.#rows;
    const quarters = Math.floor((4 * (paid.length + failed.length)) / snapshot.count);
    const mark = snapshot.final ? END : quarters;
    // Nothing at load. Aloud it takes the place of the panel's sentence, so the end is named too.
    if (this.#isTelling && this.#mark !== undefined && mark > this.#mark) {
      const { heading } = this.texts.results[snapshot.status as 'settled'];
      const words = [this.#summary.join(', '), this.#sentence('failed')];
      say(this, 'qpay-progress', (snapshot.final ? [heading, ...words] : words).join('. '));
    }
    this.#mark = mark;
  }

  /** By script: the page's policy may allow no style attribute. */
  #stretch(): void {
    for (const segment of this.renderRoot.querySelectorAll<HTMLElement>('[part=progress] span'))
      segment.style.flexGrow = `${this.#rows[segment.className as Group].length}`;
  }

  get #messages() {
    return bulkMessages[languageAt(this)];
  }

  get #groups(): Group[] {
    return GROUPS.filter((group) => this.#rows[group].length > 0);
  }

  /** Before the bank has it, and when all were refused alike, the panel's own words say it all. */
  get #isTelling(): boolean {
    const groups = this.#groups;
    const { status } = this.payment.snapshot ?? {};
    return groups.length > 1 || groups[0] === 'paid' || status === 'processing';
  }

  get #summary(): string[] {
    const { progress, counts } = this.#messages;
    const rows = this.#rows;
    const groups = this.#groups.filter((group) => group !== 'paid');
    return [
      progress(rows.paid.length, this.facts.count),
      ...groups.map((group) => counts[group](rows[group].length)),
    ];
  }

  #sentence(group: (typeof NAMED)[number]): string {
    const messages = this.#messages;
    const rows = this.#rows[group];
    if (!rows.length) return '';
    const runs: [first: number, last: number][] = [];
    for (const row of rows) {
      const run = runs.at(-1);
      if (run?.[1] === row - 1) run[1] = row;
      else runs.push([row, row]);
    }
    const shown = runs.slice(0, MAX_NAMED);
    const left = runs.slice(MAX_NAMED).reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const names = shown.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
    if (left) names.push(messages.more(left));
    const end = names.splice(-1);
    const list = names.length ? names.join(', ') + messages.and + end : `${end}`;
    return messages.rows[group](list, rows.length);
  }

  protected override render(): unknown {
    if (!this.payment.snapshot || !this.#isTelling) return nothing;
    const groups = this.#groups;
    const [count, ...others] = this.#summary;
    const rows = this.#rows;
    return html`<section>
      <p id="count">${count}</p>
      <div
        part="progress"
        role="progressbar"
        aria-labelledby="count"
        aria-valuemin="0"
        aria-valuemax=${this.facts.count}
        aria-valuenow=${rows.paid.length}
        aria-valuetext=${this.#summary.join(', ')}
      >
        ${groups.map((group) => html`<span class=${group}></span>`)}
      </div>
      <ul ?hidden=${!others.length}>
        ${groups.filter((group) => group !== 'paid').map((group, index) => html`<li><i class=${group}></i>${others[index]}</li>`)}
      </ul>
      ${NAMED.map((group) => {
        const words = groups.length > 1 && this.#sentence(group);
        return words ? html`<p part="row">${words}</p>` : nothing;
      })}
      ${this.#renderActions()}
    </section>`;
  }

  #renderActions(): unknown {
    const { payment } = this;
    const { final, payable, status } = payment.snapshot ?? {};
    const { seeWhy, retryFailed } = this.#messages;
    const failed = this.#rows.failed.length;
    // While the window is open, or a problem is shown, that comes first.
    if (!failed || payment.status !== status) return nothing;
    return html`${
      final && payable
        ? html`<button part="action" class="action main" @click=${() => void payment.host.start()}>
            ${retryFailed(failed)}
          </button>`
        : nothing
    }
    ${
      // There the panel's own link leads to the reasons.
      status === 'declined'
        ? nothing
        : html`<a part="action" class="action" href=${payment.payUrl(payment.intent)} target="_blank"
            >${seeWhy}</a
          >`
    }`;
  }
}

register('qpay-bulk-progress', QpayBulkProgress);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-bulk-progress': QpayBulkProgress;
  }
}
