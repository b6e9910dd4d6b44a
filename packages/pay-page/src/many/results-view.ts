import type { PayItem, PayPayment } from '@qonto-pay/shared';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { isApproving, isReleased, type Step } from '../pay-state.js';
import { closedView, endWords } from '../views/ending-view.js';
import { backLink, ending } from '../views/frame-view.js';
import { askSection } from './ask-view.js';
import type { ManyContext } from './many-context.js';
import { tableView } from './table-view.js';
import { withdrawAllButton, withdrawButton, withdrawDialog } from './withdraw-view.js';

const isPaid = ({ status }: PayItem): boolean =>
  status === 'settled' || status === 'sent_unconfirmed';
const hasFailed = ({ status }: PayItem): boolean => status !== 'open' && isReleased(status);

const rowsOf = ({ state }: ManyContext, { items }: PayPayment): PayItem[] => {
  const own = new Set(items);
  return state.items.filter(({ index }) => own.has(index));
};

/** "31 of 37 settled, 3 failed", also as a bar; shown once the bank has them. */
function progress(context: ManyContext, payment: PayPayment): TemplateResult | typeof nothing {
  const rows = rowsOf(context, payment);
  const settled = rows.filter(isPaid).length;
  const failed = rows.filter(hasFailed).length;
  const isUnderWay = rows.some(
    ({ status }) => isPaid({ status } as PayItem) || status === 'processing',
  );
  if (rows.length < 2 || !isUnderWay) return nothing;
  return html`<div class="progress">
    <p id="progress">${context.words.progress(settled, rows.length, failed)}</p>
    <progress aria-labelledby="progress" max=${rows.length} value=${settled + failed}></progress>
  </div>`;
}

/** Exactly these rows; the BFF's own first choice may be the same already. */
function choose({ shared }: ManyContext, items: PayItem[]): void {
  const review = shared.page.controller.state?.review;
  const isOne = review?.selectable === 'one';
  const rows = items.slice(0, isOne ? 1 : undefined).map(({ index }) => index);
  if (review && rows.join() !== review.selected.join()) shared.choices.select(rows);
}

/** "Retry" takes exactly those that failed; the others stay locked. */
function againButton(context: ManyContext): TemplateResult | typeof nothing {
  const { state, words, actions } = context;
  const free = state.items.filter(({ payable }) => payable);
  if (!state.snapshot?.payable || free.length === 0) return nothing;
  const failed = free.filter(hasFailed);
  const chosen = failed.length > 0 ? failed : free;
  const isOne = state.review?.selectable === 'one';
  const others = isOne ? words.payNext : words.payOthers(free.length);
  const again = async (): Promise<void> => {
    await actions.payAgain();
    choose(context, chosen);
  };
  return html`<button id="again" class="button primary" type="button" @click=${() => void again()}>
    ${failed.length > 0 ? words.retry(failed.length) : others}
  </button>`;
}

function downloads({ state, words, shared }: ManyContext): TemplateResult | typeof nothing {
  const { client } = shared.page;
  const proofs = state.items.filter(({ hasProof }) => hasProof).length;
  return html`<p class="downloads">
    ${
      proofs > 0
        ? html`<a id="proofs" href=${client.urlOf('proofs.zip')} download>${words.proofs}</a>`
        : nothing
    }
    <a id="results" href=${client.urlOf('results.csv')} download>${words.results}</a>
  </p>`;
}

/** The member has asked, and the phone of somebody who may pay is asked now. */
export const isColleagueAsked = (
  { shared }: Pick<ManyContext, 'shared'>,
  { kind, mine, approval, cancelable, status, id }: PayPayment,
): boolean =>
  kind === 'request' &&
  mine &&
  isApproving(status) &&
  approval === null &&
  // Who approves sees the same while the phone is about to be asked.
  !cancelable &&
  shared.approving !== id;

function resultWordsOf(context: ManyContext, payment: PayPayment): ResultText {
  const { words } = context;
  if (isColleagueAsked(context, payment)) return words.colleagueAsked;
  const isAsked = payment.kind === 'request' && payment.status === 'requested';
  return isAsked && payment.mine ? words.asked : endWords(context, payment);
}

/** What became of each row; a payment that went through in part is an ordinary end. */
export function resultsView(context: ManyContext, payment: PayPayment): TemplateResult {
  const { state, words, language } = context;
  const again = againButton(context);
  const status = isColleagueAsked(context, payment) ? 'requested' : payment.status;
  const isMany = state.items.length > 1;
  return html`
    ${ending(status, resultWordsOf(context, payment))}
    ${payment.mine ? nothing : html`<p class="muted">${context.text.wait.otherMember}</p>`}
    <p class="amount small">
      <span class="muted">${words.summary(payment.items.length, state.items.length)}</span>
      ${formatMoney(payment.amount, language)}
    </p>
    ${progress(context, payment)}
    <div class="actions">${again} ${backLink(context, again === nothing ? 'primary' : 'quiet')}</div>
    ${state.canAsk ? askSection(context) : nothing}
    ${withdrawAllButton(context)}
    ${isMany ? html`${tableView(context)} ${downloads(context)}` : nothing} ${withdrawDialog(context)}
  `;
}

/** The intent cannot be paid any more: what became of its rows. */
export function closedTable(context: ManyContext, step: Step & { kind: 'closed' }): TemplateResult {
  return html`${closedView(context, step)} ${tableView(context)} ${downloads(context)}`;
}

/** One invoice: its proof, a scheduled payment's way back, and the question to a colleague. */
export function singleResult(context: ManyContext): unknown {
  const { state, words, shared } = context;
  const [item] = state.items;
  const proof = html`<p class="downloads">
    <a id="proof" href=${shared.page.client.urlOf('proof?item=0')} download>${words.proof}</a>
  </p>`;
  return html`
    ${item?.hasProof ? proof : nothing} ${item?.cancelable ? withdrawButton(context) : nothing}
    ${state.canAsk ? askSection(context) : nothing}
  `;
}
