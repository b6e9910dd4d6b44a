import type { Review } from '@qonto-pay/shared';
import { centsOf, totalOf } from '@qonto-pay/widget/views/item-table/total';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import type { ManyContext } from './many-context.js';

interface Missing {
  /** "On a date" is chosen and the date is not: paying now is what nobody asked for. */
  isDate: boolean;
  decisions: number;
  documents: number;
  /** In the order in which they stand. */
  rows: number[];
}

/** What stands between the payer and the button: a date, boxes not ticked, documents not at the bank. */
export function missingOf({ shared }: ManyContext, review: Review): Missing {
  const accepted = shared.choices.accepted(review);
  const chosen = review.items.filter(({ index }) => review.selected.includes(index));
  const decisions = chosen.filter((row) => row.decisionNeeded && !accepted.has(row.index));
  const documents = chosen.filter(({ document }) => !['not-needed', 'ready'].includes(document));
  const rows = [...decisions, ...documents].map(({ index }) => index);
  const isDate = shared.choices.isPickingDate && ['now', 'due'].includes(review.payOn);
  return { isDate, decisions: decisions.length, documents: documents.length, rows };
}

/** How the bank sends them, counted: said before the confirmation, not after it. */
export function speedWords({ words, language }: ManyContext, review: Review): string {
  const counts = { instant: 0, standard: 0, scheduled: 0 };
  for (const { index, speed } of review.items) {
    if (review.selected.includes(index)) counts[speed] += 1;
  }
  const parts = (['instant', 'standard', 'scheduled'] as const)
    .filter((speed) => counts[speed] > 0)
    .map((speed) => words.speeds[speed](counts[speed]));
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
  return list === '' ? '' : `${list}.`;
}

function hint(context: ManyContext, review: Review): string {
  const { words } = context;
  if (context.shared.choices.selected(review).size === 0) return words.chooseOne;
  if (review.check === 'needed') return words.checkHint;
  return review.approval === 'none' ? words.trusted : words.phone(review.count);
}

function missingWords(context: ManyContext, review: Review): TemplateResult | typeof nothing {
  if (!context.shared.showMissing) return nothing;
  const { isDate, decisions, documents } = missingOf(context, review);
  const { missingDate, missingDecisions, missingDocuments } = context.words;
  if (!isDate && decisions + documents === 0) return nothing;
  const ofRows = decisions > 0 ? missingDecisions(decisions) : missingDocuments(documents);
  const sentence = isDate ? missingDate : ofRows;
  return html`<p id="missing" class="problem" role="alert">${sentence}</p>`;
}

function mainButton(context: ManyContext, review: Review): TemplateResult {
  const { words, actions, language, shared, text, state } = context;
  const selected = shared.choices.selected(review);
  const count = selected.size;
  const total = totalOf(state.items, selected);
  if (review.check === 'needed' || count === 0) {
    const isWaiting = shared.choices.isWaiting || actions.work !== undefined;
    return html`<button
      id="check"
      class="button primary ${isWaiting ? 'waiting' : ''}"
      type="button"
      aria-disabled=${isWaiting || count === 0 ? 'true' : nothing}
      aria-describedby="pay-hint"
      @click=${() => {
        if (!isWaiting) shared.choices.set({ check: 'yes' });
      }}
    >
      ${words.check(count)}
    </button>`;
  }
  // What is counted here and what the BFF will pay must be the same before anything can be pressed.
  const isAgreed = !shared.choices.isWaiting && centsOf(total) === centsOf(review.amount);
  const isWaiting = review.check === 'pending' || !isAgreed || actions.work !== undefined;
  const pay = words.pay(count, formatMoney(total, language));
  const label = review.check === 'pending' ? words.checking(count) : pay;
  return html`<button
    id="confirm"
    class="button primary ${isWaiting ? 'waiting' : ''}"
    type="submit"
    aria-disabled=${isWaiting || !actions.armed ? 'true' : nothing}
    aria-describedby="pay-hint"
    @click=${(event: MouseEvent) => actions.press(event)}
  >
    ${actions.work === 'confirm' ? text.review.sending : label}
  </button>`;
}

/** Stays in sight below the table: what happens next, and the one button. */
export function payBar(context: ManyContext, review: Review): TemplateResult {
  return html`
    ${missingWords(context, review)}
    <p id="pay-hint" class="muted">${hint(context, review)}</p>
    ${mainButton(context, review)}
  `;
}
