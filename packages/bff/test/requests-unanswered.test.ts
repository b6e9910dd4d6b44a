import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { APPROVE, ASK, Asking, colleagues, DECLINE, LIST_REQUESTS } from './support/asking.js';
import type { Fault } from './support/bank.js';
import { refusal } from './support/journey.js';
import { OwnApp } from './support/own-app.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, until, type World } from './support/world.js';

const NEVER_SEEN: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection', { resetBefore: true }],
  ['answers 503', { status: 503, body: {} }],
  ['is too busy', { rateLimit: { retryAfter: 1 } }],
  ['answers 200 with something else', { status: 200, body: { ok: true } }],
];
const CARRIED_OUT: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection then', { resetAfterCommit: true }],
  ['breaks off its answer', { truncateBytes: 20 }],
  ['answers too late', { delayMs: 1500 }],
];

let world: World;
let emma: Payer;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld({ bankTimeouts: { bulkMs: 600, readMs: 2000, pollMs: 2000 } });
  ({ emma, alice } = await colleagues(world));
});
afterEach(async () => {
  await world.bank.clearFaults();
  await assertSound(world);
  // What a test leaves open must not meet the next one's trouble.
  await world.database.query('update attempts set live = false where live');
});
afterAll(() => world.close());

/** Time passes until whatever can be done now has been done. */
async function pass(seconds: number): Promise<void> {
  await world.passTime(seconds);
  const due = `select 1 from attempts where live and next_at < 'infinity'
    and (next_at <= clock_timestamp() or lease_owner is not null)`;
  await until(
    () => world.database.query(due),
    ({ rowCount }) => rowCount === 0,
  );
}

/** Asked while this goes wrong at the bank. */
async function unanswered(trouble: Fault['do']): Promise<Asking> {
  const asking = await Asking.begin(world, {}, { amount: '7.00' });
  const fields = { ...(await asking.fields(emma)), pageToken: await emma.openPage(asking.id) };
  await world.bank.faults({ match: ASK, do: trouble });
  await asking.asked(emma, fields);
  await asking.reaches('unknown');
  return asking;
}

async function approvedToTheEnd(asking: Asking): Promise<void> {
  await asking.approved(alice);
  await asking.reaches('approval_needed');
  await asking.phone('allow');
  await asking.settles();
  expect(await asking.requests()).toHaveLength(1);
  expect(await asking.transfers()).toHaveLength(asking.rows.length);
}

describe('when the bank has not seen the request and', () => {
  it.each(NEVER_SEEN)('%s, the same bytes go again later', async (_what, trouble) => {
    const asking = await unanswered(trouble);
    expect((await asking.state(emma)).snapshot).toMatchObject({
      ...{ status: 'unknown', final: false, payable: false, why: 'in-progress' },
    });
    expect((await asking.state(alice)).payment?.reviewable).toBe(false);
    await pass(31);
    await asking.reaches('requested');
    expect(await asking.attempts()).toMatchObject([{ kind: 'request', sends: 2 }]);
    await approvedToTheEnd(asking);
  });

  it('never does, its absence is proved, and the rows are free', async () => {
    const asking = await unanswered({ resetBefore: true });
    await pass(25 * 60 + 1);
    for (const seconds of [0, 0, 100]) await pass(seconds);
    await asking.reaches('unknown');
    await pass(21);
    expect(await asking.reaches('failed')).toMatchObject({ final: true });
    expect(await asking.state(emma)).toMatchObject({
      snapshot: { payable: true },
      payment: { reason: 'not-at-the-bank' },
    });
    expect(await asking.requests()).toEqual([]);
  });
});

describe('when the bank has taken the request but', () => {
  it.each(CARRIED_OUT)(
    '%s, it is found by our tag, and can be approved',
    async (_what, trouble) => {
      const asking = await unanswered(trouble);
      await pass(31);
      await asking.reaches('requested');
      expect(await asking.attempts()).toMatchObject([{ sends: 1, unanswered: false }]);
      await approvedToTheEnd(asking);
    },
  );

  it('a colleague has approved it before it is found, that is seen at once', async () => {
    const asking = await unanswered({ resetAfterCommit: true });
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).approve(request);
    await pass(31);
    await asking.settles();
    expect(await asking.requests()).toHaveLength(1);
    expect(await asking.transfers()).toHaveLength(2);
  });

  it('does not list it, the same key makes no second one', async () => {
    const asking = await unanswered({ resetAfterCommit: true });
    const empty = { requests: [], meta: { next_page: null, total_count: 0 } };
    await world.bank.faults({ match: LIST_REQUESTS, do: { status: 200, body: empty } });
    await pass(31);
    await asking.reaches('requested');
    expect(await asking.attempts()).toMatchObject([{ sends: 2 }]);
    expect(await asking.requests()).toHaveLength(1);
  });
});

/** Alice's phone is asked. */
async function pending(): Promise<Asking> {
  return Asking.pending(world, { asker: emma, approver: alice });
}

describe('when the approved replay is not answered, because the bank', () => {
  it.each(NEVER_SEEN)('%s, the request goes on waiting', async (_what, trouble) => {
    const asking = await pending();
    await world.bank.faults({ match: APPROVE, do: trouble });
    await asking.phone('allow');
    await asking.reaches('unknown');
    expect(await asking.state(emma)).toMatchObject({ payment: { status: 'unknown' } });
    await pass(31);
    await asking.reaches('requested');
    expect(await asking.transfers()).toEqual([]);
    await approvedToTheEnd(asking);
    const keys = (await asking.attempts()).map(({ bank_key }) => bank_key);
    expect(new Set(keys).size).toBe(3);
  });

  it.each(CARRIED_OUT)('%s, the request tells what became of it', async (_what, trouble) => {
    const asking = await pending();
    await world.bank.faults({ match: APPROVE, do: trouble });
    await asking.phone('allow');
    await asking.reaches('unknown');
    await pass(31);
    await asking.settles();
    expect(await asking.transfers()).toHaveLength(1);
    expect(await asking.attempts()).toMatchObject([{ sends: 1 }, { sends: 2 }]);
    expect(await asking.challenges()).toHaveLength(1);
  });

  it('carries it out after we have looked: it is seen, and the next approval pays no more', async () => {
    const asking = await pending();
    const [request] = await asking.requests();
    await world.bank.faults({ match: APPROVE, do: { resetBefore: true } });
    await asking.phone('allow');
    await asking.reaches('unknown');
    await pass(31);
    await asking.reaches('requested');
    await asking.approved(alice);
    await asking.reaches('approval_needed');
    // As the lost one would, arriving now.
    if (request) await (await OwnApp.of(world, 'alice')).approve(request);
    await asking.phone('allow');
    await until(
      async () => (await asking.payments())[0]?.status,
      (status) => status !== 'approval_needed',
    );
    await pass(31);
    await asking.settles();
    expect(await asking.transfers()).toHaveLength(1);
  });

  it('cannot be asked about it either, stays unknown until it can', async () => {
    const asking = await pending();
    await world.bank.faults(
      { match: APPROVE, do: { resetAfterCommit: true } },
      { match: { ...LIST_REQUESTS, times: 3 }, do: { status: 503, body: {} } },
    );
    await asking.phone('allow');
    await asking.reaches('unknown');
    for (const seconds of [31, 31, 31]) {
      await pass(seconds);
      await asking.reaches('unknown');
    }
    await pass(31);
    await asking.settles();
    expect(await asking.transfers()).toHaveLength(1);
  });
});

describe('when a refusal is not answered, because the bank', () => {
  it('has not seen it, the request waits, and it may be refused again', async () => {
    const asking = await Asking.requested(world, emma);
    await world.bank.faults({ match: DECLINE, do: { resetBefore: true } });
    expect(await refusal(await asking.decline(alice))).toEqual([503, 'bank-unavailable']);
    await pass(1);
    await asking.reaches('requested');
    expect((await asking.decline(alice)).status).toBe(200);
    await asking.reaches('denied');
  });

  it('cuts the connection then, that is seen at the next look', async () => {
    const asking = await Asking.requested(world, emma);
    await world.bank.faults({ match: DECLINE, do: { resetAfterCommit: true } });
    expect(await refusal(await asking.decline(alice))).toEqual([503, 'bank-unavailable']);
    await pass(1);
    await asking.reaches('denied');
    expect(await refusal(await asking.decline(alice))).toEqual([409, 'request-not-pending']);
  });
});

describe('when the first call of an approval is not answered, because the bank', () => {
  it.each([...NEVER_SEEN, ...CARRIED_OUT])(
    '%s, nothing has moved, and it may be approved again',
    async (_what, trouble) => {
      const asking = await Asking.requested(world, emma);
      const pageToken = await alice.openPage(asking.id);
      await world.bank.faults({ match: APPROVE, do: trouble });
      expect((await asking.approve(alice, { pageToken })).status).toBe(202);
      await asking.reaches('unknown');
      await pass(31);
      await asking.reaches('requested');
      expect(await asking.transfers()).toEqual([]);
      await approvedToTheEnd(asking);
    },
  );
});
