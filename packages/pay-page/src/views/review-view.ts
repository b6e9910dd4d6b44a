import type { Review } from '@qonto-pay/shared';
import { payeeDecision, payeeSentence } from '@qonto-pay/shared/payee-sentences';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import { formatMoney } from '../format.js';
import type { Language } from '../language.js';
import { pageToken } from '../page-meta.js';
import { warning } from './frame-view.js';
import { whoPays } from './member-view.js';
import type { PageContext } from './page-context.js';
import { payeeView, shownPayee } from './payee-view.js';

type Account = Review['accounts'][number];

/** The chosen account's balance stands below the select, which is too narrow for it on a phone. */
function accountText(account: Account, isChosen: boolean, language: Language): string {
  const name = `${account.name} (…${account.iban.slice(-4)})`;
  const { balance } = account;
  return balance === null || isChosen ? name : `${name} – ${formatMoney(balance, language)}`;
}

/** A member's role may hide the balance: then nothing is said of it. */
function chosenBalance(page: PageContext, { accounts, accountId }: Review) {
  const balance = accounts.find(({ id }) => id === accountId)?.balance ?? null;
  if (balance === null) return nothing;
  const words = page.text.review.balance(formatMoney(balance, page.language));
  return html`<p id="balance" class="muted money">${words}</p>`;
}

/** The account to pay from, with its balance. */
export function accountChoice(
  page: PageContext,
  review: Review,
  take = (account: string): void => void page.actions.chooseAccount(account),
): TemplateResult {
  const { text, language } = page;
  const balance = chosenBalance(page, review);
  const describedBy = balance === nothing ? nothing : 'balance';
  const choose = (event: Event): void => take((event.target as HTMLSelectElement).value);
  // `live`: when the change did not get through, the select goes back to what will be paid from.
  return html`
    <div class="field">
      <label for="account">${text.review.account}</label>
      <select id="account" name="account" aria-describedby=${describedBy} @change=${choose}>
        ${review.accounts.map(
          (account) => html`<option
            value=${account.id}
            .selected=${live(account.id === review.accountId)}
          >
            ${accountText(account, account.id === review.accountId, language)}
          </option>`,
        )}
      </select>
      ${balance}
      ${review.balanceTooLow ? warning(text.review.balanceTooLow) : nothing}
    </div>
  `;
}

function decision(page: PageContext, review: Review): TemplateResult | typeof nothing {
  const [item] = review.items;
  if (!review.decisionNeeded || !item) return nothing;
  const sentence = payeeDecision(shownPayee(page, item));
  const missing = page.actions.notice === 'decide';
  // Keyed by what is decided on: another result is another decision, and begins unticked.
  return html`${keyed(
    payeeSentence(shownPayee(page, item)),
    html`<label class="decision">
      <input
        id="accept-payee"
        type="checkbox"
        name="acceptPayee"
        value="yes"
        required
        aria-invalid=${missing ? 'true' : nothing}
        aria-describedby=${missing ? 'decide' : nothing}
      />
      <span>${sentence}</span>
    </label>`,
  )}
  ${missing ? html`<p id="decide" class="problem">${page.text.notices.decide}</p>` : nothing}`;
}

function payButton(page: PageContext, review: Review, amount: string): TemplateResult {
  const { text, actions } = page;
  const pending = review.check !== 'done';
  const busy = actions.work === 'confirm';
  const waiting = pending || actions.work !== undefined;
  // Once it is sent, leaving is no longer "without paying".
  const leaveButton = html`<button
    id="cancel"
    class="button"
    type="button"
    @click=${() => actions.leave()}
  >
    ${text.leave}
  </button>`;
  const later = page.later?.paying?.(page, review);
  const hint = review.approval === 'none' ? text.review.trusted : text.review.phone;
  return html`
    <p id="pay-hint" class="muted">
      ${pending ? text.review.checking : (later?.hint ?? hint)}
    </p>
    <div class="actions">
      <button
        id="confirm"
        class="button primary ${waiting ? 'waiting' : ''}"
        type="submit"
        aria-disabled=${waiting || !actions.armed ? 'true' : nothing}
        aria-describedby="pay-hint"
        @click=${(event: MouseEvent) => actions.press(event)}
      >
        ${busy ? text.review.sending : (later?.label ?? text.review.pay(amount))}
      </button>
      ${busy ? nothing : leaveButton}
    </div>
  `;
}

/** What will be paid, to whom, from where; and the one form that confirms it. */
export function reviewView(page: PageContext, review: Review): TemplateResult {
  const { text, language, actions, state } = page;
  const amount = formatMoney(review.amount, language);
  const [item] = state.items;
  const [known] = review.items;
  return html`
    <h1 tabindex="-1">${text.review.heading}</h1>
    ${whoPays(page)}
    <p class="amount"><span class="muted">${text.review.amount}</span> ${amount}</p>
    ${item && known ? payeeView(page, item, known) : nothing}
    <form
      class="one"
      method="post"
      action=${actions.confirmUrl}
      novalidate
      @submit=${(event: SubmitEvent) => actions.submit(event, () => page.later?.isMissing?.(review))}
    >
      <input type="hidden" name="idempotencyKey" value=${actions.idempotencyKey(review.version)} />
      <input type="hidden" name="pageToken" value=${pageToken()} />
      <input type="hidden" name="reviewVersion" value=${review.version} />
      <input type="hidden" name="lang" value=${language} />
      ${accountChoice(page, review)}
      <div class="later">${page.later?.beforePay?.(page, review)}</div>
      ${decision(page, review)} ${payButton(page, review, amount)}
    </form>
  `;
}
