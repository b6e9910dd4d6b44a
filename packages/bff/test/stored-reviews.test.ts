import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Intent, Member } from '../src/payments/records.js';
import { type OpenDatabase, openDatabase } from '../src/store/database.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { ACCEPTED, PARTNER, SENT, Stored } from './support/stored.js';

let test: TestDatabase;
let database: OpenDatabase;
let stored: Stored;
let member: Member;
let intent: Intent;

const ROWS = [
  { payeeIban: 'A' },
  { payeeIban: 'B' },
  { payeeIban: 'C' },
  { payeeIban: 'B', payeeName: 'Another' },
];

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.config);
});
beforeEach(async () => {
  stored = new Stored(database.pool);
  member = await stored.member();
  intent = await stored.intent(ROWS);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const match = { result: 'match' as const, bankName: undefined };
const noMatch = { result: 'no_match' as const, bankName: undefined };
const payee = (iban: string, trusted = false) => ({ id: `b-${iban}`, name: iban, iban, trusted });
const knows = (...payees: ReturnType<typeof payee>[]) =>
  new Map(payees.map((one) => [one.iban, one]));

async function review() {
  const found = await stored.reviews.find(intent.id, member.connectionId);
  if (!found) throw new Error('the review is stored');
  return found;
}

async function start(rows: number[]) {
  const check = await stored.reviews.startCheck(intent, member, rows);
  if (!check) throw new Error('a check may start');
  return check.id;
}

async function finish(
  checkId: string,
  learned: Parameters<Stored['reviews']['finishCheck']>[1],
): Promise<void> {
  const { connectionId } = member;
  await stored.reviews.finishCheck({ intentId: intent.id, connectionId, checkId }, learned);
}

const answered = (results: (typeof match | typeof noMatch)[], known = knows()) => ({
  answer: { results, proof: 'a proof' },
  known,
});

describe('a payee check', () => {
  it('covers exactly its rows: another set needs another one', async () => {
    await finish(await start([2, 0]), answered([match, noMatch]));
    expect((await review()).check).toMatchObject({
      rows: [0, 2],
      status: 'done',
      proof: 'a proof',
    });
    expect(await stored.reviews.startCheck(intent, member, [0, 2])).toBeUndefined();
    expect(await stored.reviews.startCheck(intent, member, [0])).toMatchObject({ rows: [0] });
    expect((await review()).check).toMatchObject({ status: 'running', proof: undefined });
    expect(await stored.reviews.startCheck(intent, member, [0])).toBeUndefined();
  });

  it('keeps what was said of each row, and tells what differs', async () => {
    await finish(await start([0, 1, 2]), answered([match, match, noMatch]));
    await finish(await start([1, 3]), answered([noMatch, match]));
    const { results, version } = await review();
    expect([...results]).toEqual([
      [0, { ...match, was: undefined }],
      [1, { ...noMatch, was: 'match' }],
      [2, { ...noMatch, was: undefined }],
      [3, { ...match, was: undefined }],
    ]);
    expect(version).toBe(4);
  });

  it('that another one has replaced changes nothing', async () => {
    const first = await start([0, 1]);
    const second = await start([0]);
    await finish(first, answered([noMatch, noMatch], knows(payee('A', true))));
    const { check, results, known } = await review();
    expect(check).toMatchObject({ id: second, status: 'running' });
    expect([results.size, known.size]).toEqual([0, 0]);
  });

  it('is refused when it does not answer row by row, and stays open', async () => {
    const check = await start([0, 1]);
    await expect(finish(check, answered([match]))).rejects.toThrow();
    expect((await review()).check?.status).toBe('running');
  });

  it('that failed is told with its cause, and not repeated at once', async () => {
    await finish(await start([0]), 'unavailable');
    expect((await review()).check).toMatchObject({ status: 'failed', failure: 'unavailable' });
    expect(await stored.reviews.startCheck(intent, member, [0])).toBeUndefined();
  });

  it('is rationed: thirty without a payment in one hour', async () => {
    for (let turn = 0; turn < 30; turn += 1) await start([turn % 2]);
    await expect(stored.reviews.startCheck(intent, member, [0])).rejects.toMatchObject({
      code: 'too-many-payee-checks',
    });
  });
});

describe('what the bank knows', () => {
  it('is kept by IBAN; a payee who became trusted since asks for a new sign-in', async () => {
    await finish(
      await start([0, 1]),
      answered([match, match], knows(payee('A'), payee('B', true))),
    );
    const first = await review();
    expect(first.freshAfter).toBeUndefined();
    const { connectionId } = member;
    await stored.reviews.noteKnown(intent.id, connectionId, { ibans: ['B'], known: knows() });
    expect(await review()).toMatchObject({
      version: first.version + 1,
      known: knows(payee('A')),
      freshAfter: undefined,
    });
    const known = knows(payee('A', true));
    await stored.reviews.noteKnown(intent.id, connectionId, { ibans: ['A'], known });
    expect((await review()).freshAfter).toBeInstanceOf(Date);
  });

  it('asks for a new sign-in as well when a later check finds it', async () => {
    await finish(await start([0, 2]), answered([match, match]));
    await finish(await start([0, 1]), answered([match, match], knows(payee('B', true))));
    expect((await review()).freshAfter).toBeUndefined();
    await finish(await start([0]), answered([match], knows(payee('A', true))));
    expect((await review()).freshAfter).toBeInstanceOf(Date);
  });
});

describe('a choice', () => {
  it('counts up only where it changes something', async () => {
    const { connectionId } = member;
    const choose = (choice: Parameters<Stored['reviews']['choose']>[2]) =>
      stored.reviews.choose(intent.id, connectionId, choice);
    await choose({ selection: [3, 0, 3] });
    expect(await review()).toMatchObject({ version: 1, selection: [0, 3], payOn: 'now' });
    await choose({ selection: [0, 3] });
    await choose({});
    expect((await review()).version).toBe(1);
    await choose({ payOn: 'due', accountId: 'main' });
    await choose({ accountId: 'main' });
    expect(await review()).toMatchObject({
      ...{ version: 2, selection: [0, 3], payOn: 'due', accountId: 'main' },
    });
    await choose({ selection: [] });
    expect(await review()).toMatchObject({ version: 3, selection: [] });
  });

  it('keeps what was said of the rows', async () => {
    await finish(await start([0, 1]), answered([match, noMatch]));
    await stored.reviews.choose(intent.id, member.connectionId, { selection: [1] });
    expect((await review()).results.get(1)?.result).toBe('no_match');
  });
});

describe('what was paid before', () => {
  const settle = async (payeeName: string, payeeIban: string, by = member) => {
    const { id } = await stored.open(await stored.intent([{ payeeName, payeeIban }]), by);
    await stored.lead(id, SENT, ACCEPTED, { to: 'settled', cause: 'bank-reports' });
  };
  const last = async (...names: string[]) => {
    const { organizationId } = member;
    return [...(await stored.reviews.lastPaidIbans({ partnerId: PARTNER, organizationId }, names))];
  };

  it('is found by name, however it is written; the last one counts, and only what settled', async () => {
    await settle('Café  Noir SARL', 'OLD');
    await settle('café noir sarl', 'NEW');
    await settle('Café Noir SARL', 'ELSEWHERE', await stored.member());
    const { id } = await stored.open(
      await stored.intent([{ payeeName: 'Café Noir SARL', payeeIban: 'UNPAID' }]),
      member,
    );
    await stored.lead(id, SENT, { to: 'declined', cause: 'any' });
    expect(await last(' CAFÉ NOIR SARL', 'Café Blanc')).toEqual([[' CAFÉ NOIR SARL', 'NEW']]);
  });

  it('remembers for a day that the bank lets this member pay one by one only', async () => {
    const { connectionId } = member;
    const { id } = await stored.open(await stored.intent(2), member);
    expect(await stored.reviews.paysOneByOne(connectionId)).toBe(false);
    const note = { reason: 'bulk-not-allowed' as const };
    await stored.lead(id, SENT, { to: 'declined', cause: 'bulk-not-allowed', note });
    expect(await stored.reviews.paysOneByOne(connectionId)).toBe(true);
    expect(await stored.reviews.paysOneByOne(randomUUID())).toBe(false);
    await sql`update payments set updated_at = updated_at - interval '25 hours'
      where id = ${id}`.execute(stored.db);
    expect(await stored.reviews.paysOneByOne(connectionId)).toBe(false);
  });
});
