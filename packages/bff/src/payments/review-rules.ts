import { formatAmount, type PayeeWarning, type Review, type ReviewItem } from '@qonto-pay/shared';
import { executionDay } from './days.js';
import type { BankAccount } from './ports.js';
import type { Intent, IntentItem, PayeeCheckRecord, ReviewRecord } from './records.js';
import { isSameRows, type Selectable } from './selection.js';

/** Up to here the bank sends at once (facts § 4.4); what was sent before today counts too. */
const INSTANT_CENTS = { trusted: 1_000_000n, untrusted: 500_000n };

export type DocumentState = ReviewItem['document'];

/** All that a review is made of. Pure, so that the confirmation judges by what was shown. */
export interface ReviewParts {
  intent: Intent;
  now: Date;
  record: ReviewRecord;
  /** The rows that may be paid now, and those of them that shall be. */
  free: readonly number[];
  rows: readonly number[];
  selectable: Selectable;
  accounts: readonly BankAccount[];
  documents: ReadonlyMap<number, DocumentState>;
  /** By payee name: where the last payment went. */
  lastIbans: ReadonlyMap<string, string>;
}

export function reviewOf(parts: ReviewParts): Review {
  const { intent, record, rows, accounts } = parts;
  const selected = new Set(rows);
  const chosen = accounts.find(({ id }) => id === record.accountId) ?? accounts[0];
  const amountCents = sumOf(intent, rows);
  const shared = sharedIbans(intent, rows);
  const free = new Set(parts.free);
  const items = intent.items
    .filter(({ index }) => free.has(index))
    .map((item) => reviewItem(parts, item, shared));
  const own = items.filter(({ index }) => selected.has(index));
  return {
    version: record.version,
    items,
    selected: [...rows],
    selectable: parts.selectable,
    count: rows.length,
    amount: formatAmount(amountCents),
    check: checkState(record.check, rows),
    accounts: accounts.map(({ id, name, iban, balanceCents }) => ({
      id,
      name,
      iban,
      balance: balanceCents === undefined ? null : formatAmount(balanceCents),
    })),
    accountId: chosen?.id ?? '',
    balanceTooLow: (chosen?.balanceCents ?? amountCents) < amountCents,
    approval: own.length > 0 && own.every(({ trusted }) => trusted) ? 'none' : 'phone',
    decisionNeeded: own.some(({ decisionNeeded }) => decisionNeeded),
    payOn: record.payOn,
  };
}

/** Whether the bank's word on exactly these rows is in hand. */
function checkState(check: PayeeCheckRecord | undefined, rows: readonly number[]) {
  if (!check || !isSameRows(check.rows, rows)) return 'needed';
  return check.status === 'done' ? 'done' : 'pending';
}

function reviewItem(
  { record, documents, lastIbans, now }: ReviewParts,
  item: IntentItem,
  shared: ReadonlySet<string>,
): ReviewItem {
  const { index, payeeName, payeeIban, amountCents } = item;
  const known = record.known.get(payeeIban);
  const found = record.results.get(index);
  const isRunning = record.check?.status === 'running' && record.check.rows.includes(index);
  const lastIban = lastIbans.get(payeeName);
  const isChanged = lastIban !== undefined && lastIban !== payeeIban;
  const warnings: PayeeWarning[] = [
    ...(shared.has(payeeIban) ? (['shared-iban'] as const) : []),
    ...(isChanged ? (['iban-changed'] as const) : []),
  ];
  const result = isRunning ? 'pending' : (found?.result ?? 'unchecked');
  const isDecided = result === 'unchecked' || result === 'pending' || result === 'match';
  const executesOn = executionDay(record.payOn, item.dueDate, now);
  const trusted = known?.trusted ?? false;
  const isInstant = amountCents <= INSTANT_CENTS[trusted ? 'trusted' : 'untrusted'];
  return {
    index,
    payeeCheck: {
      result,
      bankName: isRunning ? null : (found?.bankName ?? null),
      was: isRunning ? null : (found?.was ?? null),
    },
    warnings,
    lastIban: isChanged ? lastIban : null,
    decisionNeeded: !isDecided || warnings.length > 0,
    savedName: known === undefined || known.name === payeeName ? null : known.name,
    trusted,
    speed: executesOn ? 'scheduled' : isInstant ? 'instant' : 'standard',
    executesOn: executesOn ?? null,
    document: documents.get(index) ?? 'not-needed',
  };
}

export const sumOf = (intent: Intent, rows: readonly number[]): bigint =>
  itemsOf(intent, rows).reduce((sum, { amountCents }) => sum + amountCents, 0n);

export function itemsOf(intent: Intent, rows: readonly number[]): IntentItem[] {
  const wanted = new Set(rows);
  return intent.items.filter(({ index }) => wanted.has(index));
}

/** The IBANs that stand under two names: one of them may be a fraud, or a typing error. */
function sharedIbans(intent: Intent, rows: readonly number[]): ReadonlySet<string> {
  const names = new Map<string, Set<string>>();
  for (const { payeeIban, payeeName } of itemsOf(intent, rows)) {
    names.set(payeeIban, (names.get(payeeIban) ?? new Set()).add(plainName(payeeName)));
  }
  return new Set([...names].filter(([, { size }]) => size > 1).map(([iban]) => iban));
}

/** "Café Noir SARL" and "CAFE NOIR  SARL" are one name. */
const plainName = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
