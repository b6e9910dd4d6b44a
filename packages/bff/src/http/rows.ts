import { PaymentError } from '../payments/errors.js';

/** An intent has at most so many rows: 0 to 399. */
const MAX_ROWS = 400;
const PART = /^(0|[1-9]\d{0,2})(?:-(0|[1-9]\d{0,2}))?$/;

/**
 * Reads rows as a form sends them: `all`, `0,3-7,12`, or the field repeated. Sorted, each once;
 * empty where only empty text was sent. @throws PaymentError `invalid-selection`.
 */
export function readRows(given: string | readonly string[], field: string): 'all' | number[] {
  const parts = [given].flat().flatMap((text) => (text === '' ? [] : text.split(',')));
  if (parts.length === 1 && parts[0] === 'all') return 'all';
  // More parts than rows say something twice, and cost us the work.
  if (parts.length > MAX_ROWS) throw invalid(field);
  const rows = new Set<number>();
  for (const part of parts) {
    const [first, last] = range(part, field);
    for (let row = first; row <= last; row += 1) rows.add(row);
  }
  return [...rows].sort((one, other) => one - other);
}

/** The same, where every row can be named. */
export function readRowSet(given: string | readonly string[], field: string): ReadonlySet<number> {
  const rows = readRows(given, field);
  return new Set(rows === 'all' ? Array.from({ length: MAX_ROWS }, (_, row) => row) : rows);
}

function range(part: string, field: string): [first: number, last: number] {
  const [match, first, last = first] = PART.exec(part) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (match === undefined || from > to || to >= MAX_ROWS) throw invalid(field);
  return [from, to];
}

const invalid = (field: string) =>
  new PaymentError('invalid-selection', 'Name rows as in 0,3-7 with numbers from 0 to 399.', {
    field,
  });
