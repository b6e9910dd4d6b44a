import { describe, expect, it } from 'vitest';
import { CREATE, type Fault, LIST, PAYEES, POLL } from './support/bank.js';
import { refusal } from './support/journey.js';
import { silence } from './support/unanswered.js';

const bank = silence();

const NEVER_SEEN: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection', { resetBefore: true }],
  ['answers 503', { status: 503, body: {} }],
  ['answers 500 in its envelope', { status: 500, body: { errors: [{ code: 'internal' }] } }],
  ['answers with a login page', { html: true }],
  ['answers 200 with something else', { status: 200, body: { ok: true } }],
  ['answers 200 with a transfer without amount', { status: 200, body: { transfer: { id: 'x' } } }],
  ['is too busy', { rateLimit: { retryAfter: 1 } }],
  ['works on the same key', { status: 429, body: { error: 'Concurrent requests detected' } }],
  ['answers 428 without a session', { status: 428, body: { code: 'new_thing' } }],
  ['answers 400 in no known envelope', { status: 400, body: [] }],
  ['answers 409', { status: 409, body: { error: 'Concurrent requests detected' } }],
  ['answers 412 to a call without an approval', { status: 412, body: { code: 'x' } }],
];
const CARRIED_OUT: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection then', { resetAfterCommit: true }],
  ['breaks off its answer', { truncateBytes: 20 }],
  ['answers too late', { delayMs: 1000 }],
];

describe('when the bank has not seen the first call and', () => {
  it.each(NEVER_SEEN)(
    '%s, nobody says "failed": the same bytes go again later',
    async (_what, trouble) => {
      const journey = await bank.unanswered(trouble, { trusted: true });
      const { snapshot, payment } = await journey.payer.state(journey.id);
      expect(snapshot).toMatchObject({
        ...{ status: 'unknown', final: false, payable: false, why: 'in-progress' },
        nextAction: 'wait',
      });
      expect(payment).toMatchObject({ status: 'unknown', reason: null, cancelable: false });
      await bank.pass(31);
      await bank.settles(journey);
      expect(await journey.attempts()).toMatchObject([{ sends: 2, unanswered: true }]);
    },
  );
});

describe('when the bank has carried out the call but', () => {
  it.each(CARRIED_OUT)(
    '%s, the transfer is found in its list, and nothing is sent again',
    async (_what, trouble) => {
      const journey = await bank.unanswered(trouble, { trusted: true });
      await bank.pass(31);
      await bank.settles(journey);
      expect(await journey.attempts()).toMatchObject([{ sends: 1, unanswered: true }]);
    },
  );

  it.each(CARRIED_OUT)('%s on the approved replay, it is found as well', async (_what, trouble) => {
    const journey = await bank.confirmed(undefined);
    await journey.reaches('approval_needed');
    await bank.world.bank.faults({ match: CREATE, do: trouble });
    await journey.approve();
    await journey.reaches('unknown');
    await bank.pass(31);
    await bank.settles(journey);
    expect(await journey.attempts()).toMatchObject([{ sends: 2 }]);
    expect(await journey.pushes()).toBe(1);
  });

  it('says nothing of it in the list either, the same key makes no second one', async () => {
    const journey = await bank.unanswered({ resetAfterCommit: true }, { trusted: true });
    const empty = { transfers: [], meta: { next_page: null, total_count: 0 } };
    await bank.world.bank.faults({ match: LIST, do: { status: 200, body: empty } });
    await bank.pass(31);
    await bank.settles(journey);
    expect(await journey.attempts()).toMatchObject([{ sends: 2 }]);
  });
});

describe('an unanswered call', () => {
  it('to the phone leads to an approval, and the payment goes on when it is given', async () => {
    const journey = await bank.unanswered({ resetBefore: true });
    await bank.pass(31);
    expect(await journey.pushes()).toBe(1);
    expect((await journey.payment())?.status).toBe('unknown');
    await journey.approve();
    await bank.pass(31);
    await bank.settles(journey);
    expect(await journey.attempts()).toMatchObject([{ sends: 3, number: 1 }]);
  });

  it('whose approved replay was cut off before the bank saw it is replayed', async () => {
    const journey = await bank.confirmed(undefined);
    await journey.reaches('approval_needed');
    await bank.world.bank.faults({ match: CREATE, do: { resetBefore: true } });
    await journey.approve();
    await journey.reaches('unknown');
    await bank.pass(31);
    await bank.settles(journey);
    expect(await journey.attempts()).toMatchObject([{ sends: 3 }]);
    expect(await journey.pushes()).toBe(1);
  });

  it('is not decided by a 422 on the replay: an approval reads so when it was used', async () => {
    const journey = await bank.confirmed(undefined);
    await journey.reaches('approval_needed');
    const body = { errors: { message: 'Not found' } };
    await bank.world.bank.faults({ match: CREATE, do: { status: 422, body } });
    await journey.approve();
    await journey.reaches('unknown');
    await bank.pass(31);
    await bank.settles(journey);
  });

  it.each<[string, Fault['do']]>([
    ['insufficient funds', { status: 400, body: { errors: [{ code: 'insufficient_funds' }] } }],
    ['403', { status: 403, body: { errors: [{ code: 'forbidden', detail: 'Your role' }] } }],
    ['412', { status: 412, body: { code: 'sca_session_invalid', message: 'over' } }],
    ['422', { status: 422, body: { errors: [{ code: 'invalid', detail: 'no' }] } }],
    ['no device', { status: 428, body: { code: 'sca_not_enrolled', message: 'no' } }],
  ])('stays unknown whatever a later one is refused with: %s', async (_what, trouble) => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    await bank.world.bank.faults({ match: CREATE, do: trouble });
    await bank.pass(31);
    expect((await journey.payment())?.status).toBe('unknown');
    await bank.pass(61);
    await bank.settles(journey);
  });

  it('stays unknown when the payer refuses, until its absence is proved', async () => {
    const journey = await bank.unanswered({ resetBefore: true });
    await bank.pass(31);
    await journey.refuse();
    await bank.pass(31);
    expect((await journey.payment())?.status).toBe('unknown');
    await bank.pass(61);
    expect(await journey.pushes()).toBe(1);
    for (const seconds of [25 * 60, 61, 61]) await bank.pass(seconds);
    await journey.reaches('failed');
  });

  it('can neither be canceled, nor withdrawn, nor asked for anew', async () => {
    const journey = await bank.unanswered({ resetBefore: true });
    await bank.pass(31);
    const pageToken = await journey.payer.openPage(journey.id);
    const form = (action: string, fields = {}) =>
      journey.payer.form(`/pay/api/intents/${journey.id}/${action}`, { pageToken, ...fields });
    expect(await refusal(await form('cancel'))).toEqual([409, 'not-cancelable']);
    expect(await refusal(await form('approval', { method: 'passkey' }))).toEqual([
      ...[409, 'approval-not-replaceable'],
    ]);
    const withdrawal = await bank.world.partner('DELETE', `/partner/v1/intents/${journey.id}`);
    expect(await refusal(withdrawal)).toEqual([409, 'payment-in-progress']);
    const again = { idempotencyKey: 'another', reviewVersion: '1', account: 'a' };
    const joined = await journey.payer.sendConfirmation(journey.id, { ...again, pageToken });
    expect([joined.status, joined.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await journey.payments()).toHaveLength(1);
  });
});

describe('the same bytes are sent again', () => {
  it('never sooner than 30 seconds after the last call', async () => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    await bank.pass(20);
    expect(await journey.attempts()).toMatchObject([{ sends: 1 }]);
    await bank.pass(12);
    expect(await journey.attempts()).toMatchObject([{ sends: 2 }]);
  });

  it('never without a look into the list', async () => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    await bank.world.bank.faults({ match: { ...LIST, times: 2 }, do: { status: 503 } });
    for (const _time of [1, 2]) {
      await bank.pass(31);
      expect(await journey.attempts()).toMatchObject([{ sends: 1 }]);
    }
    await bank.pass(0);
    await bank.settles(journey);
  });

  it('never while another instance has them on the way', async () => {
    const other = await bank.world.startInstance();
    try {
      const journey = await bank.confirmed({ delayMs: 400 }, { trusted: true });
      await bank.world.database.query('update attempts set next_at = clock_timestamp()');
      await bank.world.database.query("select pg_notify('attempts', '')");
      await bank.settles(journey);
      expect(await journey.attempts()).toMatchObject([{ sends: 1, unanswered: false }]);
    } finally {
      await other.close();
    }
  });

  it('not once the payee is trusted: then nobody would be asked', async () => {
    const journey = await bank.unanswered({ resetBefore: true });
    const { name } = await bank.world.bank.payee('match');
    const beneficiary = { id: 'b', name, iban: journey.iban, status: 'validated', trusted: true };
    const answer = { status: 200, body: { beneficiaries: [beneficiary] } };
    await bank.world.bank.faults({ match: { ...PAYEES, times: 100 }, do: answer });
    const creates = await bank.world.bank.creates();
    await bank.pass(31);
    expect(await bank.world.bank.creates()).toBe(creates);
    expect((await journey.payment())?.status).toBe('unknown');
  });

  it('never after 25 minutes: then it is only looked for', async () => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    const creates = await bank.world.bank.creates();
    await bank.pass(25 * 60 + 1);
    expect((await journey.payment())?.status).toBe('unknown');
    expect(await bank.world.bank.creates()).toBe(creates);
    expect(await journey.attempts()).toMatchObject([{ sends: 1, clean_listings: 1 }]);
  });

  it('never 25 minutes after the first call, however late the last one was', async () => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    await bank.world.bank.faults({ match: { ...CREATE, times: 2 }, do: { resetBefore: true } });
    for (const sends of [2, 3]) {
      await bank.pass(10 * 60);
      expect(await journey.attempts()).toMatchObject([{ sends }]);
    }
    await bank.pass(5 * 60 + 1);
    expect(await journey.attempts()).toMatchObject([{ sends: 3, clean_listings: 0 }]);
    expect(await journey.transfers()).toEqual([]);
  });

  it('and an approval that is asked for late ends 20 minutes after the first call', async () => {
    const journey = await bank.unanswered({ resetBefore: true });
    await bank.pass(10 * 60);
    expect(await journey.pushes()).toBe(1);
    const [attempt] = await journey.attempts();
    const [first, end] = [attempt?.first_sent_at, attempt?.approval_expires_at];
    expect((end?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBe(20 * 60 * 1000);
  });

  it('never after 25 minutes, with a clean approval in hand: the payment is expired', async () => {
    const journey = await bank.confirmed(undefined);
    await journey.reaches('approval_needed');
    await bank.world.bank.faults({ match: { ...POLL, times: 100 }, do: { status: 503 } });
    await journey.approve();
    await bank.world.bank.advance(25 * 60 + 1);
    await bank.world.bank.clearFaults();
    await bank.world.passTime(0);
    await journey.reaches('expired');
    expect(await journey.attempts()).toMatchObject([{ sends: 1 }]);
    expect(await journey.transfers()).toEqual([]);
  });
});
