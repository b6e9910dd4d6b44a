import type { PayItem, ReviewItem } from '@qonto-pay/shared';
import { centsOf, totalOf } from './total.js';

/** `none`: nothing is to be chosen, the table shows what became of the rows. */
export type Choice = 'many' | 'one' | 'none';
export type SortKey = 'payee' | 'reference' | 'amount' | 'due' | 'check' | 'status';
export interface Sort {
  key: SortKey | undefined;
  isDescending: boolean;
}

export interface TableRow {
  item: PayItem;
  /** What the bank knows of it, while it may be paid. */
  known: ReviewItem | undefined;
}

/** In the order in which they stand: what needs the payer first, what is well last. */
const GROUPS = [
  'attention',
  'checking',
  'unchecked',
  'failed',
  'held',
  'requested',
  'working',
  'scheduled',
  'open',
  'matched',
  'done',
  'closed',
] as const;
export type GroupName = (typeof GROUPS)[number];

/** One line of the grid. Keys stay the same for the same line, so that focus and heights do too. */
export type Entry =
  | {
      kind: 'group';
      key: string;
      group: GroupName;
      rows: TableRow[];
      amount: string;
      isFolded: boolean;
    }
  | { kind: 'row' | 'panel'; key: string; row: TableRow };

/** Few rows are read at a glance; only more of them are worth a fold. */
const FOLD_FROM = 6;
const FOLDING: ReadonlySet<GroupName> = new Set(['matched', 'done', 'closed']);

const STATUS_GROUPS: Partial<Record<PayItem['status'], GroupName>> = {
  open: 'open',
  requested: 'requested',
  scheduled: 'scheduled',
  settled: 'done',
  sent_unconfirmed: 'done',
  declined: 'failed',
  denied: 'failed',
  expired: 'failed',
  not_enrolled: 'failed',
  canceled: 'failed',
  failed: 'failed',
  unknown: 'held',
  held: 'held',
};

/** Gravest first. */
const CHECK_ORDER = ['no_match', 'close_match', 'not_possible', 'pending', 'unchecked', 'match'];

const DECIDED = new Set(['close_match', 'no_match', 'not_possible']);

/** Whatever is selected, so that a row does not move away under the hand that unticks it. */
const isDoubtful = ({ payeeCheck, warnings, decisionNeeded }: ReviewItem): boolean =>
  decisionNeeded || warnings.length > 0 || DECIDED.has(payeeCheck.result);

const lacksDocument = ({ known }: TableRow): boolean =>
  known !== undefined && ['missing', 'failed', 'consent'].includes(known.document);

function needsAttention(row: TableRow): boolean {
  return row.known !== undefined && (isDoubtful(row.known) || lacksDocument(row));
}

/** Open from the start: what waits for a decision, and why a row was not paid. */
export function beginsOpen(row: TableRow, choice: Choice, selected: ReadonlySet<number>): boolean {
  if (choice === 'none') return STATUS_GROUPS[row.item.status] === 'failed';
  return needsAttention(row) && selected.has(row.item.index);
}

function groupOf(row: TableRow, choice: Choice): GroupName {
  const { item, known } = row;
  if (choice === 'none') return STATUS_GROUPS[item.status] ?? 'working';
  if (!item.payable || !known) return 'closed';
  // Where one is chosen, all of them stay in sight and in one order.
  if (choice === 'one') return 'open';
  if (needsAttention(row)) return 'attention';
  const { result } = known.payeeCheck;
  if (result === 'match') return 'matched';
  return result === 'pending' ? 'checking' : 'unchecked';
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Record<SortKey, (a: TableRow, b: TableRow) => number> = {
  payee: (a, b) => collator.compare(a.item.payee.name, b.item.payee.name),
  reference: (a, b) => collator.compare(a.item.reference, b.item.reference),
  amount: (a, b) => Number(centsOf(a.item.amount) - centsOf(b.item.amount)),
  // Without a date it is due last.
  due: (a, b) => (a.item.dueDate ?? '~').localeCompare(b.item.dueDate ?? '~'),
  check: (a, b) => checkOrder(a) - checkOrder(b),
  status: (a, b) => a.item.status.localeCompare(b.item.status),
};

const checkOrder = ({ known }: TableRow): number =>
  CHECK_ORDER.indexOf(known?.payeeCheck.result ?? 'unchecked');

/** What a person may type of a row: spaces in an IBAN and the decimal comma do not matter. */
function hasText({ item }: TableRow, query: string): boolean {
  const { name, iban } = item.payee;
  const texts = `${name}\t${item.reference}\t${item.externalRef}`.toLowerCase();
  const squeezed = query.replaceAll(/\s/g, '');
  return (
    texts.includes(query) ||
    iban.toLowerCase().includes(squeezed) ||
    item.amount.includes(squeezed.replace(',', '.'))
  );
}

interface View {
  choice: Choice;
  query: string;
  sort: Sort;
  /** What the payer folded or unfolded. */
  folds: ReadonlyMap<GroupName, boolean>;
  isOpen: (row: TableRow) => boolean;
}

export const rowsOf = (items: readonly PayItem[], known: readonly ReviewItem[]): TableRow[] => {
  const byIndex = new Map(known.map((row) => [row.index, row]));
  return items.map((item) => ({ item, known: byIndex.get(item.index) }));
};

function ordered(rows: TableRow[], { query, sort }: View): TableRow[] {
  const text = query.trim().toLowerCase();
  const found = text ? rows.filter((row) => hasText(row, text)) : rows;
  const compare = sort.key && COMPARE[sort.key];
  if (!compare) return found;
  return [...found].sort((a, b) => (sort.isDescending ? compare(b, a) : compare(a, b)));
}

function groupEntries(group: GroupName, rows: TableRow[], view: View): Entry[] {
  const folds = FOLDING.has(group) && (rows.length >= FOLD_FROM || group === 'closed');
  const isFolded = view.query.trim() === '' && (view.folds.get(group) ?? folds);
  const items = rows.map(({ item }) => item);
  const amount = totalOf(items, new Set(items.map(({ index }) => index)));
  const head: Entry = { kind: 'group', key: `g-${group}`, group, rows, amount, isFolded };
  return isFolded ? [head] : [head, ...rows.flatMap((row) => rowEntries(row, view))];
}

function rowEntries(row: TableRow, { isOpen }: View): Entry[] {
  const entry: Entry = { kind: 'row', key: `r-${row.item.index}`, row };
  return isOpen(row) ? [entry, { kind: 'panel', key: `p-${row.item.index}`, row }] : [entry];
}

/** All lines of the grid, those out of sight too. */
export function entriesOf(rows: TableRow[], view: View): Entry[] {
  const byGroup = new Map<GroupName, TableRow[]>();
  for (const row of ordered(rows, view)) {
    const group = groupOf(row, view.choice);
    const members = byGroup.get(group);
    if (members) members.push(row);
    else byGroup.set(group, [row]);
  }
  return GROUPS.flatMap((group) => {
    const members = byGroup.get(group);
    return members ? groupEntries(group, members, view) : [];
  });
}
