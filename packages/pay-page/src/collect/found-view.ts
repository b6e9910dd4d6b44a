import type { FoundLink } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { safeUrl } from '../page-meta.js';
import type { CollectContext, Link } from './collect-context.js';
import { formatMoment } from './figures.js';

/** An address that opens beside this page. */
export const newTab = (url: string, id?: string): TemplateResult =>
  html`<a id=${id ?? nothing} class="url" href=${safeUrl(url)} target="_blank" rel="noopener">${url}</a>`;

/** Money can come by it. */
export const isLive = ({ status }: Pick<FoundLink | Link, 'status'>): boolean =>
  status === 'open' || status === 'processing';

/** A link of the bank's list: how much, what became of it, since when, and its address. */
export function foundLink({ words, language }: CollectContext, found: FoundLink): TemplateResult {
  const { [found.status]: status, created } = words.found;
  return html`<span class="found">
    <span><strong class="money">${formatMoney(found.amount, language)}</strong> · ${status}</span>
    <span class="muted">${created(formatMoment(found.createdAt, language))}</span>
    ${newTab(found.url)}
  </span>`;
}
