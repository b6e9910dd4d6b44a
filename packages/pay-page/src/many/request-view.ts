import type { PayPayment } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { reasonWords } from '../messages/reasons.js';
import { safeUrl } from '../page-meta.js';
import { paymentFacts } from '../views/facts-view.js';
import { backLink, warning } from '../views/frame-view.js';
import { whoPays } from '../views/member-view.js';
import type { ManyContext } from './many-context.js';
import { tableView } from './table-view.js';

const dialog = (): HTMLDialogElement | null => document.querySelector('dialog#decline-dialog');

/** One key for the decision on a request, however often its answer is lost. */
function decide(
  { shared, actions, state }: ManyContext,
  decision: 'approve' | 'decline',
  given: Record<string, string> = {},
): void {
  const { client } = shared.page;
  if (actions.work) return;
  if (decision === 'approve') shared.approving = state.payment?.id;
  // Of the request that stands here, and of none that has taken its place.
  const fields = { payment: state.payment?.id ?? '', ...given };
  const idempotencyKey = shared.requestKeys.keyFor(state.snapshot?.seq ?? 0);
  void actions
    .do('request', () => client.post(`request/${decision}`, { idempotencyKey, ...fields }))
    .then((answer) => {
      if (answer.kind !== 'lost') shared.requestKeys.renew();
    });
}

function declineDialog(context: ManyContext): TemplateResult {
  const words = context.words.approve;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const note = String(new FormData(event.target as HTMLFormElement).get('note') ?? '').trim();
    dialog()?.close();
    decide(context, 'decline', note ? { note } : {});
  };
  return html`<dialog id="decline-dialog" aria-labelledby="decline-heading">
    <h2 id="decline-heading">${words.declineHeading}</h2>
    <form @submit=${submit}>
      <div class="field">
        <label for="decline-note">${words.declineNote}</label>
        <textarea id="decline-note" name="note" rows="3" maxlength="500" required></textarea>
      </div>
      <div class="actions">
        <button id="decline-yes" class="button danger" type="submit">${words.declineYes}</button>
        <button id="decline-no" class="button" type="button" @click=${() => dialog()?.close()}>
          ${words.declineNo}
        </button>
      </div>
    </form>
  </dialog>`;
}

function decisionButtons(context: ManyContext, payment: PayPayment): TemplateResult {
  const { words, language, actions } = context;
  const { approve } = words;
  const label = approve.button(payment.items.length, formatMoney(payment.amount, language));
  const isBusy = actions.work === 'request';
  const press = (event: MouseEvent): void => {
    // As with a confirmation: only a person approves.
    if (event.isTrusted) decide(context, 'approve');
  };
  return html`<div class="bar">
      <p id="pay-hint" class="muted">${approve.hint}</p>
      <button
        id="approve"
        class="button primary ${isBusy ? 'waiting' : ''}"
        type="button"
        aria-disabled=${isBusy ? 'true' : nothing}
        aria-describedby="pay-hint"
        @click=${press}
      >
        ${label}
      </button>
    </div>
    <div class="actions">
      <button id="decline" class="button" type="button" @click=${() => dialog()?.showModal()}>
        ${approve.decline}
      </button>
      ${backLink(context, 'quiet')}
    </div>`;
}

/** The member's own approval came to nothing, and the request waits as before. */
function lastTry({ words, later, language }: ManyContext, { reason }: PayPayment) {
  if (!reason) return nothing;
  const { sentence } = later?.reason?.(reason) ?? reasonWords(reason, language);
  return html`<div id="last-try">${warning(`${words.approve.failed} ${sentence}`)}</div>`;
}

/** For an owner or admin of the same company: who asks for what, and the two answers. */
export function approveView(context: ManyContext, payment: PayPayment): TemplateResult {
  const { words, state, text } = context;
  const { approve } = words;
  const url = state.consents.review;
  const consent = html`<p>${approve.consent}</p>
    <div class="actions">
      <a id="review-consent" class="button primary" href=${safeUrl(url ?? '/')}>${words.ask.allow}</a>
      ${backLink(context, 'quiet')}
    </div>`;
  return html`
    <h1 tabindex="-1">${approve.heading}</h1>
    ${whoPays(context, text.review.signedInAs)}
    ${lastTry(context, payment)}
    <p>${approve.sentence}</p>
    ${paymentFacts(context, payment, 'whole')}
    ${state.items.length > 1 ? tableView(context) : nothing}
    ${url === null ? html`${decisionButtons(context, payment)} ${declineDialog(context)}` : consent}
  `;
}
