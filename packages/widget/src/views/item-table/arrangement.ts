import {
  beginsOpen,
  type Choice,
  type Entry,
  entriesOf,
  type GroupName,
  type Sort,
  type SortKey,
  type TableRow,
} from './rows.js';

const AS_GIVEN: Sort = { key: undefined, isDescending: false };

/** How the payer has arranged the table: what is searched, sorted, folded and opened. */
export class Arrangement {
  query = '';
  sort: Sort = AS_GIVEN;
  readonly #folds = new Map<GroupName, boolean>();
  readonly #opened = new Map<number, boolean>();
  #choice: Choice = 'many';
  #selected: ReadonlySet<number> = new Set();

  entries(rows: TableRow[], choice: Choice, selected: ReadonlySet<number>): Entry[] {
    this.#choice = choice;
    this.#selected = selected;
    const { query, sort } = this;
    return entriesOf(rows, { choice, query, sort, folds: this.#folds, isOpen: this.isOpen });
  }

  readonly isOpen = (row: TableRow): boolean =>
    this.#opened.get(row.item.index) ?? beginsOpen(row, this.#choice, this.#selected);

  toggle(row: TableRow): void {
    this.#opened.set(row.item.index, !this.isOpen(row));
  }

  fold(group: GroupName, isFolded: boolean): void {
    this.#folds.set(group, isFolded);
  }

  /** Nothing hides the row any more. */
  reveal(index: number): void {
    this.query = '';
    for (const group of ['matched', 'done', 'closed'] as const) this.#folds.set(group, false);
    this.#opened.set(index, true);
  }

  /** Ascending, then descending, then as the invoices were given. */
  sortBy(key: SortKey | ''): void {
    const isSame = key === this.sort.key;
    const isOver = key === '' || (isSame && this.sort.isDescending);
    this.sort = isOver ? AS_GIVEN : { key, isDescending: isSame };
  }
}
