import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PAYEES } from './support/bank.js';
import { Journey, refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

const BANK_ERRORS = [
  'bad-request-error-responding-bank-not-available',
  'bad-request-error-5xx-responding-bank',
  'bad-request-error-responding-bank-invalid-response',
  'internal-server-error-4xx-responding-bank',
  'bad-gateway-error-responding-bank',
  'gateway-timeout-error-responding-bank',
];

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await world.signedIn();
});
afterEach(() => world.bank.clearFaults());
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

const toTrusted = async (payer = alice) =>
  Journey.begin(world, payer, await world.bank.payee('trusted'));

/** The bank tells this of the trusted payee at the next look. */
async function say(known: { trusted: boolean }) {
  const { name, iban } = await world.bank.payee('trusted');
  const token = await world.bank.token('alice', 'organization.read');
  const answer = await fetch(`${world.bank.url}/v2/sepa/beneficiaries?iban[]=${iban}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { beneficiaries } = (await answer.json()) as { beneficiaries: object[] };
  const body = { beneficiaries: beneficiaries.map((one) => ({ ...one, ...known, name, iban })) };
  await world.bank.faults({ match: PAYEES, do: { status: 200, body } });
}

describe.concurrent('a payee that the bank does not confirm', () => {
  it.each([
    ['close-match', 'close_match', 'Jean Dupont'],
    ['no-match', 'no_match', null],
    ['not-possible', 'not_possible', null],
    ...BANK_ERRORS.map((effect): [string, string, null] => [effect, 'not_possible', null]),
  ])('(%s) is paid only after the payer’s own decision', async (effect, result, bankName) => {
    const journey = await Journey.begin(world, alice, await world.bank.payee(effect));
    const { decisionNeeded, items } = await alice.review(journey.id);
    expect(decisionNeeded).toBe(true);
    expect(items[0]?.payeeCheck).toEqual({ result, bankName, was: null });
    const { acceptPayee: _accepted, ...undecided } = await alice.confirmation(journey.id);
    const answer = await alice.sendConfirmation(journey.id, undecided);
    expect(await refusal(answer)).toEqual([409, 'payee-not-accepted']);
    await journey.expectUntouched();
    const accepted = await alice.sendConfirmation(journey.id, { ...undecided, acceptPayee: 'yes' });
    expect(accepted.status).toBe(202);
    await journey.reaches('approval_needed');
    const [session] = await world.bank.sessions(journey.reference);
    const { name, iban } = await world.bank.payee(effect);
    // The name that was given is what is sent, never the bank's.
    expect(session?.summary).toMatchObject({ payee: name, iban });
  });

  it('is written into the audit log with the decision', async () => {
    const journey = await Journey.begin(world, alice, await world.bank.payee('close-match'));
    await journey.confirmed();
    const { rows } = await world.database.query(
      `select detail from audit_log where intent_id = $1 and action = 'status:confirmed'`,
      [journey.id],
    );
    const shown = expect.stringContaining('The bank says: Jean Dupont.');
    expect(rows[0].detail).toMatchObject({
      ...{ lang: 'en', count: 1, amount: '1234.50', trusted: false },
      decisions: [
        {
          ...{ row: 0, externalRef: journey.externalRef, payeeCheck: 'close_match' },
          ...{ bankName: 'Jean Dupont', accepted: true, shown },
        },
      ],
    });
  });
});

describe.concurrent('what the payer has not seen', () => {
  it('is not paid: an older review is refused, and the new one is shown', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    const { accounts, version } = await alice.review(journey.id);
    const account = accounts.find(({ id }) => id !== fields.account)?.id ?? '';
    const { pageToken = '' } = fields;
    const chosen = await alice.form(`/pay/api/intents/${journey.id}/review`, {
      pageToken,
      account,
    });
    expect(chosen.status).toBe(200);
    expect(await alice.review(journey.id)).toMatchObject({
      ...{ version: version + 1, accountId: account, balanceTooLow: true },
    });
    const answer = await alice.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([409, 'review-changed']);
    await journey.expectUntouched();
  });

  it('is not paid: nothing is decided while the payee is being checked', async () => {
    const journey = await Journey.begin(world, alice);
    const pageToken = await alice.openPage(journey.id);
    const { review } = await alice.state(journey.id);
    expect(review?.items[0]?.payeeCheck.result).toBe('pending');
    const answer = await alice.sendConfirmation(journey.id, {
      ...{ pageToken, idempotencyKey: 'k1', account: review?.accountId ?? '' },
      reviewVersion: String(review?.version),
    });
    expect(answer.status).toBe(409);
    expect(['payee-check-pending', 'review-changed']).toContain((await refusal(answer))[1]);
    await journey.expectUntouched();
  });

  it.each(['nobody’s account', '', '\0'])('is not paid from %j', async (account) => {
    const journey = await Journey.begin(world, alice);
    const answer = await alice.confirm(journey.id, { account });
    expect(await refusal(answer)).toEqual([409, 'account-not-usable']);
    await journey.expectUntouched();
  });

  it('is not paid from the account of another organisation', async () => {
    const nora = await world.signedIn('Nora Petit');
    const foreign = await Journey.begin(world, nora);
    const { accountId } = await nora.review(foreign.id);
    const journey = await Journey.begin(world, alice);
    const answer = await alice.confirm(journey.id, { account: accountId });
    expect(await refusal(answer)).toEqual([409, 'account-not-usable']);
    await journey.expectUntouched();
  });
});

describe('a payee that is trusted', () => {
  it('is paid without the phone, right after a sign-in', async () => {
    const payer = await world.signedIn();
    const journey = await toTrusted(payer);
    expect(await payer.review(journey.id)).toMatchObject({
      approval: 'none',
      items: [{ trusted: true, savedName: null }],
    });
    await journey.confirmed();
    await journey.reaches('settled');
    expect(await journey.pushes()).toBe(0);
    expect(await journey.transfers()).toMatchObject([{ credit_iban: journey.iban }]);
  });

  it('is not paid by an older sign-in, by the clock of the bank', async () => {
    const payer = await world.signedIn();
    const journey = await toTrusted(payer);
    const fields = await payer.confirmation(journey.id);
    await world.passTime(16 * 60);
    const answer = await payer.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([403, 'fresh-sign-in-required']);
    await journey.expectUntouched();
    expect((await payer.state(journey.id)).signIn?.reason).toBe('fresh');
    await payer.signIn(journey.id);
    expect((await payer.state(journey.id)).signIn).toBeNull();
    await journey.confirmed();
    await journey.reaches('settled');
    expect(await journey.transfers()).toHaveLength(1);
  });

  it('only since the review is reviewed again, and then needs a fresh sign-in', async () => {
    const payer = await world.signedIn();
    await say({ trusted: false });
    const journey = await toTrusted(payer);
    const fields = await payer.confirmation(journey.id);
    expect((await payer.review(journey.id)).approval).toBe('phone');
    expect(await refusal(await payer.sendConfirmation(journey.id, fields))).toEqual([
      409,
      'review-changed',
    ]);
    const { review, signIn } = await payer.state(journey.id);
    expect([review?.approval, signIn?.reason]).toEqual(['none', 'fresh']);
    expect(await refusal(await payer.confirm(journey.id))).toEqual([403, 'fresh-sign-in-required']);
    await journey.expectUntouched();
    await payer.signIn(journey.id);
    await journey.confirmed();
    await journey.reaches('settled');
    expect(await journey.pushes()).toBe(0);
    expect(await journey.transfers()).toHaveLength(1);
  });

  it('no longer since the review is reviewed again: the phone will be asked', async () => {
    const payer = await world.signedIn();
    const journey = await toTrusted(payer);
    const fields = await payer.confirmation(journey.id);
    await say({ trusted: false });
    const answer = await payer.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([409, 'review-changed']);
    expect((await payer.review(journey.id)).approval).toBe('phone');
    await journey.expectUntouched();
  });

  it('shows the name under which Qonto knows it, where it is another one', async () => {
    const payer = await world.signedIn();
    const { iban } = await world.bank.payee('trusted');
    const journey = await Journey.begin(world, payer, { iban, name: 'Papeterie du Centr' });
    expect((await payer.review(journey.id)).items[0]?.savedName).toBe('Papeterie du Centre');
  });
});

describe('without the bank', () => {
  it('the page says that it does not answer, confirms nothing, and goes on later', async () => {
    const journey = await Journey.begin(world, alice);
    await world.passTime(0);
    await world.bank.faults({ match: { path: '/v2/sepa/verify_payee' }, do: { html: true } });
    await alice.state(journey.id);
    const pageToken = await alice.openPage(journey.id);
    expect(await alice.state(journey.id)).toMatchObject({ bankUnavailable: true, review: null });
    const fields = { pageToken, idempotencyKey: 'k2', reviewVersion: '1', account: 'a' };
    const answer = await alice.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([503, 'bank-unavailable']);
    await journey.expectUntouched();
    await world.bank.advance(6);
    await journey.confirmed();
  });

  it('right before the send nothing is confirmed', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    await world.bank.faults({ match: PAYEES, do: { resetBefore: true } });
    const answer = await alice.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([503, 'bank-unavailable']);
    await journey.expectUntouched();
  });

  it('a member whom the bank refuses is told so, and nothing is stored', async () => {
    const mia = await world.signedIn('Mia Rossi');
    const journey = await Journey.begin(world, mia);
    await world.bank.faults({
      match: { path: '/v2/sepa/verify_payee' },
      do: { status: 403, body: { errors: [{ code: 'forbidden', detail: 'Your role' }] } },
    });
    await mia.state(journey.id);
    const pageToken = await mia.openPage(journey.id);
    expect(await mia.state(journey.id)).toMatchObject({ notAllowed: true, review: null });
    const fields = { pageToken, idempotencyKey: 'k3', reviewVersion: '1', account: 'a' };
    const answer = await mia.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([403, 'not-allowed']);
    await journey.expectUntouched();
  });

  it('a member whose role may only ask is shown the rows, and the bank checks nothing', async () => {
    const emma = await world.signedIn('Emma Schmidt');
    const journey = await Journey.begin(world, emma);
    const state = await emma.state(journey.id);
    expect(state).toMatchObject({ notAllowed: true, canAsk: true, review: { check: 'needed' } });
    const pageToken = await emma.openPage(journey.id);
    const version = String(state.review?.version);
    const fields = { pageToken, idempotencyKey: 'k4', reviewVersion: version, account: 'a' };
    const answer = await emma.sendConfirmation(journey.id, fields);
    expect(await refusal(answer)).toEqual([403, 'not-allowed']);
    await journey.expectUntouched();
  });
});
