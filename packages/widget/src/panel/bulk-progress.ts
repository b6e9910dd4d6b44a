import type { Snapshot } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import type { LaterMessages } from '../messages/panel-messages.js';

type Status = Snapshot['status'];
type Run = [first: number, last: number, Status];

const DONE: Status[] = ['settled', 'sent_unconfirmed'];

/** 400 rows read as a few lines: neighbours that fare alike are one. Rows count from 1, as people do. */
function runsOf(items: Snapshot['items']): Run[] {
  const runs: Run[] = [];
  for (const { index, status } of items) {
    const run = runs.at(-1);
    if (run?.[2] === status) run[1] = index + 1;
    else runs.push([index + 1, index + 1, status]);
  }
  return runs;
}

/** How far a payment of several invoices is, by row number: names stand on the pay page only. */
export function bulkProgress(
  { items, count }: Snapshot,
  texts: LaterMessages,
): TemplateResult | typeof nothing {
  if (count < 2) return nothing;
  const done = items.filter((item) => DONE.includes(item.status)).length;
  const runs = runsOf(items);
  const label = texts.progress(done, count);
  const words: Partial<Record<string, { heading: string }>> = texts.results;
  return html`<p class="bulk">${label}</p>
    <progress part="progress" max=${count} .value=${done} aria-label=${label}></progress>
    ${
      runs.length > 1
        ? html`<ul tabindex="0" aria-label=${label}>
            ${runs.map(
              ([first, last, status]) => html`<li part="row">
                <span>${texts.rows(first, last)}</span>
                <span>${(words[status] ?? texts.results.unknown).heading}</span>
              </li>`,
            )}
          </ul>`
        : nothing
    }`;
}
