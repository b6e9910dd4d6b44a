import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journey, refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

describe.concurrent('a payment that the payer approves', () => {
  it('settles: one transfer of the right cents to the right IBAN', async () => {
    const { name, iban } = await world.bank.payee('match');
    const journey = await Journey.pending(world, alice, { name, iban, amount: '1234.5' });
    await journey.approve();
    await journey.reaches('settled');
    expect(await journey.transfers()).toMatchObject([
      {
        amount_cents: 123_450,
        credit_iban: iban,
        credit_name: name,
        initiator: 'alice',
        status: 'settled',
      },
    ]);
    expect(await journey.pushes()).toBe(1);
  });

  it('sends the replay with the key and bytes of the first call', async () => {
    const journey = await Journey.pending(world, alice);
    const [before] = await journey.attempts();
    await journey.approve();
    await journey.reaches('settled');
    const [after, ...more] = await journey.attempts();
    expect(more).toEqual([]);
    expect(after).toMatchObject({ bank_key: before?.bank_key, body: before?.body, sends: 2 });
    expect(await journey.transfers()).toMatchObject([{ idempotency_key: before?.bank_key }]);
  });

  it('settles slowly where the bank is slow, and is in progress until then', async () => {
    const amount = await world.bank.amount('slow-settlement');
    const journey = await Journey.pending(world, alice, { amount });
    await journey.approve();
    expect(await journey.reaches('processing')).toMatchObject({ final: false });
    const answer = await world.partner('DELETE', `/partner/v1/intents/${journey.id}`);
    expect(await refusal(answer)).toEqual([409, 'payment-in-progress']);
  });

  it.each([
    ['insufficient-funds', 'insufficient-funds'],
    ['policy-approval-required', 'needs-approver'],
  ] as const)('is declined when the bank finds %s then', async (effect, reason) => {
    const journey = await Journey.pending(world, alice, {
      amount: await world.bank.amount(effect),
    });
    await journey.approve();
    expect(await journey.reaches('declined')).toMatchObject({ reason, final: true });
    expect(await journey.transfers()).toEqual([]);
    const { payment } = await alice.state(journey.id);
    expect(payment).toMatchObject({ status: 'declined', reason });
  });

  it('from an account that is empty is declined, whatever the review warned', async () => {
    const journey = await Journey.begin(world, alice);
    const { accounts } = await alice.review(journey.id);
    const empty = accounts.find(({ balance }) => balance === '0.00');
    await journey.confirmed({ account: empty?.id ?? '' });
    await journey.reaches('approval_needed');
    await journey.approve();
    expect(await journey.reaches('declined')).toMatchObject({ reason: 'insufficient-funds' });
    expect(await journey.transfers()).toEqual([]);
  });

  it.each([
    ['beneficiary_bic_invalid', 'payee-account-invalid'],
    ['beneficiary_iban_invalid', 'payee-account-invalid'],
    ['beneficiary_status', 'payee-not-usable'],
    ['beneficiary_network_rules_error', 'payee-not-reachable'],
    ['organisation_compliance_reasons', 'compliance'],
    ['debit_account_insufficient_funds', 'insufficient-funds'],
    ['qonto_processing_failed', 'bank-processing-failed'],
  ])('is declined when the transfer ends with %s', async (raw, reason) => {
    const amount = await world.bank.amount(`declined:${raw}`);
    const journey = await Journey.pending(world, alice, { amount });
    await journey.approve();
    expect(await journey.reaches('declined')).toMatchObject({ reason, final: true });
    expect(await journey.transfers()).toMatchObject([{ status: 'declined', declined_reason: raw }]);
  });
});

describe.concurrent('a payment that nobody approves', () => {
  it('is denied when the member refuses, and nothing moves', async () => {
    const journey = await Journey.pending(world, alice);
    await journey.refuse();
    expect(await journey.reaches('denied')).toMatchObject({ final: true, reason: null });
    expect(await journey.transfers()).toEqual([]);
    const { snapshot, payment } = await alice.state(journey.id);
    expect(snapshot).toMatchObject({ status: 'denied', payable: true, why: null });
    expect(payment).toMatchObject({ status: 'denied', approval: null, cancelable: false });
  });

  it('by a member without a device ends at once, and only that member learns why', async () => {
    const noah = await world.signedIn('Noah Bernard');
    const journey = await Journey.begin(world, noah);
    await journey.confirmed();
    await journey.reaches('not_enrolled');
    expect(await journey.pushes()).toBe(0);
    expect(await journey.transfers()).toEqual([]);
    expect((await noah.state(journey.id)).payment?.status).toBe('not_enrolled');
    const { payment, snapshot } = await alice.state(journey.id);
    expect([payment?.status, snapshot?.status]).toEqual(['declined', 'declined']);
  });

  it('is canceled by the payer, and a later approval on the phone moves nothing', async () => {
    const journey = await Journey.pending(world, alice);
    const pageToken = await alice.openPage(journey.id);
    const answer = await alice.form(`/pay/api/intents/${journey.id}/cancel`, { pageToken });
    expect(answer.status).toBe(200);
    await journey.reaches('canceled');
    await journey.approve();
    // Nobody works on an attempt that is not live.
    expect(await journey.attempts()).toMatchObject([{ live: false, sends: 1, in_flight: false }]);
    expect(await journey.transfers()).toEqual([]);
    const again = await alice.form(`/pay/api/intents/${journey.id}/cancel`, { pageToken });
    expect(await refusal(again)).toEqual([409, 'not-cancelable']);
  });
});

describe.concurrent('after a payment', () => {
  it('that paid, nobody can pay the invoice again', async () => {
    const journey = await Journey.pending(world, alice);
    const adam = await world.signedIn('Adam Dupont');
    await journey.approve();
    await journey.reaches('settled');
    const pageToken = await adam.openPage(journey.id);
    const { snapshot, review } = await adam.state(journey.id);
    expect([snapshot?.payable, snapshot?.why, review]).toEqual([false, 'paid', null]);
    const fields = { pageToken, idempotencyKey: 'k', reviewVersion: '1', account: 'a' };
    const answer = await adam.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([409, 'already-paid']);
    const withdrawal = await world.partner('DELETE', `/partner/v1/intents/${journey.id}`);
    expect(await refusal(withdrawal)).toEqual([409, 'already-paid']);
    expect(await journey.transfers()).toHaveLength(1);
  });

  it('that was refused, the invoice can be paid anew, under another key', async () => {
    const journey = await Journey.pending(world, alice);
    await journey.refuse();
    await journey.reaches('denied');
    await journey.confirmed();
    await journey.reaches('approval_needed');
    await journey.approve();
    await journey.reaches('settled');
    expect((await journey.payments()).map(({ status }) => status)).toEqual(['settled', 'denied']);
    const keys = (await journey.attempts()).map(({ bank_key }) => bank_key);
    expect(new Set(keys).size).toBe(2);
    expect(await journey.transfers()).toMatchObject([{ idempotency_key: keys[1] }]);
  });
});

describe("by the bank's clock a payment", () => {
  it('is denied until 895 seconds after the push', async () => {
    const journey = await Journey.pending(world, alice);
    await world.bank.advance(885);
    await journey.refuse();
    await world.passTime(0);
    await journey.reaches('denied');
  });

  it('is expired from then on, for the bank says "deny" to both', async () => {
    const journey = await Journey.pending(world, alice);
    await world.bank.advance(896);
    await journey.refuse();
    await world.passTime(0);
    await journey.reaches('expired');
  });

  it('is expired when nobody has answered, and may be paid anew', async () => {
    const journey = await Journey.pending(world, alice);
    await world.passTime(901);
    await journey.reaches('expired');
    expect((await alice.state(journey.id)).snapshot).toMatchObject({ payable: true });
    await expect(journey.approve()).rejects.toThrow('a waiting session');
    expect(await journey.transfers()).toEqual([]);
  });

  it('is expired even when the bank cannot be asked any more', async () => {
    const journey = await Journey.pending(world, alice);
    await world.bank.faults({
      match: { method: 'GET', path: '/v2/sca_sessions/*', times: 1000 },
      do: { status: 503 },
    });
    await world.passTime(880);
    await journey.reaches('approval_needed');
    await world.passTime(60);
    await world.passTime(0);
    await journey.reaches('expired');
    await world.bank.clearFaults();
    expect(await journey.transfers()).toEqual([]);
  });

  it('settles two minutes later where the bank is slow', async () => {
    const amount = await world.bank.amount('slow-settlement');
    const journey = await Journey.pending(world, alice, { amount });
    await journey.approve();
    await journey.reaches('processing');
    await world.passTime(125);
    await journey.reaches('settled');
  });
});
