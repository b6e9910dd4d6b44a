import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Asking } from './support/asking.js';
import { Journey, refusal } from './support/journey.js';
import { OwnApp } from './support/own-app.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

const TAG = /^QP-[0-9A-Z]{8}\b/;

let world: World;
let emma: Payer;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.bank.clearFaults();
  await assertSound(world);
});
afterAll(() => world.close());

describe('a member who may not pay', () => {
  it('reviews without a payee check, and asks once Qonto was allowed to', async () => {
    const asking = await Asking.begin(world, {}, {});
    emma = world.newPayer();
    await emma.signIn(asking.id, 'Emma Schmidt');
    const before = await asking.state(emma);
    expect(before).toMatchObject({
      ...{ notAllowed: true, canAsk: true, signIn: null, bankUnavailable: false },
      consents: { ask: `/pay/${asking.id}/sign-in?reason=consent&for=ask` },
      review: { selected: [0, 1], check: 'needed' },
    });
    expect(await refusal(await asking.ask(emma))).toEqual([403, 'consent-required']);
    expect(await asking.payments()).toEqual([]);

    await emma.signIn(asking.id, 'Emma Schmidt', { wanted: 'ask' });
    expect((await asking.state(emma)).consents.ask).toBeNull();
    await asking.asked(emma, { note: 'Please, by Friday' });
    await asking.reaches('requested');
    const [request, ...more] = await asking.requests();
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      ...{ status: 'pending', initiator: 'emma', approver: null },
      transfers: asking.rows.map(({ payee, reference }) => ({
        ...{ transfer_id: null, amount_cents: 123_450, reference },
        ...{ credit_iban: payee.iban, credit_name: payee.name },
      })),
    });
    const [attempt] = await asking.attempts();
    expect(request?.note).toBe(`${attempt?.tag} · Please, by Friday`);
    expect(attempt).toMatchObject({ kind: 'request', member: 'Emma Schmidt', sends: 1 });
    expect(attempt?.tag).toMatch(TAG);
    expect(await asking.challenges()).toEqual([]);
    const { calls } = await world.bank.ledger();
    expect(calls['POST /v2/sepa/bulk_verify_payee']).toBeUndefined();
  });

  it('chooses among the rows, and a second click is the same request', async () => {
    const asking = await Asking.begin(world, {}, {}, {});
    expect((await asking.choose(emma, { select: '0,2' })).status).toBe(200);
    const fields = {
      ...(await asking.fields(emma)),
      ...{ pageToken: await emma.openPage(asking.id), idempotencyKey: 'twice' },
    };
    const answers = await Promise.all([asking.ask(emma, fields), asking.ask(emma, fields)]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(202);
    // The twin is told to wait, or comes too late to be another one.
    expect(statuses.every((status) => [202, 409].includes(status))).toBe(true);
    await asking.reaches('requested');
    const again = await asking.ask(emma, { reviewVersion: '0', select: '0,2' });
    expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([202, 'true']);
    const requests = await asking.requests();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.transfers.map(({ reference }) => reference)).toEqual([
      asking.rows[0]?.reference,
      asking.rows[2]?.reference,
    ]);
  });

  it('is told when the review has moved on since', async () => {
    const asking = await Asking.begin(world, {}, {});
    const { reviewVersion = '' } = await asking.fields(emma);
    await asking.choose(emma, { select: '1' });
    const answer = await asking.ask(emma, { reviewVersion, select: '1' });
    expect(await refusal(answer)).toEqual([409, 'review-changed']);
    expect(await asking.payments()).toEqual([]);
  });

  it('passes on the rows that were shown and no others, whoever pays one meanwhile', async () => {
    const asking = await Asking.begin(world, {}, {}, {});
    await asking.choose(emma, { select: '1' });
    const seen = await asking.fields(emma);
    const { externalRef = '' } = asking.rows[1] ?? {};
    const paid = await Journey.begin(world, await world.signedIn(), { externalRef });
    await paid.confirmed();
    const late = await asking.ask(emma, seen);
    expect(await refusal(late)).toEqual([409, 'payment-in-progress']);
    const others = await asking.ask(emma, { ...seen, select: '0' });
    expect(await refusal(others)).toEqual([409, 'review-changed']);
    expect(await asking.requests()).toEqual([]);
  });
});

describe('while a request waits', () => {
  it('is decided on its own page only, where all its rows stand', async () => {
    const asking = await Asking.requested(world, emma, {}, {});
    const owner = await world.signedIn();
    const { externalRef = '' } = asking.rows[0] ?? {};
    const one = await world.createIntent({ externalRef });
    const { payment } = await owner.state(one.id);
    expect(payment).toMatchObject({ reviewable: false });
    const pageToken = await owner.openPage(one.id);
    const fields = { pageToken, idempotencyKey: 'elsewhere', payment: payment?.id ?? '' };
    const answer = await owner.form(`/pay/api/intents/${one.id}/request/approve`, fields);
    expect(await refusal(answer)).toEqual([409, 'request-not-pending']);
    expect((await asking.payments())[0]?.status).toBe('requested');
  });

  it('is approved as it was shown, and not one that has taken its place', async () => {
    const asking = await Asking.requested(world, emma, {}, {});
    const owner = await world.signedIn();
    const answer = await asking.approve(owner, { payment: 'pay_of_before' });
    expect(await refusal(answer)).toEqual([409, 'review-changed']);
    expect((await asking.payments())[0]?.status).toBe('requested');
  });

  it('the world sees that, colleagues may decide, and others see no more than the world', async () => {
    const asking = await Asking.requested(world, emma);
    const answer = await fetch(`${world.url}/v1/intents/${asking.id}`);
    expect(await answer.json()).toMatchObject({
      ...{ status: 'requested', final: false, payable: false, why: 'in-progress' },
      ...{ nextAction: 'wait', items: [{ index: 0, status: 'requested' }] },
    });
    alice = await world.signedIn();
    expect(await asking.state(emma)).toMatchObject({
      payment: { kind: 'request', status: 'requested', mine: true, reviewable: false },
      review: null,
    });
    expect(await asking.state(alice)).toMatchObject({
      payment: { kind: 'request', status: 'requested', mine: false, reviewable: true },
      consents: { review: `/pay/${asking.id}/sign-in?reason=consent&for=review` },
      review: null,
    });
    const nora = await world.signedIn('Nora Petit');
    expect(await asking.state(nora)).toMatchObject({
      payment: { status: 'requested', mine: false, reviewable: false, account: null },
    });
    expect(await refusal(await asking.approve(nora))).toEqual([404, 'payment-not-found']);
    expect(await refusal(await asking.decline(nora))).toEqual([404, 'payment-not-found']);
    expect(await refusal(await asking.approve(alice))).toEqual([403, 'consent-required']);
    await alice.signIn(asking.id, 'Alice Martin', { wanted: 'review' });
    expect((await asking.state(alice)).consents.review).toBeNull();
    const mayNot = await asking.approve(emma);
    expect(await refusal(mayNot)).toEqual([409, 'request-not-pending']);
    const mine = await asking.cancel(emma);
    expect(await refusal(mine)).toEqual([409, 'not-cancelable']);
    expect((await asking.requests())[0]?.status).toBe('pending');
  });
});

describe('a colleague who may pay', () => {
  it('approves on their own phone, and every row is tied to its transfer', async () => {
    const asking = await Asking.requested(world, emma, {}, {}, { amount: '2.00' });
    const [hers, theirs] = [await asking.stream(emma), await asking.stream(alice)];
    await asking.approved(alice);
    await asking.reaches('approval_needed');
    const challenges = await asking.challenges();
    expect(challenges).toMatchObject([{ member: 'alice', summary: { amount_cents: 247_100 } }]);
    expect(await asking.state(alice)).toMatchObject({
      payment: {
        ...{ status: 'approval_needed', cancelable: true, reviewable: false },
        approval: { method: 'paired-device' },
      },
    });
    expect(await asking.state(emma)).toMatchObject({
      payment: { status: 'approval_needed', mine: true, approval: null, cancelable: false },
    });
    await asking.phone('allow');
    const payment = await asking.settles();
    const transfers = await asking.transfers();
    expect(payment.items.map(({ transferId, status }) => [transferId, status])).toEqual(
      asking.rows.map(({ reference }) => [
        transfers.find((one) => one.reference === reference)?.id,
        'settled',
      ]),
    );
    const [asked, approval, ...more] = await asking.attempts();
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ kind: 'request', member: 'Emma Schmidt', live: false });
    expect(approval).toMatchObject({
      ...{ kind: 'request-approval', member: 'Alice Martin', sends: 2, tag: asked?.tag },
      live: false,
    });
    expect(approval?.bank_key).not.toBe(asked?.bank_key);
    expect(transfers.map(({ note }) => note)).toEqual(transfers.map(() => asked?.tag));
    const [request] = await asking.requests();
    expect(request).toMatchObject({ status: 'approved', approver: 'alice' });
    for (const stream of [hers, theirs]) {
      for (const status of ['approval_needed', 'processing', 'settled']) {
        await stream.has(({ payment: shown }) => shown?.status === status);
      }
      stream.close();
    }
  });

  it('counts the challenge to their own phone, not to the one of who asked', async () => {
    const counts = async () => {
      const { rows } = await world.database.query<{ member_name: string; count: number }>(
        `select c.member_name, count(*)::int from challenges h
         join connections c on c.id = h.connection_id group by 1`,
      );
      return new Map(rows.map(({ member_name, count }) => [member_name, count]));
    };
    const before = (await counts()).get('Alice Martin') ?? 0;
    await Asking.pending(world, { asker: emma, approver: alice });
    const after = await counts();
    expect(after.get('Alice Martin')).toBe(before + 1);
    expect(after.get('Emma Schmidt')).toBeUndefined();
  });

  it('declines with a note that the bank keeps, and the row may be paid anew', async () => {
    const asking = await Asking.requested(world, emma);
    const answer = await asking.decline(alice, 'Already paid by card');
    expect(answer.status).toBe(200);
    const payment = await asking.reaches('denied');
    expect(payment).toMatchObject({ final: true, items: [{ status: 'denied' }] });
    expect((await asking.requests())[0]?.status).toBe('declined');
    expect(await asking.state(emma)).toMatchObject({
      snapshot: { status: 'denied', payable: true },
      payment: { status: 'denied', reason: 'request-declined' },
    });
    expect((await asking.state(alice)).payment).toMatchObject({ status: 'denied', reason: null });
    const late = await asking.approve(alice);
    expect(await refusal(late)).toEqual([409, 'request-not-pending']);
    await asking.asked(emma);
    await asking.reaches('requested');
    expect(await asking.requests()).toHaveLength(2);
    expect(await asking.transfers()).toEqual([]);
  });

  it('declines without a note, too', async () => {
    const asking = await Asking.requested(world, emma);
    expect((await asking.decline(alice, '')).status).toBe(200);
    await asking.reaches('denied');
  });
});

describe("a colleague in Qonto's own app", () => {
  it('approves, which is seen at the next look', async () => {
    const asking = await Asking.requested(world, emma, {}, { amount: '3.00' });
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).approve(request);
    await world.passTime(0);
    const payment = await asking.settles();
    expect(payment.items.every(({ transferId }) => transferId)).toBe(true);
    expect(await asking.attempts()).toMatchObject([{ kind: 'request', sends: 1, live: false }]);
  });

  it('declines, which is seen at the next look', async () => {
    const asking = await Asking.requested(world, emma);
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).decline(request);
    await world.passTime(0);
    await asking.reaches('denied');
    expect((await asking.state(emma)).payment?.reason).toBe('request-declined');
  });
});

describe('a member whose own payment Qonto refuses', () => {
  it('asks a colleague when their role may not pay', async () => {
    const asking = await Asking.begin(world);
    const mia = world.newPayer();
    await mia.signIn(asking.id, 'Mia Rossi', { wanted: 'ask' });
    expect((await asking.state(mia)).canAsk).toBe(false);
    expect((await mia.confirm(asking.id)).status).toBe(202);
    expect(await asking.reaches('declined')).toMatchObject({ reason: 'not-allowed' });
    const state = await asking.state(mia);
    expect(state).toMatchObject({ canAsk: true, notAllowed: false, review: { selected: [0] } });
    await asking.asked(mia);
    await asking.reaches('requested');
    await asking.approved(alice);
    await asking.reaches('approval_needed');
    await asking.phone('allow');
    await asking.settles();
    expect(await asking.transfers()).toMatchObject([{ initiator: 'mia' }]);
  });

  it('asks a second pair of eyes where the policy wants them', async () => {
    const amount = await world.bank.amount('policy-approval-required');
    const asking = await Asking.begin(world, { amount });
    await alice.signIn(asking.id, 'Alice Martin', { wanted: 'ask' });
    expect((await alice.confirm(asking.id)).status).toBe(202);
    await asking.reaches('approval_needed');
    await world.bank.decide('allow', asking.rows[0]?.reference);
    expect(await asking.reaches('declined')).toMatchObject({ reason: 'needs-approver' });
    expect((await asking.state(alice)).canAsk).toBe(true);
    await asking.asked(alice);
    await asking.reaches('requested');
    expect((await asking.state(alice)).payment).toMatchObject({ mine: true, reviewable: false });
    expect(await refusal(await asking.approve(alice))).toEqual([409, 'request-not-pending']);

    const adam = world.newPayer();
    await adam.signIn(asking.id, 'Adam Dupont', { wanted: 'review' });
    await asking.approved(adam);
    await asking.reaches('approval_needed');
    expect(await asking.challenges()).toMatchObject([{ member: 'adam' }]);
    await asking.phone('allow');
    await asking.settles();
    expect(await asking.transfers()).toMatchObject([{ initiator: 'alice' }]);
  });
});
