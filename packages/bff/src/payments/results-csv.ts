import { formatAmount, isFinal, publicStatus } from '@qonto-pay/shared';
import type { IntentView, Member, Payment, PaymentItem } from './records.js';

/** One line of the table of results. */
export interface ResultRow {
  index: number;
  externalRef: string;
  payeeName: string;
  payeeIban: string;
  amountCents: bigint;
  remittance: string;
  status: string;
  reason: string | undefined;
  scheduledOn: string | undefined;
  transferId: string | undefined;
}

const HEADER = [
  ...['row', 'invoice', 'payee', 'IBAN', 'amount', 'currency', 'reference'],
  ...['status', 'reason', 'scheduled on', 'transfer id'],
];

/** A spreadsheet would run a cell that begins so. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;
const BYTE_ORDER_MARK = '\uFEFF';

/** RFC 4180 in UTF-8 with a byte order mark, which Excel needs. Rows are numbered from 1. */
export function resultsCsv(rows: readonly ResultRow[]): string {
  const lines = [HEADER, ...rows.map(cellsOf)].map((cells) => `${cells.map(cell).join(',')}\r\n`);
  return `${BYTE_ORDER_MARK}${lines.join('')}`;
}

const cellsOf = (row: ResultRow): string[] => [
  String(row.index + 1),
  ...[row.externalRef, row.payeeName, row.payeeIban, formatAmount(row.amountCents), 'EUR'],
  ...[row.remittance, row.status, row.reason ?? '', row.scheduledOn ?? '', row.transferId ?? ''],
];

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Every row of the intent; of a colleague's payment only what the world may know. */
export function memberResults({ intent, items }: IntentView, member: Member): ResultRow[] {
  const states = new Map(items.map((state) => [state.index, state]));
  return intent.items.map((item) => {
    const state = states.get(item.index);
    const isOwn = state?.connectionId === member.connectionId;
    const status = state?.status ?? 'open';
    return {
      ...item,
      status: isOwn || status === 'open' ? status : publicStatus(status),
      reason: isOwn && status !== 'open' && isFinal(status) ? state.reason : undefined,
      scheduledOn: isOwn ? state?.scheduledOn : undefined,
      transferId: isOwn ? state.transferId : undefined,
    };
  });
}

/** The rows of a payment as its partner may know them: why the bank declined, nothing else. */
export const paymentResults = ({ items }: Payment): ResultRow[] =>
  items.map((item: PaymentItem) => ({
    ...item,
    reason: item.status === 'declined' ? item.reason : undefined,
  }));
