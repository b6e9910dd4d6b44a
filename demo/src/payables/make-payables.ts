import type { Endings } from '../endings.js';
import type { Payee } from '../invoice.js';
import { amountOf } from '../money.js';
import type { Payable, PayableKind } from './payable.js';
import type { PayableSet } from './payables-book.js';
import { accountAt, supplierAt, TRUSTED_SUPPLIERS } from './suppliers.js';

export const SET_SIZES = [40, 400] as const;
export type SetSize = (typeof SET_SIZES)[number];

const DAY_MS = 86_400_000;
/** Some late, some due today, most to come. */
const DUE_IN_DAYS = [14, 0, 30, 5, -3, 21, 9, 45, 2];
/** One row of each kind, among everyday ones. */
const KINDS: Partial<Record<number, PayableKind>> = {
  2: 'trusted',
  4: 'close-match',
  6: 'no-match',
  8: 'not-possible',
  10: 'trusted',
  12: 'shared-iban',
  13: 'shared-iban',
  15: 'iban-changed',
  17: 'document',
  19: 'document-missing',
  21: 'declined',
  23: 'insufficient-funds',
  25: 'check-fails',
  27: 'slow-settlement',
  29: 'needs-approver',
  31: 'trusted',
  33: 'trusted',
  36: 'paid-elsewhere',
  38: 'declined',
  99: 'declined',
  149: 'close-match',
  199: 'insufficient-funds',
  299: 'declined',
};
const KIND_AMOUNTS: Partial<Record<PayableKind, string>> = {
  document: '31200.00',
  'document-missing': '34800.00',
};
const SHARED_ACCOUNT = accountAt(500);
/** Names of their own, so that no everyday invoice meets their warnings. */
const SHARED_NAMES = ['Cordonnerie Duval', 'Duval Frères SARL'];
const MOVED_NAME = 'Menuiserie Vasseur';

type NamedSet = Pick<PayableSet, 'code' | 'number' | 'madeOn'>;

/** The invoices of a set. They follow from its number, so that only the number is to be kept. */
export function makePayables(set: NamedSet, size: SetSize, endings: Endings): Payable[] {
  return Array.from({ length: size }, (_, index) => makePayable(set, index, endings));
}

export function makePayable(set: NamedSet, index: number, endings: Endings): Payable {
  const wanted = KINDS[index] ?? (index > 40 && index % 9 === 0 ? 'trusted' : 'plain');
  const supplier = supplierOf(wanted, index, set, endings);
  const amount = amountFor(wanted, index, endings);
  // A sandbox that has not told its ways yet knows everyday invoices only.
  const kind = supplier && amount ? wanted : 'plain';
  const dueInDays = DUE_IN_DAYS[index % DUE_IN_DAYS.length] ?? 0;
  return {
    index,
    externalRef: refOf(set, index),
    number: `F-${set.number}${String(index + 1).padStart(3, '0')}`,
    supplier: supplier ?? supplierAt(index),
    amount: amount ?? everydayAmount(index),
    dueOn: new Date(Date.parse(set.madeOn) + dueInDays * DAY_MS).toISOString().slice(0, 10),
    kind,
  };
}

/** Unique for ever: the payment service knows the invoice by it. */
export function refOf({ code, number }: NamedSet, index: number): string {
  return `SUP-${code}-${number}-${String(index + 1).padStart(3, '0')}`;
}

export function indexOfRef(externalRef: string): number {
  return Number(externalRef.split('-').at(-1)) - 1;
}

function supplierOf(
  kind: PayableKind,
  index: number,
  set: NamedSet,
  { payees }: Endings,
): Payee | undefined {
  const find = (wanted: (effect: string) => boolean): Payee | undefined => {
    const found = payees.find(({ effect }) => wanted(effect));
    return found && { name: found.name, iban: found.iban };
  };
  if (kind === 'trusted') return TRUSTED_SUPPLIERS[index % TRUSTED_SUPPLIERS.length];
  if (kind === 'check-fails') return find((effect) => effect.includes('-error-'));
  if (kind === 'close-match' || kind === 'no-match' || kind === 'not-possible')
    return find((effect) => effect === kind);
  if (kind === 'shared-iban') return { name: SHARED_NAMES[index % 2] ?? '', iban: SHARED_ACCOUNT };
  // Once a set is paid, the next one names another account of the same supplier.
  if (kind === 'iban-changed') return { name: MOVED_NAME, iban: accountAt(600 + set.number) };
  return supplierAt(index);
}

function amountFor(kind: PayableKind, index: number, { amounts }: Endings): string | undefined {
  const find = (wanted: string): string | undefined => {
    const found = amounts.filter(({ effect }) => effect.startsWith(wanted));
    return found[index % found.length]?.amount;
  };
  if (kind === 'declined') return find('declined:');
  if (kind === 'needs-approver') return find('policy-approval-required');
  if (kind === 'insufficient-funds' || kind === 'slow-settlement') return find(kind);
  return KIND_AMOUNTS[kind] ?? everydayAmount(index);
}

function everydayAmount(index: number): string {
  // Whole tens of cents, which the sandbox's own amounts never are.
  return amountOf(BigInt(3_900 + ((index * 48_270) % 248_000)));
}
