import type { Review } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { formatMoney } from '../format.js';
import type { ManyContext } from './many-context.js';
import { missingOf, speedWords } from './pay-bar-view.js';

type When = 'now' | 'due' | 'date';
/** Requests to a colleague know one day for all rows, so that `due` is none of theirs. */
type Purpose = 'pay' | 'ask';

function whenOf({ payOn }: Review, purpose: Purpose): When {
  if (payOn === 'now') return payOn;
  return payOn === 'due' && purpose === 'pay' ? payOn : 'date';
}

/** Tomorrow where the bank is, by the server's clock; a pure date has no time zone after that. */
function tomorrow(serverTime: string): string {
  const at = new Date(Date.parse(serverTime) + 24 * 3600_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(at);
}

/** `4 December`; the year is said where it is another one. */
function dayOf(date: string, { state, language }: ManyContext): string {
  const year =
    date.slice(0, 4) === state.serverTime.slice(0, 4) ? {} : { year: 'numeric' as const };
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC', ...year } as const;
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', options);
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** A date is wanted, and the one in the field is none, or not yet what the service knows. */
export function isDateMissing({ payOn }: Review): boolean {
  const input = document.querySelector<HTMLInputElement>('#pay-date');
  if (!input || (input.checkValidity() && input.value === payOn)) return false;
  input.focus();
  return true;
}

function dateField(context: ManyContext, review: Review): TemplateResult {
  const { words, state, shared } = context;
  const choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.value && input.checkValidity()) shared.choices.set({ payOn: input.value });
  };
  const isChosen = review.payOn !== 'now' && review.payOn !== 'due';
  return html`<label for="pay-date" class="only-spoken">${words.payDate}</label>
    <input
      id="pay-date"
      type="date"
      min=${tomorrow(state.serverTime)}
      required
      .value=${live(isChosen ? review.payOn : '')}
      @change=${choose}
    />`;
}

/** One invoice is sent as told here; of many the kinds are counted. */
function hintOf(context: ManyContext, review: Review, when: When, purpose: Purpose): string {
  const { words, state } = context;
  if (purpose === 'ask') return when === 'date' ? words.payOnAsked : '';
  const isDone = review.check === 'done' && !missingOf(context, review).isDate;
  if (state.items.length === 1) {
    const { speed } = review.items[0] ?? {};
    // Its day stands below, at the button.
    return isDone && speed && speed !== 'scheduled' ? words.speed[speed] : '';
  }
  const rule = { now: '', due: words.payOnDue, date: words.payOnDate }[when];
  return `${isDone ? speedWords(context, review) : ''} ${rule}`.trim();
}

/** The days on offer; a due date that has passed is no other day than today. */
function offeredDays({ words, state }: ManyContext, when: When, purpose: Purpose) {
  const { now, due, date } = words.payOnChoices;
  const [first, ...others] = state.items;
  const isOne = others.length === 0;
  const hasDue = isOne
    ? (first?.dueDate ?? '') >= tomorrow(state.serverTime)
    : state.items.some(({ payable, dueDate }) => payable && dueDate !== null);
  const isDueOffered = purpose === 'pay' && (hasDue || when === 'due');
  const dueWords = isOne ? words.payOnItsDueDate : due;
  return [
    ['now', now],
    ...(isDueOffered ? [['due', dueWords] as const] : []),
    ['date', date],
  ] as const;
}

/** Now, on the due dates, or on a day that the payer chooses. */
export function payOnChoice(
  context: ManyContext,
  review: Review,
  purpose: Purpose = 'pay',
): TemplateResult {
  const { words, shared } = context;
  const { choices } = shared;
  const when = choices.isPickingDate ? 'date' : whenOf(review, purpose);
  const choose = (event: Event): void => {
    const value = (event.target as HTMLSelectElement).value as When;
    choices.isPickingDate = value === 'date';
    if (value === 'date') shared.update();
    else choices.set({ payOn: value });
  };
  const hint = hintOf(context, review, when, purpose);
  return html`<div class="field">
    <label for="pay-on">${words.payOn}</label>
    <select id="pay-on" aria-describedby=${hint ? 'pay-on-hint' : nothing} @change=${choose}>
      ${offeredDays(context, when, purpose).map(
        ([choice, name]) => html`<option value=${choice} .selected=${live(choice === when)}>
          ${name}
        </option>`,
      )}
    </select>
    ${when === 'date' ? dateField(context, review) : nothing}
    ${hint ? html`<p id="pay-on-hint" class="muted">${hint}</p>` : nothing}
  </div>`;
}

/** One invoice that is sent later: the button says when, and the hint that the phone is asked now. */
export function payingLater(
  context: ManyContext,
  review: Review,
): { label: string; hint: string } | undefined {
  const { words, language } = context;
  const executesOn = review.items[0]?.executesOn;
  if (missingOf(context, review).isDate || !executesOn) return undefined;
  const day = dayOf(executesOn, context);
  const hint = review.approval === 'none' ? words.trustedLater : words.phoneNow;
  return { label: words.payLater(formatMoney(review.amount, language), day), hint: hint(day) };
}
