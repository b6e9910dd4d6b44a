import { isFinal, type PaymentStatus } from '@qonto-pay/shared';
import { assertTransition, isAtRest } from './payment-state-machine.js';
import type { Payment, PaymentItem } from './records.js';
import type { Change, ItemChange } from './store-port.js';

/** The bank has not accepted it yet, so its rows share one status and no other payment may begin. */
const UNACCEPTED: ReadonlySet<PaymentStatus> = new Set([
  'confirmed',
  'sending',
  'approval_needed',
  'approved',
  'requested',
  'unknown',
]);

export const isUnaccepted = (status: PaymentStatus): boolean => UNACCEPTED.has(status);

/** The status of a payment from those of its rows (design: statuses). */
export function statusOfItems(statuses: readonly PaymentStatus[]): PaymentStatus {
  const [first] = statuses;
  if (!first) throw new Error('a payment has a row');
  if (statuses.includes('held')) return 'held';
  if (statuses.includes('unknown')) return 'unknown';
  if (statuses.every((status) => status === first)) return first;
  if (!statuses.every(isFinal)) return 'processing';
  return statuses.includes('settled') ? 'partially_settled' : 'declined';
}

export interface Changed {
  status: PaymentStatus;
  items: PaymentItem[];
  /** The rows whose own status changed. */
  changed: { index: number; from: PaymentStatus; to: PaymentStatus }[];
}

/**
 * What a change makes of a payment and its rows, checked against the table.
 * @throws IllegalTransitionError
 */
export function afterChange(payment: Payment, change: Change): Changed {
  if (change.to !== undefined) assertTransition(payment.status, change.to, payment.kind);
  const changes = new Map(changesOf(payment, change).map((one) => [one.index, one]));
  const changed: Changed['changed'] = [];
  const items = payment.items.map((item) => {
    const wanted = changes.get(item.index);
    if (!wanted) return item;
    const { to = item.status, ...learned } = wanted;
    if (to !== item.status) {
      assertTransition(item.status, to, payment.kind);
      changed.push({ index: item.index, from: item.status, to });
    }
    return { ...item, ...learned, status: to };
  });
  const status = change.to ?? statusOfItems(items.map((item) => item.status));
  return { status, items, changed };
}

/** A change of the whole reaches every row that has not ended by itself. */
function changesOf(payment: Payment, change: Change): readonly ItemChange[] {
  if (change.to === undefined) return change.items;
  const { to, note } = change;
  const reason = note?.reason === undefined ? {} : { reason: note.reason ?? undefined };
  return payment.items
    .filter(({ status }) => !isFinal(status))
    .map(({ index }) => ({ index, to, ...reason }));
}

/** Nothing is left that a worker could follow. */
export const isAllAtRest = (items: readonly Pick<PaymentItem, 'status'>[]): boolean =>
  items.every(({ status }) => isAtRest(status));

/** The rows whose transfers are at the bank and have not ended. */
export const openItems = (payment: Payment): PaymentItem[] =>
  payment.items.filter(({ status }) => !isAtRest(status));
