import type { Snapshot } from '@qonto-pay/shared';
import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { LaterMessages } from '../messages/panel-messages.js';
import { buttonTokens } from '../tokens.styles.js';
import { register } from '../views/register.js';

type Item = Snapshot['items'][number];

/** Neighbours that fare alike. Rows count from 1, as people do. */
interface Run {
  first: number;
  last: number;
  status: Item['status'];
}

const DONE: Item['status'][] = ['settled', 'sent_unconfirmed'];

function runsOf(items: Item[]): Run[] {
  const runs: Run[] = [];
  for (const { index, status } of items) {
    const row = index + 1;
    const run = runs.at(-1);
    if (run?.status === status) run.last = row;
    else runs.push({ first: row, last: row, status });
  }
  return runs;
}

/**
 * How far a payment of several invoices is, by row number: names stand on the pay page only. 400
 * rows read as a few lines. Loaded when there are several invoices.
 */
export class QpayBulkProgress extends LitElement {
  static override properties: PropertyDeclarations = {
    snapshot: { attribute: false },
    texts: { attribute: false },
  };
  static override styles = [
    buttonTokens,
    css`
    :host {
      display: block;
      margin-block-start: 24px;
    }
    p,
    ul {
      margin: 0;
      padding: 0;
    }
    progress {
      inline-size: 100%;
      accent-color: var(--qp-accent);
    }
    ul {
      max-block-size: 240px;
      overflow: auto;
    }
    li {
      display: flex;
      justify-content: space-between;
      gap: 16px;
      padding-block: 8px;
      border-block-start: 1px solid var(--qp-line);
      font-variant-numeric: tabular-nums;
    }
  `,
  ];

  declare snapshot: Snapshot;
  declare texts: LaterMessages;

  protected override render(): unknown {
    const { items, count } = this.snapshot;
    const done = items.filter((item) => DONE.includes(item.status)).length;
    const label = this.texts.progress(done, count);
    const runs = runsOf(items);
    return html`<p>${label}</p>
      <progress part="progress" max=${count} .value=${done} aria-label=${label}></progress>
      ${
        runs.length > 1
          ? html`<ul tabindex="0" aria-label=${label}>
              ${runs.map((run) => this.#renderRun(run))}
            </ul>`
          : nothing
      }`;
  }

  #renderRun({ first, last, status }: Run): unknown {
    const { results, rows } = this.texts;
    const words: Partial<Record<string, { heading: string }>> = results;
    return html`<li part="row">
      <span>${rows(first, last)}</span>
      <span>${(words[status] ?? results.unknown).heading}</span>
    </li>`;
  }
}

register('qpay-bulk-progress', QpayBulkProgress);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-bulk-progress': QpayBulkProgress;
  }
}
