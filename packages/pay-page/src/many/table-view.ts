import type { PayItem, Review } from '@qonto-pay/shared';
import type { TableEvent } from '@qonto-pay/widget/views/item-table/events';
import type { Choice } from '@qonto-pay/widget/views/item-table/rows';
import { html, type TemplateResult } from 'lit';
import { reasonWords } from '../messages/reasons.js';
import { safeUrl } from '../page-meta.js';
import type { ManyContext } from './many-context.js';
import { openWithdrawDialog } from './withdraw-view.js';

const NOTHING_KNOWN: Review['items'] = [];
const NOBODY: ReadonlySet<number> = new Set();

/** The reason of a row and the way forward, in the words that a single payment would get. */
function reasonOf(
  { language, later }: ManyContext,
  { reason, status }: PayItem,
): string | undefined {
  const known = reason ?? (status === 'declined' ? 'bank-refused' : undefined);
  if (!known) return undefined;
  const { sentence, next } = later?.reason?.(known) ?? reasonWords(known, language);
  return `${sentence} ${next}`;
}

/** The invoices: to be chosen and decided on (`review`), or with what became of them. */
export function tableView(context: ManyContext, review?: Review): TemplateResult {
  const { state, shared } = context;
  const { choices, uploads } = shared;
  const choice: Choice = review ? review.selectable : 'none';
  const consent = state.consents.documents;
  return html`<qpay-item-table
    id="items"
    .words=${context.words.table}
    .choice=${choice}
    .items=${state.items}
    .known=${review?.items ?? NOTHING_KNOWN}
    .selected=${review ? choices.selected(review) : NOBODY}
    .accepted=${review ? choices.accepted(review) : NOBODY}
    .showMissing=${shared.showMissing}
    .reasonOf=${(item: PayItem) => reasonOf(context, item)}
    .proofUrl=${(index: number) => shared.page.client.urlOf(`proof?item=${index}`)}
    .consentUrl=${consent === null ? null : safeUrl(consent)}
    .fileProblems=${new Map(uploads.problems)}
    .uploading=${new Set(uploads.underWay)}
    @qpay-select=${({ detail }: TableEvent<'qpay-select'>) => choices.select(detail.selected)}
    @qpay-accept=${({ detail }: TableEvent<'qpay-accept'>) => {
      if (review) choices.accept(review, detail.index, detail.isAccepted);
    }}
    @qpay-attach=${({ detail }: TableEvent<'qpay-attach'>) =>
      void uploads.attach(detail.index, detail.file)}
    @qpay-withdraw=${({ detail }: TableEvent<'qpay-withdraw'>) =>
      openWithdrawDialog(context, detail.index)}
  ></qpay-item-table>`;
}
