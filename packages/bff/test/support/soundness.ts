import { createHash } from 'node:crypto';
import { isReleased, type PaymentStatus } from '@qonto-pay/shared';
import { expect } from 'vitest';
import { canTransition } from '../../src/payments/payment-state-machine.js';
import type { World } from './world.js';

interface PaymentRow {
  id: string;
  partner_id: string;
  intent_id: string;
  status: PaymentStatus;
  version: number;
  amount_cents: string;
  payee_iban: string;
  external_ref: string;
  item_status: string;
  transitions: { seq: number; from_status: PaymentStatus | null; to_status: PaymentStatus }[];
  audited: string[];
}

interface AttemptRow {
  payment_id: string;
  bank_key: string;
  body: Buffer;
  live: boolean;
}

/**
 * The money rules over everything that this world has done: one invoice, one transfer; one key, one
 * byte string; every change appended and audited; event numbers without gaps.
 */
export async function assertSound(world: World): Promise<void> {
  const [payments, attempts] = [await readPayments(world), await readAttempts(world)];
  for (const payment of payments) assertHistory(payment);
  await assertTransfers(world, payments, attempts);
  await assertEvents(world);
}

async function assertTransfers(world: World, payments: PaymentRow[], attempts: AttemptRow[]) {
  const { transfers } = await world.bank.ledger();
  const ours = transfers.filter(({ note }) => note?.includes('QP-'));
  for (const transfer of ours) {
    const attempt = attempts.find(({ bank_key }) => bank_key === transfer.idempotency_key);
    const payment = payments.find(({ id }) => id === attempt?.payment_id);
    // I-3, I-4: what the bank has got is what was written down under this key, to the byte.
    expect(transfer.request_sha256).toBe(sha256(attempt?.body ?? Buffer.alloc(0)));
    // I-7, seen from the other side.
    expect(String(transfer.amount_cents)).toBe(payment?.amount_cents);
    expect(transfer.credit_iban).toBe(payment?.payee_iban);
    // Money that moved never reads as if it had not.
    const isRefusedLater = ['declined', 'canceled'].includes(transfer.status);
    if (!isRefusedLater) expect(isReleased(payment?.status ?? 'failed')).toBe(false);
  }
  // I-2: one invoice is paid once, whatever happened.
  const paid = ours.filter(({ status }) => status !== 'declined' && status !== 'canceled');
  const refs = paid.map(({ idempotency_key }) => {
    const attempt = attempts.find(({ bank_key }) => bank_key === idempotency_key);
    const payment = payments.find(({ id }) => id === attempt?.payment_id);
    return `${payment?.partner_id} ${payment?.external_ref}`;
  });
  expect(refs).toEqual([...new Set(refs)]);
  expect(new Set(ours.map((one) => one.idempotency_key)).size).toBe(ours.length);
  for (const payment of payments.filter(({ status }) => status === 'settled')) {
    const keys = attempts.filter(({ payment_id }) => payment_id === payment.id);
    const made = paid.filter((one) => keys.some((key) => key.bank_key === one.idempotency_key));
    expect([payment.id, made.length]).toEqual([payment.id, 1]);
  }
}

/** I-8: the status is the end of an unbroken, audited history that the table allows. */
function assertHistory({ transitions, ...payment }: PaymentRow): void {
  expect(transitions.map(({ seq }) => seq)).toEqual(transitions.map((_, index) => index));
  expect(transitions.at(-1)).toMatchObject({ seq: payment.version, to_status: payment.status });
  expect(payment.item_status).toBe(payment.status);
  expect(payment.audited).toEqual(transitions.map(({ to_status }) => `status:${to_status}`));
  let before: PaymentStatus | null = null;
  for (const { from_status, to_status } of transitions) {
    expect(from_status).toBe(before);
    if (before) expect([before, to_status, canTransition(before, to_status)]).toContain(true);
    before = to_status;
  }
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
    select p.*, h.external_ref, h.status as item_status,
      (select json_agg(t order by t.seq) from transitions t where t.payment_id = p.id)
        as transitions,
      (select array_agg(a.action order by a.id) from audit_log a
        where a.payment_id = p.id and a.action like 'status:%') as audited
    from payments p join payment_items h on h.payment_id = p.id`);
  return rows;
}

async function readAttempts({ database }: World): Promise<AttemptRow[]> {
  return (await database.query<AttemptRow>('select * from attempts')).rows;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
