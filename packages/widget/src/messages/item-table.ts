import type { PayeeCheckResult, PayItem, ReviewItem } from '@qonto-pay/shared';
import type { GroupName, SortKey } from '../views/item-table/rows.js';

type Counted = (count: number) => string;

/** The words of the table; those of what a row shows when it is open stand in `item-details`. */
export interface TableMessages {
  label: string;
  columns: Record<'select' | SortKey, string>;
  search: string;
  sortBy: string;
  asGiven: string;
  sorted: (column: string, isDescending: boolean) => string;
  selected: (count: number, of: number, amount: string) => string;
  found: (count: number, of: number) => string;
  none: (query: string) => string;
  clear: string;
  groups: Record<GroupName, Counted>;
  checks: Record<PayeeCheckResult | 'unchecked', string>;
  statuses: Record<PayItem['status'], string>;
  problems: Record<ReviewItem['warnings'][number] | 'changed' | 'document', string>;
  row: (position: number, of: number) => string;
  details: (payee: string) => string;
  pickOne: (payee: string) => string;
  isSelected: string;
  isNotSelected: string;
  folded: string;
  unfolded: string;
  dueOn: (date: string) => string;
  scheduledOn: (date: string) => string;
  withdraw: string;
  withdrawOf: (payee: string) => string;
  proofOf: (payee: string) => string;
}
