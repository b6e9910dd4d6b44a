import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { totalOf } from '@qonto-pay/widget/views/item-table/total';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { safeUrl } from '../page-meta.js';
import { backLink } from '../views/frame-view.js';
import { whoPays } from '../views/member-view.js';
import { accountChoice } from '../views/review-view.js';
import type { ManyContext } from './many-context.js';
import { isDateMissing, payOnChoice } from './pay-on-view.js';
import { tableView } from './table-view.js';

const MAX_NOTE = 140;

/** What is asked for must be what the service knows, and something. */
function canSend({ state, shared }: ManyContext): boolean {
  return !shared.choices.isWaiting && state.review?.count !== 0;
}

function ask(context: ManyContext, form: HTMLFormElement): void {
  const { state, language, shared, actions } = context;
  const { client } = shared.page;
  if (actions.work || !canSend(context)) return;
  if (state.review && isDateMissing(state.review)) return;
  const note = String(new FormData(form).get('note') ?? '').trim();
  const version = state.review?.version ?? 0;
  const fields = {
    idempotencyKey: shared.requestKeys.keyFor(version),
    reviewVersion: String(version),
    select: (state.review?.selected ?? []).join(','),
    lang: language,
    ...(state.review ? { account: state.review.accountId } : {}),
    ...(note ? { note } : {}),
  };
  void actions
    .do('request', () => client.post('request', fields))
    .then((answer) => {
      // Without an answer the same key is sent again, so that it is one request.
      if (answer.kind !== 'lost') shared.requestKeys.renew();
      if (answer.kind === 'state') shared.page.controller.payAgain(false);
    });
}

/** A note and the button; or the permission that Qonto must be given first. */
export function askSection(context: ManyContext): TemplateResult {
  const { state, words, actions } = context;
  const { heading, sentence, consent, allow, note, noteHint, button, asking } = words.ask;
  const url = state.consents.ask;
  const isBusy = actions.work === 'request';
  const isWaiting = isBusy || !canSend(context);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    ask(context, event.target as HTMLFormElement);
  };
  const form = html`<form id="ask-form" novalidate @submit=${submit}>
    ${state.review ? payOnChoice(context, state.review, 'ask') : nothing}
    <div class="field">
      <label for="note">${note}</label>
      <textarea id="note" name="note" rows="3" maxlength=${MAX_NOTE} aria-describedby="note-hint"></textarea>
      <p id="note-hint" class="muted">${noteHint}</p>
    </div>
    <button
      id="ask"
      class="button primary ${isWaiting ? 'waiting' : ''}"
      type="submit"
      aria-disabled=${isWaiting ? 'true' : nothing}
    >
      ${isBusy ? asking : button}
    </button>
  </form>`;
  const permission = html`<p>${consent}</p>
    <a id="ask-consent" class="button primary" href=${safeUrl(url ?? '/')}>${allow}</a>`;
  return html`<section class="ask" aria-labelledby="ask-heading">
    <h2 id="ask-heading">${heading}</h2>
    <p>${sentence}</p>
    ${url === null ? form : permission}
  </section>`;
}

/** One invoice: who is to be paid, and how much. */
function invoiceFacts({ state, text, language }: ManyContext): TemplateResult {
  const [item] = state.items;
  return html`<dl class="facts">
    <dt>${text.review.amount}</dt>
    <dd class="money">${formatMoney(item?.amount ?? '0', language)}</dd>
    <dt>${text.review.payee}</dt>
    <dd>${item?.payee.name} <span class="iban">${groupIban(item?.payee.iban ?? '')}</span></dd>
    <dt>${text.review.reference}</dt>
    <dd>${item?.reference}</dd>
  </dl>`;
}

/** Which account the colleague is asked to pay from; a member's role may hide them. */
function accounts(context: ManyContext): TemplateResult | typeof nothing {
  const { review } = context.state;
  if (!review || review.accounts.length < 2) return nothing;
  return accountChoice(context, review, (account) => context.shared.choices.set({ account }));
}

/** For a member who may not pay: what it is about, and the question to those who may. */
export function askPage(context: ManyContext): TemplateResult {
  const { state, text, words, language } = context;
  const isMany = state.items.length > 1;
  const selected = state.review
    ? context.shared.choices.selected(state.review)
    : new Set(state.items.filter(({ payable }) => payable).map(({ index }) => index));
  const summary = html`<p class="amount small">
    <span class="muted">${words.summary(selected.size, state.items.length)}</span>
    ${formatMoney(totalOf(state.items, selected), language)}
  </p>`;
  return html`
    <h1 tabindex="-1">${text.errors['not-allowed'].heading}</h1>
    <p class="lead">${words.ask.why}</p>
    ${whoPays(context, text.review.signedInAs)} ${isMany ? summary : invoiceFacts(context)}
    ${accounts(context)} ${askSection(context)} ${isMany ? tableView(context, state.review ?? undefined) : nothing}
    <div class="actions">${backLink(context, 'quiet')}</div>
  `;
}
