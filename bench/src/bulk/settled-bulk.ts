import type { BankCall } from '../support/bank-calls.js';
import type { Traffic } from '../support/statements.js';
import { type BulkDesk, difference } from './bulk-desk.js';

/** What one payment has cost, from the partner's call to the last row that settled. */
export interface SettledBulk {
  /** In the order in which they happen. */
  phases: Map<string, Traffic>;
  /** Looks of the settlement watcher that brought something new. */
  polls: number;
  settledAfterMs: number;
  /** By method and path, such as `GET /v2/sepa/bulk_transfers/{id}`. */
  bankCalls: Map<string, number>;
  bytes: Record<'state' | 'snapshot', { plain: number; gzip: number }>;
  /** What the page and the widget were sent while it was paid. */
  streamed: { events: number; bytes: number };
}

export const POLL = 'one poll with results';
export const TOTAL = 'in all, until settled';

/** Before the bank has accepted a payment. */
const UNACCEPTED = ['confirmed', 'sending', 'approval_needed', 'approved'];

/** Pays one intent of so many rows to its end. */
export async function settleOne(desk: BulkDesk, count: number): Promise<SettledBulk> {
  const { statements, bankCalls, database } = desk.world;
  const beganAt = performance.now();
  const beforeAll = statements.traffic;
  const bulk = await desk.begin(count);
  const bytes = await desk.answerBytes(bulk.intent);
  await desk.confirm(bulk);
  const beforeApproval = statements.traffic;
  const approvedAt = performance.now();
  await desk.settle(bulk);
  const settledAfterMs = performance.now() - approvedAt;
  const afterAll = statements.traffic;
  const { rows } = await database.query<{ seq: number }>(
    `select t.seq from transitions t join payments p on p.id = t.payment_id
     where p.intent_id = $1 and t.to_status <> all ($2) order by t.seq limit 1`,
    [bulk.intent, UNACCEPTED],
  );
  // A payment's transitions are numbered as the events since its confirmation are.
  const published = desk.publications.of(bulk.intent).slice(rows[0]?.seq);
  const traffic = published.map((one) => one.traffic);
  const [accepted, ...polled] = traffic;
  if (!accepted) throw new Error('the bank has accepted it');
  const { phases, states } = bulk;
  phases.set('acceptance', difference(accepted, beforeApproval));
  const polls = polled.map((one, index) => difference(one, traffic[index] ?? one));
  const typical = medianOf(polls);
  if (typical) phases.set(POLL, typical);
  phases.set(TOTAL, difference(afterAll, beforeAll));
  desk.leave(bulk);
  return {
    phases,
    polls: polls.length,
    settledAfterMs,
    bankCalls: countByPath(bankCalls.since(beganAt)),
    bytes,
    streamed: { events: states.events, bytes: states.bytes },
  };
}

/** The one in the middle by what it has sent. */
export function medianOf(all: readonly Traffic[]): Traffic | undefined {
  const sorted = [...all].sort((one, other) => one.sentBytes - other.sentBytes);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function countByPath(calls: readonly BankCall[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { method, path } of calls) {
    const name = `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=sca_sessions\/).+/, '{id}')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
