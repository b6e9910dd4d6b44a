import type { PayItem, ReviewItem } from '@qonto-pay/shared';
import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { languageAt } from '../language.js';
import type { TableMessages } from '../messages/item-table.js';
import { viewStyles } from '../view.styles.js';
import { Arrangement } from './item-table/arrangement.js';
import type { TableContext } from './item-table/context.js';
import { tell } from './item-table/events.js';
import { gridStyles } from './item-table/grid.styles.js';
import { lineView } from './item-table/line-view.js';
import { narrowStyles } from './item-table/narrow.styles.js';
import { Roving } from './item-table/roving.js';
import { lineWords } from './item-table/row-words.js';
import {
  type Choice,
  type GroupName,
  rowsOf,
  type SortKey,
  type TableRow,
} from './item-table/rows.js';
import { Sight } from './item-table/sight.js';
import { headView, selectedWords, toolsView } from './item-table/tools-view.js';
import { register } from './register.js';
import { say } from './say.js';

/** Typing goes on for a moment before the number of rows is said. */
const SAY_FOUND_AFTER_MS = 600;

/**
 * The invoices of a payment: to be chosen and decided on before it, with their results after it.
 * What a row shows when it is open is `qpay-item-details`, which fires events of its own.
 * @fires qpay-select - other rows are chosen: `detail.selected`, all of them
 * @fires qpay-withdraw - a scheduled row is to be canceled
 * @fires qpay-row - what the page's `role="status"` should say; bubbles, composed
 */
export class QpayItemTable extends LitElement {
  static override properties: PropertyDeclarations = {
    words: { attribute: false },
    items: { attribute: false },
    known: { attribute: false },
    selected: { attribute: false },
    accepted: { attribute: false },
    choice: { reflect: true },
    showMissing: { attribute: false },
    reasonOf: { attribute: false },
    proofUrl: { attribute: false },
    consentUrl: { attribute: false },
    fileProblems: { attribute: false },
    uploading: { attribute: false },
    lang: {},
  };
  static override styles = [...viewStyles, gridStyles, narrowStyles];

  /** In the language of the page, which loads one of them. */
  declare words: TableMessages;
  declare items: readonly PayItem[];
  declare known: readonly ReviewItem[];
  declare selected: ReadonlySet<number>;
  declare accepted: TableContext['accepted'];
  declare choice: Choice;
  declare showMissing: boolean;
  declare reasonOf: TableContext['reasonOf'];
  declare proofUrl: TableContext['proofUrl'];
  declare consentUrl: string | null;
  declare fileProblems: TableContext['fileProblems'];
  declare uploading: TableContext['uploading'];

  readonly #sight = new Sight(this);
  readonly #roving: Roving;
  readonly #arrangement = new Arrangement();
  /** All of it is made anew when something changes, and kept while the table only scrolls. */
  #context = {} as TableContext;
  #rows: TableRow[] = [];
  /** Rows that the search leaves. */
  #found: TableRow[] = [];
  #selectedWords = '';
  #isStale = true;
  #saysSelection = false;
  #sayFound: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.items = [];
    this.known = [];
    this.selected = new Set();
    this.accepted = new Set();
    this.choice = 'many';
    this.showMissing = false;
    this.reasonOf = () => undefined;
    this.proofUrl = () => undefined;
    this.consentUrl = null;
    this.fileProblems = new Map();
    this.uploading = new Set();
    this.#roving = new Roving({
      host: this,
      sight: this.#sight,
      hasHeader: () => (this.renderRoot.querySelector('.head')?.clientHeight ?? 0) > 1,
      onLine: (key) => this.#sayLine(key),
    });
  }

  /** Brings a row into sight and the focus to what is to be done in it. */
  async focusRow(index: number): Promise<void> {
    this.#arrangement.reveal(index);
    this.#refresh();
    await this.updateComplete;
    const line = this.#sight.lines.indexOf(`p-${index}`);
    if (line >= 0) await this.#roving.focusLine(line);
  }

  #newContext(): TableContext {
    const { choice, selected, accepted, showMissing, reasonOf, proofUrl } = this;
    const { consentUrl, fileProblems, uploading } = this;
    const language = languageAt(this);
    return {
      ...{ words: this.words, language, choice, selected, accepted, showMissing, reasonOf },
      ...{ proofUrl, consentUrl, fileProblems, uploading },
    };
  }

  #refresh(): void {
    this.#isStale = true;
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Scrolling changes none of these: then all lines stay where they are.
    if (changed.size === 0 && !this.#isStale) return;
    this.#isStale = false;
    this.#context = this.#newContext();
    this.#rows = rowsOf(this.items, this.known);
    const entries = this.#arrangement.entries(this.#rows, this.choice, this.selected);
    this.#found = entries.flatMap((entry) => (entry.kind === 'group' ? entry.rows : []));
    this.#selectedWords = selectedWords(this.items, this.#context);
    this.#sight.place(entries);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('selected') || !this.#saysSelection) return;
    this.#saysSelection = false;
    say(this, 'qpay-row', this.#selectedWords);
  }

  protected override render(): unknown {
    const context = this.#context;
    const { words, choice } = context;
    const found = this.#found;
    const { lines, range, shown } = this.#sight;
    const { query, sort, isOpen } = this.#arrangement;
    const count = this.items.length;
    const tools = { count, shown: found, selectedWords: this.#selectedWords, query, sort };
    return html`
      <div @input=${this.#onInput} @change=${this.#onChange} @click=${this.#onClick}>
        ${toolsView(tools, context)}
        <div
          role="grid"
          class="grid"
          aria-label=${words.label}
          aria-rowcount=${lines.entries.length + 1}
          aria-colcount=${choice === 'none' ? 5 : 7}
          aria-multiselectable=${choice === 'many' ? 'true' : nothing}
          @keydown=${this.#onKey}
          @focusin=${this.#roving.onFocusIn}
        >
          ${headView(context, sort)}
          <div role="rowgroup" class="body">
            ${repeat(
              shown,
              ({ key }) => key,
              (entry, position) => lineView(entry, range.start + position + 2, context, isOpen),
            )}
          </div>
        </div>
        ${found.length === 0 ? this.#nothingFound(words.none(query), words.clear) : nothing}
      </div>
    `;
  }

  #nothingFound(sentence: string, clear: string): unknown {
    return html`<div class="empty">
      <p>${sentence}</p>
      <button type="button" class="action" data-clear>${clear}</button>
    </div>`;
  }

  readonly #onInput = ({ target }: Event): void => {
    if ((target as HTMLElement).id === 'search') this.#search((target as HTMLInputElement).value);
  };

  #search(query: string): void {
    this.#arrangement.query = query;
    this.#refresh();
    clearTimeout(this.#sayFound);
    this.#sayFound = setTimeout(() => {
      const { found } = this.#context.words;
      say(this, 'qpay-row', found(this.#found.length, this.items.length));
    }, SAY_FOUND_AFTER_MS);
  }

  readonly #onChange = ({ target }: Event): void => {
    const control = target as HTMLInputElement;
    const { select } = control.dataset;
    if (control.id === 'select-all') this.#chooseAll(control.checked);
    else if (control.id === 'sort') this.#sortBy(control.value as SortKey | '');
    else if (select) this.#choose(Number(select), control.checked);
  };

  readonly #onClick = ({ target }: Event): void => {
    const clicked = target as HTMLElement;
    const button = clicked.closest<HTMLElement>('button');
    const { sort, fold, clear, withdraw } = button?.dataset ?? {};
    const row = clicked.closest<HTMLElement>('.row')?.dataset.row;
    if (sort) this.#sortBy(sort as SortKey);
    else if (fold) this.#fold(fold as GroupName, button?.ariaExpanded === 'true');
    else if (withdraw) tell(this, 'qpay-withdraw', { index: Number(withdraw) });
    else if (clear !== undefined) this.#search('');
    else if (row && !clicked.closest('label, a')) this.#toggleOpen(Number(row));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.#roving.onKey(event)) return;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('.row')?.dataset.row;
    if (row === undefined || target.closest('a, [data-withdraw]')) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#toggleOpen(Number(row));
    } else if (event.key === ' ' && target.localName !== 'input') {
      event.preventDefault();
      this.#choose(Number(row), !this.selected.has(Number(row)));
    }
  };

  #toggleOpen(index: number): void {
    const row = this.#rows.find(({ item }) => item.index === index);
    if (row) this.#arrangement.toggle(row);
    this.#refresh();
  }

  #fold(group: GroupName, isFolded: boolean): void {
    const { words } = this.#context;
    this.#arrangement.fold(group, isFolded);
    this.#refresh();
    say(this, 'qpay-row', isFolded ? words.folded : words.unfolded);
  }

  #sortBy(key: SortKey | ''): void {
    this.#arrangement.sortBy(key);
    this.#refresh();
    const { sort } = this.#arrangement;
    const { words } = this.#context;
    const said = sort.key
      ? words.sorted(words.columns[sort.key], sort.isDescending)
      : words.asGiven;
    say(this, 'qpay-row', said);
  }

  #choose(index: number, isChosen: boolean): void {
    const item = this.items.find((one) => one.index === index);
    if (!item?.payable || this.choice === 'none') return;
    const chosen = new Set(this.choice === 'one' ? [] : this.selected);
    if (isChosen || this.choice === 'one') chosen.add(index);
    else chosen.delete(index);
    this.#tellChosen(chosen);
  }

  /** Of the rows that the search leaves; without one, of all. */
  #chooseAll(isChosen: boolean): void {
    const chosen = new Set(this.selected);
    for (const { item } of this.#found) {
      if (isChosen && item.payable) chosen.add(item.index);
      else chosen.delete(item.index);
    }
    this.#tellChosen(chosen);
  }

  #tellChosen(chosen: Set<number>): void {
    this.#saysSelection = true;
    tell(this, 'qpay-select', { selected: [...chosen].sort((a, b) => a - b) });
    // Where the choice was not taken, the box goes back to what is so.
    this.requestUpdate();
  }

  #sayLine(key: string): void {
    const { entries } = this.#sight.lines;
    const entry = entries.find((one) => one.key === key);
    const words = entry ? lineWords(entry, entries, this.#context) : '';
    if (words) say(this, 'qpay-row', words);
  }
}

register('qpay-item-table', QpayItemTable);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-item-table': QpayItemTable;
  }
}
