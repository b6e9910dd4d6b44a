import type { Review } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ManyContext } from './many-context.js';
import { missingOf, speedWords } from './pay-bar-view.js';

type When = 'now' | 'due' | 'date';

const whenOf = ({ payOn }: Review): When => (payOn === 'now' || payOn === 'due' ? payOn : 'date');

/** Tomorrow where the bank is, by the server's clock; a pure date has no time zone after that. */
function tomorrow(serverTime: string): string {
  const at = new Date(Date.parse(serverTime) + 24 * 3600_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(at);
}

function dateField(context: ManyContext, review: Review): TemplateResult {
  const { words, state, shared } = context;
  const choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.value && input.checkValidity()) shared.choices.set({ payOn: input.value });
  };
  return html`<label for="pay-date" class="only-spoken">${words.payDate}</label>
    <input
      id="pay-date"
      type="date"
      min=${tomorrow(state.serverTime)}
      required
      .value=${live(whenOf(review) === 'date' ? review.payOn : '')}
      @change=${choose}
    />`;
}

/** Now, on the due dates, or on a day that the payer chooses. */
export function payOnChoice(context: ManyContext, review: Review): TemplateResult {
  const { words, state, shared } = context;
  const { choices } = shared;
  const when = choices.isPickingDate ? 'date' : whenOf(review);
  const hasDue = state.items.some(({ payable, dueDate }) => payable && dueDate !== null);
  const choose = (event: Event): void => {
    const value = (event.target as HTMLSelectElement).value as When;
    choices.isPickingDate = value === 'date';
    if (value === 'date') shared.update();
    else choices.set({ payOn: value });
  };
  const offered: When[] = hasDue ? ['now', 'due', 'date'] : ['now', 'date'];
  const rule = { now: '', due: words.payOnDue, date: words.payOnDate }[when];
  const isKnown = review.check === 'done' && !missingOf(context, review).isDate;
  const hint = `${isKnown ? speedWords(context, review) : ''} ${rule}`.trim();
  return html`<div class="field">
    <label for="pay-on">${words.payOn}</label>
    <select id="pay-on" aria-describedby=${hint ? 'pay-on-hint' : nothing} @change=${choose}>
      ${offered.map(
        (choice) => html`<option value=${choice} .selected=${live(choice === when)}>
          ${words.payOnChoices[choice]}
        </option>`,
      )}
    </select>
    ${when === 'date' ? dateField(context, review) : nothing}
    ${hint ? html`<p id="pay-on-hint" class="muted">${hint}</p>` : nothing}
  </div>`;
}
