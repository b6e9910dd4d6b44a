import type { ReviewItem } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import type { DetailsMessages } from '../../messages/item-details.js';
import { drawn, ICONS } from '../icons.js';
import type { TableContext } from './context.js';

interface DocumentContext extends Pick<TableContext, 'consentUrl' | 'fileProblems' | 'uploading'> {
  words: DetailsMessages;
}

function attach(index: number, { words, fileProblems }: DocumentContext): TemplateResult {
  const problem = fileProblems.get(index);
  const describedBy = `file-hint-${index}${problem ? ` file-problem-${index}` : ''}`;
  return html`<div class="attach">
    <label for="file-${index}">${words.attach}</label>
    <input
      id="file-${index}"
      type="file"
      accept="application/pdf,image/jpeg,image/png"
      data-file=${index}
      aria-describedby=${describedBy}
      aria-invalid=${problem ? 'true' : nothing}
    />
    <p id="file-hint-${index}" class="hint">${words.attachHint}</p>
    ${problem ? html`<p id="file-problem-${index}" class="problem">${problem}</p>` : nothing}
  </div>`;
}

/** The document that a payment above 30,000 EUR needs: where it is, and how it gets to the bank. */
export function documentView(
  index: number,
  state: ReviewItem['document'],
  context: DocumentContext,
): TemplateResult | typeof nothing {
  if (state === 'not-needed') return nothing;
  const { words, consentUrl, uploading } = context;
  const shown = uploading.has(index) ? 'uploading' : state;
  const isReady = shown === 'ready';
  const isOnItsWay = shown === 'fetching' || shown === 'uploading';
  const shape = isReady ? ICONS.check : isOnItsWay ? ICONS.clock : ICONS.warning;
  return html`<div class="document" data-document=${shown}>
    <p class="warning ${isReady ? 'ok' : ''}">
      ${drawn(shape)}<span>${words.documents[shown]}</span>
    </p>
    ${
      shown === 'consent' && consentUrl
        ? html`<a class="action" href=${consentUrl}>${words.allow}</a>`
        : nothing
    }
    ${shown === 'missing' || shown === 'failed' ? attach(index, context) : nothing}
  </div>`;
}
