import type { InvoiceRow } from '../invoice-desk.js';
import { type StateWords, stateLabel } from '../state-label.js';
import { type Html, html } from './html.js';

/** Colour is never the only sign: the badge says the state in words. */
export function stateBadge(row: InvoiceRow, words: StateWords, id?: string): Html {
  return html`<span class="badge" data-state="${row.state}"${id ? html` id="${id}"` : undefined}>${stateLabel(row, words)}</span>`;
}
