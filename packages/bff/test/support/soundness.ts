import { createHash } from 'node:crypto';
import { isFinal, isReleased, type PaymentStatus } from '@qonto-pay/shared';
import { expect } from 'vitest';
import { statusOfItems } from '../../src/payments/payment-items.js';
import { canTransition } from '../../src/payments/payment-state-machine.js';
import type { Ledger } from './bank.js';
import { assertLinksSound } from './link-soundness.js';
import type { World } from './world.js';

interface Step {
  seq: number;
  from_status: PaymentStatus | null;
  to_status: PaymentStatus;
}

interface PaymentRow {
  id: string;
  partner_id: string;
  kind: 'transfer' | 'bulk' | 'request';
  status: PaymentStatus;
  version: number;
  amount_cents: string;
  items: ItemRow[];
  transitions: Step[];
  item_transitions: (Step & { index: number })[];
  audited: string[];
}

interface ItemRow {
  index: number;
  external_ref: string;
  amount_cents: number;
  payee_iban: string;
  status: PaymentStatus;
  transfer_id: string | null;
}

interface AttemptRow {
  payment_id: string;
  bank_key: string;
  body: Buffer;
}

/** A transfer of ours at the bank, with the row that it pays. */
interface Paid {
  transfer: Ledger['transfers'][number];
  payment: PaymentRow | undefined;
  item: ItemRow | undefined;
}

/**
 * The money rules over everything that this world has done: one invoice, one transfer; one key, one
 * byte string; every change appended and audited; event numbers without gaps.
 */
export async function assertSound(world: World): Promise<void> {
  const [payments, attempts] = [await readPayments(world), await readAttempts(world)];
  for (const payment of payments) assertHistory(payment);
  await assertTransfers(world, payments, attempts);
  await assertLinksSound(world);
  await assertEvents(world);
}

async function assertTransfers(world: World, payments: PaymentRow[], attempts: AttemptRow[]) {
  const { transfers } = await world.bank.ledger();
  const owners = new Map(payments.map((payment) => [payment.id, payment]));
  const byKey = new Map(attempts.map((attempt) => [attempt.bank_key, attempt]));
  const ours = transfers
    .filter(({ note }) => note?.includes('QP-'))
    .map((transfer): Paid => {
      const attempt = byKey.get(transfer.idempotency_key);
      const payment = owners.get(attempt?.payment_id ?? '');
      // I-3, I-4: what the bank has got is what was written down under this key, to the byte.
      if (payment?.kind !== 'request') {
        expect(transfer.request_sha256).toBe(sha256(attempt?.body ?? Buffer.alloc(0)));
      }
      return { transfer, payment, item: payment && itemOf(payment, transfer) };
    });
  for (const { transfer, item } of ours) {
    // I-7, seen from the other side.
    expect(transfer.amount_cents).toBe(item?.amount_cents);
    expect(transfer.credit_iban).toBe(item?.payee_iban);
    // Money that moved never reads as if it had not.
    if (isMoved(transfer)) expect(isReleased(item?.status ?? 'failed')).toBe(false);
  }
  // I-2: one invoice is paid once, whatever happened.
  const paid = ours.filter(({ transfer }) => isMoved(transfer));
  const refs = paid.map(({ payment, item }) => `${payment?.partner_id} ${item?.external_ref}`);
  expect(refs).toEqual([...new Set(refs)]);
  const made = new Map<ItemRow | undefined, string[]>();
  for (const { item, transfer } of ours) {
    made.set(item, [...(made.get(item) ?? []), transfer.id]);
  }
  for (const item of payments.flatMap(({ items }) => items)) {
    expect((made.get(item) ?? []).length, item.external_ref).toBeLessThanOrEqual(1);
    if (item.status === 'settled') expect(made.get(item)).toEqual([item.transfer_id]);
  }
}

/** The note begins with the invoice's reference; without a mark only the id tells. */
const itemOf = ({ items }: PaymentRow, { id, note }: Paid['transfer']): ItemRow | undefined =>
  items.find(({ transfer_id }) => transfer_id === id) ??
  items.find(({ external_ref }) => note.startsWith(`${external_ref} · `));

const isMoved = ({ status }: Paid['transfer']): boolean =>
  status !== 'declined' && status !== 'canceled';

/**
 * I-8: the status of the payment and of each row is the end of an unbroken, audited history that
 * the table allows, and the one follows from the others.
 */
function assertHistory(payment: PaymentRow): void {
  const { transitions, item_transitions, version, kind, items } = payment;
  const audited: string[] = [];
  let status: PaymentStatus | null = null;
  const rows = new Map<number, PaymentStatus | null>(items.map(({ index }) => [index, null]));
  for (let seq = 0; seq <= version; seq += 1) {
    const step = transitions.find((one) => one.seq === seq);
    const own = item_transitions.filter((one) => one.seq === seq);
    audited.push(step ? `status:${step.to_status}` : 'items-changed');
    if (step) status = follow(kind, status, step);
    for (const one of own) rows.set(one.index, follow(kind, rows.get(one.index) ?? null, one));
    if (step && own.length === 0) {
      for (const [index, row] of rows) if (!row || !isFinal(row)) rows.set(index, step.to_status);
    }
    expect([payment.id, seq, statusOfItems([...rows.values()].map(known))]).toEqual([
      ...[payment.id, seq],
      status,
    ]);
  }
  expect(transitions.length).toBe(audited.filter((one) => one.startsWith('status:')).length);
  expect(payment.audited).toEqual(audited);
  expect(payment.status).toBe(status);
  expect(items.map((item) => item.status)).toEqual(items.map(({ index }) => rows.get(index)));
  const sum = items.reduce((cents, { amount_cents }) => cents + amount_cents, 0);
  expect(payment.amount_cents).toBe(String(sum));
}

function follow(kind: PaymentRow['kind'], before: PaymentStatus | null, step: Step): PaymentStatus {
  const { from_status, to_status } = step;
  expect(from_status).toBe(before);
  if (before) expect([before, to_status, canTransition(before, to_status, kind)]).toContain(true);
  return to_status;
}

function known(status: PaymentStatus | null): PaymentStatus {
  if (!status) throw new Error('every row begins with its payment');
  return status;
}

async function assertEvents({ database }: World): Promise<void> {
  const { rows } = await database.query(`
    select i.id, i.seq, array_agg(e.seq order by e.seq) as seqs,
      bool_and(e.snapshot->>'seq' = e.seq::text) as numbered
    from intents i join intent_events e on e.intent_id = i.id group by i.id`);
  for (const { seq, seqs, numbered } of rows) {
    expect(seqs).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
    expect(numbered).toBe(true);
  }
}

async function readPayments({ database }: World): Promise<PaymentRow[]> {
  const { rows } = await database.query<PaymentRow>(`
    select p.*,
      (select json_agg(h order by h.index) from payment_items h where h.payment_id = p.id)
        as items,
      (select json_agg(t order by t.seq) from transitions t where t.payment_id = p.id)
        as transitions,
      (select coalesce(json_agg(t order by t.seq, t.index), '[]') from item_transitions t
        where t.payment_id = p.id) as item_transitions,
      (select array_agg(a.action order by a.id) from audit_log a where a.payment_id = p.id
        and (a.action like 'status:%' or a.action = 'items-changed')) as audited
    from payments p`);
  return rows;
}

async function readAttempts({ database }: World): Promise<AttemptRow[]> {
  return (await database.query<AttemptRow>('select * from attempts')).rows;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
