import type { PayItem } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { moneyText, type TableContext } from './context.js';
import type { Sort, SortKey, TableRow } from './rows.js';
import { totalOf } from './total.js';

const COLUMNS: readonly SortKey[] = ['payee', 'reference', 'amount', 'due', 'check', 'status'];
const RESULT_COLUMNS = COLUMNS.filter((key) => key !== 'check');

const columnsOf = ({ choice }: TableContext): readonly SortKey[] =>
  choice === 'none' ? RESULT_COLUMNS : COLUMNS;
/** Fewer rows are found by eye. */
const SEARCH_FROM = 6;

/** "37 of 40 selected, €48,210.55", counted here from cents while the BFF works it out too. */
export function selectedWords(items: readonly PayItem[], context: TableContext): string {
  const { selected, language, words } = context;
  const payable = items.filter((item) => item.payable);
  const amount = moneyText(totalOf(items, selected), language);
  return words.selected(selected.size, payable.length, amount);
}

interface Tools {
  /** How many rows there are at all. */
  count: number;
  /** In words, with their amount. */
  selectedWords: string;
  /** Rows that the search leaves. */
  shown: TableRow[];
  query: string;
  sort: Sort;
}

function selectAll({ shown, selectedWords: words }: Tools, context: TableContext) {
  const payable = shown.filter(({ item }) => item.payable);
  const chosen = payable.filter(({ item }) => context.selected.has(item.index)).length;
  return html`<label class="all">
    <input
      id="select-all"
      type="checkbox"
      .checked=${live(chosen > 0 && chosen === payable.length)}
      .indeterminate=${chosen > 0 && chosen < payable.length}
      ?disabled=${payable.length === 0}
    />
    <span>${words}</span>
  </label>`;
}

/** Select all, search, and the order where there is no header to press. */
export function toolsView(tools: Tools, context: TableContext): TemplateResult {
  const { words, choice } = context;
  const { query, sort } = tools;
  const search = html`<input
      id="search"
      type="search"
      .value=${live(query)}
      placeholder=${words.search}
      aria-label=${words.search}
      autocomplete="off"
      spellcheck="false"
    />
    <label class="sort">
      <span class="only-spoken">${words.sortBy}</span>
      <select id="sort">
        <option value="" .selected=${!sort.key}>${words.sortBy}</option>
        ${columnsOf(context).map(
          (key) => html`<option value=${key} .selected=${sort.key === key}>
            ${words.columns[key]}
          </option>`,
        )}
      </select>
    </label>`;
  return html`<div class="tools">
    ${choice === 'many' ? selectAll(tools, context) : nothing}
    ${tools.count >= SEARCH_FROM ? search : nothing}
  </div>`;
}

/** The names of the columns; each sorts. */
export function headView(context: TableContext, sort: Sort): TemplateResult {
  const { words, choice } = context;
  const direction = sort.isDescending ? 'descending' : 'ascending';
  return html`<div role="rowgroup">
    <div role="row" class="head" aria-rowindex="1" data-key="head">
      ${
        choice === 'none'
          ? nothing
          : html`<div role="columnheader" tabindex="-1">
              <span class="only-spoken">${words.columns.select}</span>
            </div>`
      }
      ${columnsOf(context).map(
        (key) => html`<div
          role="columnheader"
          class=${key}
          tabindex="-1"
          aria-sort=${sort.key === key ? direction : nothing}
        >
          <button type="button" tabindex="-1" data-sort=${key}>
            ${words.columns[key]}
            ${sort.key === key ? html`<span aria-hidden="true">${sort.isDescending ? '↓' : '↑'}</span>` : nothing}
          </button>
        </div>`,
      )}
    </div>
  </div>`;
}
