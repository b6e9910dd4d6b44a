import { randomInt } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { CREATE_BULK, type Fault, LIST_BULKS } from './support/bank.js';
import { Bulk, problemOf } from './support/bulk.js';
import { silence } from './support/unanswered.js';
import { until } from './support/world.js';

vi.setConfig({ testTimeout: 90_000 });
const bank = silence();

/** Other amounts each time: two alike at the bank are for a person to look at. */
const rowsOf = (count: number) =>
  Array.from({ length: count }, () => ({ amount: `${randomInt(1, 900)}.${randomInt(10, 99)}` }));

/** Payees for whom the bank asks no phone, so that the first call is the whole of it. */
async function trusted(count: number) {
  const payee = await bank.world.bank.payee('trusted');
  return rowsOf(count).map((row) => ({ ...row, ...payee }));
}

async function confirmed(trouble: Fault['do'], { times = 1 } = {}): Promise<Bulk> {
  const bulk = await Bulk.begin(bank.world, await bank.world.signedIn(), await trusted(4));
  const fields = await bulk.confirmation();
  await bank.world.bank.faults({ match: { ...CREATE_BULK, times }, do: trouble });
  expect((await bulk.payer.sendConfirmation(bulk.id, fields)).status).toBe(202);
  return bulk;
}

async function unanswered(trouble: Fault['do'], options?: { times: number }): Promise<Bulk> {
  const bulk = await confirmed(trouble, options);
  const payment = await bulk.reaches('unknown');
  expect(payment).toMatchObject({ final: false, reason: null });
  expect(payment.items.map(({ status }) => status)).toEqual(Array(4).fill('unknown'));
  return bulk;
}

async function settles(bulk: Bulk): Promise<void> {
  await until(
    async () => {
      await bank.pass(4);
      return (await bulk.payment())?.status;
    },
    (status) => status === 'settled',
    40_000,
  );
  expect(await bulk.paidTimes()).toEqual([1, 1, 1, 1]);
}

const NEVER_SEEN: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection', { resetBefore: true }],
  ['answers 503', { status: 503, body: {} }],
  ['answers with a login page', { html: true }],
  ['answers 200 with a bulk without results', { status: 200, body: { bulk_transfer: {} } }],
  ['is too busy', { rateLimit: { retryAfter: 1 } }],
];
const CARRIED_OUT: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection then', { resetAfterCommit: true }],
  ['breaks off its answer', { truncateBytes: 20 }],
  ['answers too late', { delayMs: 2500 }],
];

describe('when the bank has not seen a bulk and', () => {
  it.each(NEVER_SEEN)('%s, the same bytes go again after 90 seconds', async (_what, trouble) => {
    const bulk = await unanswered(trouble);
    expect((await bulk.state()).snapshot).toMatchObject({
      ...{ status: 'unknown', final: false, payable: false, why: 'in-progress' },
    });
    const creates = await bank.world.bank.calls('POST /v2/sepa/bulk_transfers');
    await bank.pass(60);
    expect(await bank.world.bank.calls('POST /v2/sepa/bulk_transfers')).toBe(creates);
    await bank.pass(31);
    await settles(bulk);
    expect(await bulk.attempts()).toMatchObject([{ sends: 2, unanswered: true }]);
  });

  it('goes on refusing to answer, its absence is proved, and it may be paid anew', async () => {
    const bulk = await unanswered({ resetBefore: true }, { times: 1000 });
    expect((await bulk.cancel({})).status).toBe(409);
    await until(
      async () => {
        await bank.pass(301);
        return (await bulk.payment())?.status;
      },
      (status) => status !== 'unknown',
      60_000,
    );
    const payment = await bulk.reaches('failed');
    expect((await bulk.state()).payment).toMatchObject({ reason: 'not-at-the-bank' });
    expect(payment.items.map(({ status }) => status)).toEqual(Array(4).fill('failed'));
    await bank.world.bank.clearFaults();
    await bulk.payer.signIn(bulk.id);
    await bulk.confirmed();
    await settles(bulk);
    const keys = (await bulk.attempts()).map(({ bank_key }) => bank_key);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('when the bank has carried out a bulk but', () => {
  it.each(CARRIED_OUT)(
    '%s, it is found by the names of its rows, and nothing is sent again',
    async (_what, trouble) => {
      const bulk = await unanswered(trouble);
      await bank.pass(31);
      await settles(bulk);
      expect(await bulk.attempts()).toMatchObject([{ sends: 1, unanswered: true }]);
    },
  );

  it.each(CARRIED_OUT)('%s on the approved replay, it is found as well', async (_what, trouble) => {
    const bulk = await Bulk.pending(bank.world, await bank.world.signedIn(), rowsOf(4));
    await bank.world.bank.faults({ match: CREATE_BULK, do: trouble });
    await bulk.approve();
    await bulk.reaches('unknown');
    await bank.pass(31);
    await settles(bulk);
    expect(await bulk.attempts()).toMatchObject([{ sends: 2 }]);
    expect(await bulk.sessions()).toHaveLength(1);
  });

  it('lists nothing of it either, the same key makes no second one', async () => {
    const bulk = await unanswered({ resetAfterCommit: true });
    const body = { bulk_transfers: [], meta: { next_page: null, total_count: 0 } };
    await bank.world.bank.faults({ match: LIST_BULKS, do: { status: 200, body } });
    await bank.pass(91);
    await settles(bulk);
    expect(await bulk.attempts()).toMatchObject([{ sends: 2 }]);
  });
});

describe('an approved replay that never reached the bank', () => {
  it('is replayed with the same approval, and the phone is not asked again', async () => {
    const bulk = await Bulk.pending(bank.world, await bank.world.signedIn(), rowsOf(4));
    await bank.world.bank.faults({ match: CREATE_BULK, do: { resetBefore: true } });
    await bulk.approve();
    await bulk.reaches('unknown');
    await bank.pass(91);
    await settles(bulk);
    expect(await bulk.attempts()).toMatchObject([{ sends: 3 }]);
    expect(await bulk.sessions()).toHaveLength(1);
  });
});

describe('while a bulk is unknown', () => {
  it('none of its rows can be paid, by nobody and from no other intent', async () => {
    const bulk = await unanswered({ resetBefore: true });
    const adam = await bank.world.signedIn('Adam Dupont');
    const [row] = bulk.rows;
    const other = await Bulk.begin(bank.world, adam, [{ externalRef: row?.externalRef ?? '' }, {}]);
    expect(await other.review()).toMatchObject({ selected: [1] });
    const taken = await other.choose({ select: 'all' });
    expect(taken.status).toBe(200);
    const named = await other.choose({ select: '0' });
    expect(await problemOf(named)).toEqual([409, 'payment-in-progress', 'items[0]']);
    await bank.pass(91);
    await settles(bulk);
  });
});
