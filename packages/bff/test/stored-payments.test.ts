import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Intent, Member } from '../src/payments/records.js';
import { type OpenDatabase, openDatabase } from '../src/store/database.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { ACCEPTED, newAttempt, newPayment, once, PARTNER, SENT, Stored } from './support/stored.js';

let test: TestDatabase;
let database: OpenDatabase;
let stored: Stored;
let member: Member;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.config);
});
beforeEach(async () => {
  stored = new Stored(database.pool);
  member = await stored.member();
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const payment = async (id: string) => {
  const found = await stored.intents.payment(PARTNER, id);
  if (!found) throw new Error('the payment is stored');
  return found;
};
const statuses = async (id: string) => (await payment(id)).items.map(({ status }) => status);
const rowsOf = async (query: ReturnType<typeof sql>) => (await query.execute(stored.db)).rows;
const accepted = async (intent: Intent, rows?: number[]) => {
  const { id } = await stored.open(intent, member, rows ? { rows } : {});
  await stored.lead(id, SENT, ACCEPTED);
  return id;
};

describe('a confirmation', () => {
  it('stores 400 rows as they were confirmed, with one transition and one audit entry', async () => {
    const intent = await stored.intent(400);
    const confirmed = newPayment(intent, member);
    const outcome = await stored.payments.open(confirmed, once(), 10);
    expect(outcome).toEqual({ kind: 'opened' });
    const { items, ...whole } = await payment(confirmed.id);
    expect(items).toMatchObject(confirmed.items);
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['confirmed']));
    expect(whole).toMatchObject({ kind: 'bulk', status: 'confirmed', version: 0 });
    expect(whole.amountCents).toBe(intent.amountCents);
    expect(
      await rowsOf(sql`select seq, from_status, to_status from transitions
      where payment_id = ${confirmed.id}`),
    ).toEqual([{ seq: 0, from_status: null, to_status: 'confirmed' }]);
    expect(
      await rowsOf(sql`select actor, action from audit_log
      where payment_id = ${confirmed.id}`),
    ).toEqual([{ actor: `connection:${member.connectionId}`, action: 'status:confirmed' }]);
  });

  it('names the rows that another payment holds, and stores nothing', async () => {
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await stored.open(await stored.intent([{ externalRef: two }, { externalRef: three }]), member);
    const other = await stored.intent([one, two, three].map((externalRef) => ({ externalRef })));
    const { id, outcome } = await stored.open(other, member);
    expect(outcome).toEqual({ kind: 'taken', rows: [1, 2] });
    expect(await stored.intents.payment(PARTNER, id)).toBeUndefined();
    const rest = await stored.open(other, member, { rows: [0] });
    expect(rest.outcome).toEqual({ kind: 'opened' });
  });

  it('waits for nobody for ever: two that name the same invoices in any order, one is paid', async () => {
    for (let round = 0; round < 5; round += 1) {
      const refs = Array.from({ length: 400 }, () => ({ externalRef: randomUUID() }));
      const intents = [await stored.intent(refs), await stored.intent(refs.toReversed())];
      // Of two members: one's own confirmations wait for each other anyway.
      const payers = [member, await stored.member()];
      const opened = await Promise.all(
        intents.map((intent, turn) => stored.open(intent, payers[turn] ?? member)),
      );
      expect(opened.map(({ outcome }) => outcome.kind).sort()).toEqual(['opened', 'taken']);
    }
  });

  it('opens nothing of a withdrawn intent, and names no row', async () => {
    const intent = await stored.intent(2);
    await stored.intents.withdraw(intent.id);
    expect((await stored.open(intent, member)).outcome).toEqual({ kind: 'taken', rows: [] });
  });

  it('opens one payment at a time of an intent, until the bank has accepted it', async () => {
    const intent = await stored.intent(3);
    const first = await stored.open(intent, member, { rows: [0] });
    const early = await stored.open(intent, member, { rows: [1] });
    expect(early.outcome).toEqual({ kind: 'taken', rows: [] });
    await stored.lead(first.id, SENT, ACCEPTED);
    expect((await stored.open(intent, member, { rows: [1] })).outcome).toEqual({ kind: 'opened' });
  });

  it('refuses rows and amounts that the partner has not named', async () => {
    const intent = await stored.intent(2);
    const { items } = newPayment(intent, member);
    const dearer = items.map((item) => ({ ...item, amountCents: item.amountCents + 1n }));
    const elsewhere = items.map((item) => ({ ...item, payeeIban: 'DE89370400440532013000' }));
    for (const wrong of [{ items: dearer }, { items: elsewhere }, { amountCents: 1n }]) {
      await expect(stored.open(intent, member, wrong)).rejects.toThrow('rows of its intent');
    }
    expect((await stored.view(intent.id)).payment).toBeUndefined();
  });

  it('answers a repeated request as the first one', async () => {
    const intent = await stored.intent(1);
    const key = once();
    await stored.payments.open(newPayment(intent, member), key, 10);
    expect(await stored.payments.isRepeated(key)).toBe(true);
    expect(await stored.payments.isRepeated(once())).toBe(false);
    expect(await stored.payments.open(newPayment(intent, member), key, 10)).toEqual({
      kind: 'repeated',
    });
  });
});

describe('a change', () => {
  it('of the whole moves every row, in one transition', async () => {
    const { id } = await stored.open(await stored.intent(3), member);
    await stored.lead(id, SENT);
    expect(await statuses(id)).toEqual(['sending', 'sending', 'sending']);
    expect(await rowsOf(sql`select 1 from item_transitions where payment_id = ${id}`)).toEqual([]);
  });

  it('of single rows leaves a trace of each, and the payment follows', async () => {
    const id = await accepted(await stored.intent(3));
    await stored.lead(id, {
      cause: 'bank-reports',
      items: [
        { index: 0, to: 'settled', payeeVerified: true },
        { index: 2, to: 'declined', reason: 'insufficient-funds' },
      ],
    });
    expect(await payment(id)).toMatchObject({
      status: 'processing',
      version: 3,
      reason: undefined,
    });
    await stored.lead(id, { cause: 'bank-reports', items: [{ index: 1, to: 'settled' }] });
    expect(await payment(id)).toMatchObject({
      status: 'partially_settled',
      version: 4,
      items: [
        { status: 'settled', payeeVerified: true },
        { status: 'settled', payeeVerified: false },
        { status: 'declined', reason: 'insufficient-funds' },
      ],
    });
    expect(
      await rowsOf(sql`select seq, index, from_status, to_status, reason from item_transitions
      where payment_id = ${id} order by seq, index`),
    ).toEqual([
      { seq: 3, index: 0, from_status: 'processing', to_status: 'settled', reason: null },
      {
        ...{ seq: 3, index: 2, from_status: 'processing', to_status: 'declined' },
        reason: 'insufficient-funds',
      },
      { seq: 4, index: 1, from_status: 'processing', to_status: 'settled', reason: null },
    ]);
    expect(
      await rowsOf(sql`select seq, to_status from transitions
      where payment_id = ${id} and seq > 2`),
    ).toEqual([{ seq: 4, to_status: 'partially_settled' }]);
    expect(
      await rowsOf(sql`select action from audit_log
      where payment_id = ${id} order by id`),
    ).toEqual(
      ['confirmed', 'sending', 'processing', '', 'partially_settled'].map((status) => ({
        action: status === '' ? 'items-changed' : `status:${status}`,
      })),
    );
  });

  it('that the world cannot see is written without an event', async () => {
    const intent = await stored.intent(2);
    const id = await accepted(intent);
    const { intent: before } = await stored.view(intent.id);
    const transferId = randomUUID();
    await stored.lead(id, { cause: 'bank-reports', items: [{ index: 1, transferId }] });
    expect((await payment(id)).items[1]?.transferId).toBe(transferId);
    expect((await stored.view(intent.id)).intent.seq).toBe(before.seq);
  });

  it('that the table forbids changes nothing', async () => {
    const id = await accepted(await stored.intent(2));
    await stored.lead(id, { cause: 'bank-reports', items: [{ index: 0, to: 'settled' }] });
    const leased = await stored.lease(id);
    const change = {
      cause: 'bank-reports',
      items: [
        { index: 1, to: 'settled' as const },
        { index: 0, to: 'processing' as const },
      ],
    };
    await expect(stored.attempts.advance(leased, change)).rejects.toThrow('settled -> processing');
    expect(await statuses(id)).toEqual(['settled', 'processing']);
  });

  it('loses to an earlier one of the same version', async () => {
    const id = await accepted(await stored.intent(2));
    const leased = await stored.lease(id);
    await stored.db.updateTable('payments').set({ version: 9 }).where('id', '=', id).execute();
    const change = { cause: 'bank-reports', items: [{ index: 0, to: 'settled' as const }] };
    expect(await stored.attempts.advance(leased, change)).toBe(false);
    expect(await statuses(id)).toEqual(['processing', 'processing']);
  });

  it('takes as few statements with 400 rows as with one', async () => {
    const counts = [];
    for (const size of [1, 400]) {
      const intent = await stored.intent(size);
      const before = stored.statements;
      const { id } = await stored.open(intent, member);
      const opened = stored.statements - before;
      await stored.lead(id, SENT);
      const leased = await stored.lease(id);
      const items = leased.payment.items.map(({ index }) => ({
        index,
        to: 'processing' as const,
        transferId: randomUUID(),
      }));
      const ready = stored.statements;
      await stored.attempts.advance(leased, { cause: 'accepted', items });
      counts.push({ opened, advanced: stored.statements - ready });
    }
    expect(counts[1]).toEqual(counts[0]);
  });

  it('frees the rows that failed for a new payment, while the others settle', async () => {
    const intent = await stored.intent(3);
    const first = await accepted(intent);
    await stored.lead(first, {
      cause: 'bank-reports',
      items: [{ index: 1, to: 'declined', reason: 'insufficient-funds' }],
    });
    expect((await stored.open(intent, member, { rows: [0, 1] })).outcome).toEqual({
      kind: 'taken',
      rows: [0],
    });
    const retry = await stored.open(intent, member, { rows: [1] });
    expect(retry.outcome).toEqual({ kind: 'opened' });
    const view = await stored.view(intent.id);
    expect(view.payment?.id).toBe(retry.id);
    expect(view.items.map(({ status, paymentId }) => [status, paymentId])).toEqual([
      ['processing', first],
      ['confirmed', retry.id],
      ['processing', first],
    ]);
  });
});

describe('a transfer that is another row', () => {
  const take = (index: number, transferId: string) => ({
    index,
    to: 'processing' as const,
    transferId,
  });
  const alarms = (id: string) =>
    rowsOf(sql`select action from audit_log where payment_id = ${id} and action like 'alarm:%'`);
  const ALARM = [{ action: 'alarm:transfer-of-another-payment' }];

  it('of another payment holds exactly that row, and the others go on', async () => {
    const [taken, own] = [randomUUID(), randomUUID()];
    const first = await stored.open(await stored.intent(2), member);
    await stored.lead(first.id, SENT, { cause: 'accepted', items: [take(0, taken), take(1, '1')] });
    const { id } = await stored.open(await stored.intent(3), member);
    await stored.lead(id, SENT);
    const items = [take(0, own), take(1, taken), { index: 2, to: 'processing' as const }];
    await stored.lead(id, { cause: 'accepted', items, note: { bankId: randomUUID() } });
    const { status, items: rows, bankId } = await payment(id);
    expect(status).toBe('held');
    expect(bankId).toBeDefined();
    expect(rows.map((row) => [row.status, row.transferId])).toEqual([
      ['processing', own],
      ['held', undefined],
      ['processing', undefined],
    ]);
    expect(await alarms(id)).toEqual(ALARM);
    const due = await rowsOf(sql`select next_at < 'infinity' as due, live from attempts
      where payment_id = ${id}`);
    expect(due).toEqual([{ due: true, live: true }]);
  });

  it('of the same payment, or named twice at once, holds those rows', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const { id } = await stored.open(await stored.intent(4), member);
    await stored.lead(
      id,
      SENT,
      { cause: 'accepted', items: [0, 1, 2, 3].map((index) => ({ index, to: 'processing' })) },
      { cause: 'bank-reports', items: [{ index: 0, transferId: one }] },
      {
        cause: 'bank-reports',
        items: [take(1, one), take(2, two), take(3, two)],
      },
    );
    expect(await statuses(id)).toEqual(['processing', 'held', 'held', 'held']);
    expect(await alarms(id)).toEqual(ALARM);
  });

  it('holds the whole where the bank names another bulk', async () => {
    const bankId = randomUUID();
    const note = { bankId };
    const first = await stored.open(await stored.intent(2), member);
    await stored.lead(first.id, SENT, { ...ACCEPTED, note });
    const { id } = await stored.open(await stored.intent(2), member);
    await stored.lead(id, SENT, { ...ACCEPTED, note });
    expect(await payment(id)).toMatchObject({ status: 'held', bankId: undefined });
    expect(await statuses(id)).toEqual(['held', 'held']);
  });
});

describe('an attempt', () => {
  const attempt = async (id: string) =>
    (
      await rowsOf(sql`select live, next_at = 'infinity' as rests from attempts
        where payment_id = ${id} order by number desc limit 1`)
    )[0];

  it('is followed while any row moves, rests while all others are held, and ends with the last', async () => {
    const id = await accepted(await stored.intent(3));
    await stored.lead(id, { cause: 'payee-differs', items: [{ index: 0, to: 'held' }] });
    expect(await attempt(id)).toEqual({ live: true, rests: false });
    await stored.lead(id, {
      cause: 'bank-reports',
      items: [1, 2].map((index) => ({ index, to: 'settled' })),
    });
    expect(await payment(id)).toMatchObject({ status: 'held' });
    expect(await attempt(id)).toEqual({ live: true, rests: true });
    const [held] = (await stored.held.held()).filter(({ payment }) => payment.id === id);
    expect(held).toMatchObject({ cause: 'payee-differs' });
    const by = { operator: 'Olga', why: 'The supplier has confirmed the new account.' };
    const change = { cause: 'tied', items: [{ index: 0, to: 'settled' as const }] };
    const was = await payment(id);
    expect(await stored.held.resolve(was, change, by)).toBe(true);
    expect(await stored.held.resolve(was, change, by)).toBe(false);
    expect(await payment(id)).toMatchObject({ status: 'settled' });
    expect(await attempt(id)).toMatchObject({ live: false });
  });

  it('of a bulk is in flight for longer than that of a transfer', async () => {
    const lives = [];
    for (const rows of [1, 2]) {
      const { id } = await stored.open(await stored.intent(rows), member);
      const sending = await stored.attempts.markSending(await stored.lease(id), {
        to: 'sending',
        cause: 'send',
      });
      expect(sending?.payment).toMatchObject({ status: 'sending', version: 1 });
      expect(sending?.attempt).toMatchObject({ inFlight: true, sends: 1 });
      const [left] = await rowsOf(sql`
        select round(extract(epoch from lease_until - clock_timestamp()))::int as seconds
        from attempts where payment_id = ${id}`);
      lives.push(left);
    }
    expect(lives).toEqual([{ seconds: 45 }, { seconds: 100 }]);
  });

  it('asks the phone of the member whose attempt it is', async () => {
    const approver = await stored.member(member.organizationId);
    const { id } = await stored.open(await stored.intent(2), member, {
      kind: 'request',
      attempt: newAttempt(member, 'request'),
    });
    await stored.lead(id, SENT, {
      to: 'requested',
      cause: 'asked',
      note: { bankId: randomUUID() },
    });
    const approval = newAttempt(approver, 'request-approval');
    expect(await stored.payments.replaceAttempt(await payment(id), approval, 1)).toBe(true);
    await stored.lead(id, SENT, {
      ...{ to: 'approval_needed', cause: 'approval-needed' },
      note: { approvalSession: 'a session', challengedAt: new Date() },
    });
    const asked = await rowsOf(sql`select connection_id from challenges
      where connection_id in (${member.connectionId}, ${approver.connectionId})`);
    expect(asked).toEqual([{ connection_id: approver.connectionId }]);
    const { attempt } = await stored.lease(id);
    expect(attempt).toMatchObject({ number: 2, approvalSession: 'a session' });
    const { payment: shown, attempt: live } = await stored.view((await payment(id)).intentId);
    expect(shown?.connectionId).toBe(member.connectionId);
    expect(live?.connectionId).toBe(approver.connectionId);
    const other = newAttempt(approver, 'request-approval');
    await expect(stored.payments.replaceAttempt(await payment(id), other, 1)).rejects.toThrow(
      'too often',
    );
  });

  it('wakes with the member who signs in again', async () => {
    const id = await accepted(await stored.intent(2));
    await stored.attempts.release(await stored.lease(id), 60_000);
    await stored.payments.wakeConnection((await stored.member()).connectionId);
    const due = sql`select next_at <= clock_timestamp() as due from attempts
      where payment_id = ${id}`;
    expect(await rowsOf(due)).toEqual([{ due: false }]);
    await stored.payments.wakeConnection(member.connectionId);
    expect(await rowsOf(due)).toEqual([{ due: true }]);
  });
});

describe('the view of an intent', () => {
  it('shows its own live payment, else the one that holds its last row, else its latest', async () => {
    const [one, two] = [{ externalRef: randomUUID() }, { externalRef: randomUUID() }];
    const [own, other] = [await stored.intent([one, two]), await stored.intent([two, one])];
    expect((await stored.view(own.id)).items.map(({ status }) => status)).toEqual(['open', 'open']);

    const denied = await stored.open(own, member);
    await stored.lead(denied.id, SENT, {
      to: 'declined',
      cause: 'any',
      note: { reason: 'compliance' },
    });
    const after = await stored.view(own.id);
    expect(after.payment).toMatchObject({ id: denied.id, reason: 'compliance' });
    expect(after.items).toMatchObject([
      { status: 'declined', reason: 'compliance', paymentId: denied.id },
      { status: 'declined', reason: 'compliance', paymentId: denied.id },
    ]);
    // Released rows are told where they were tried, not where else they are named.
    expect((await stored.view(other.id)).items.map(({ status }) => status)).toEqual([
      'open',
      'open',
    ]);

    const half = await accepted(other, [0]);
    expect((await stored.view(own.id)).items).toMatchObject([
      { status: 'declined', paymentId: denied.id },
      { status: 'processing', paymentId: half, connectionId: member.connectionId },
    ]);
    // One row is free: what is shown is its own.
    expect((await stored.view(own.id)).payment?.id).toBe(denied.id);
    const rest = await accepted(other, [1]);
    expect((await stored.view(own.id)).payment?.id).toBe(rest);
    expect((await stored.view(other.id)).payment?.id).toBe(rest);
  });

  it('tells whether somebody has to sign in again before it can go on', async () => {
    const intent = await stored.intent(1);
    await accepted(intent);
    expect((await stored.view(intent.id)).isSignedOut).toBe(false);
    await sql`update connections set status = 'signed_out'
      where id = ${member.connectionId}`.execute(stored.db);
    expect((await stored.view(intent.id)).isSignedOut).toBe(true);
  });
});
