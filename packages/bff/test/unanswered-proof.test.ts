import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Fault, LIST, POLL, READ_PAYEE, READ_TRANSFER } from './support/bank.js';
import { type Journey, refusal } from './support/journey.js';
import { silence } from './support/unanswered.js';

const bank = silence();

/** A transfer as the bank would answer it, with something else in it than was confirmed. */
async function answered(journey: Journey, changes: object) {
  const [attempt] = await journey.attempts();
  const { transfer } = JSON.parse(attempt?.body.toString() ?? '') as {
    transfer: Record<string, string>;
  };
  return {
    transfer: {
      ...{ id: (await journey.payment())?.items[0]?.transferId ?? randomUUID(), status: 'pending' },
      ...{ amount_cents: Number(transfer.amount?.replace('.', '')), amount_currency: 'EUR' },
      ...{ bank_account_id: transfer.bank_account_id, beneficiary_id: transfer.beneficiary_id },
      ...{ note: transfer.note, created_at: new Date().toISOString() },
      ...changes,
    },
  };
}

async function expectHeld(journey: Journey, alarm: string): Promise<void> {
  await journey.reaches('held');
  expect(await journey.alarms()).toContain(`alarm:${alarm}`);
  const { snapshot, payment } = await journey.payer.state(journey.id);
  expect(snapshot).toMatchObject({ status: 'held', payable: false, why: 'in-progress' });
  expect(payment).toMatchObject({ status: 'held', cancelable: false });
  const withdrawal = await bank.world.partner('DELETE', `/partner/v1/intents/${journey.id}`);
  expect(await refusal(withdrawal)).toEqual([409, 'payment-in-progress']);
}

describe('absence', () => {
  it('is proved by three clean listings over two minutes once the key is dead', async () => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    await bank.pass(25 * 60 + 1);
    await bank.pass(0);
    await bank.pass(0);
    await bank.pass(100);
    expect((await journey.payment())?.status).toBe('unknown');
    await bank.pass(21);
    expect(await journey.reaches('failed')).toMatchObject({ final: true });
    expect((await journey.payer.state(journey.id)).payment?.reason).toBe('not-at-the-bank');
    expect(await journey.transfers()).toEqual([]);
    const payer = await bank.world.signedIn();
    expect((await payer.confirm(journey.id)).status).toBe(202);
    await bank.settles(journey);
    const keys = (await journey.attempts()).map(({ bank_key }) => bank_key);
    expect(new Set(keys).size).toBe(2);
  });

  it.each<[string, Fault['do']]>([
    ['that breaks off', { truncateBytes: 10 }],
    ['that is a login page', { html: true }],
    ['that is not answered', { resetBefore: true }],
    ['in a form nobody knows', { status: 200, body: { transfers: 'none' } }],
    [
      'whose pages do not add up',
      {
        status: 200,
        body: { transfers: [], meta: { next_page: null, total_count: 1 } },
      },
    ],
  ])('is not proved by a listing %s', async (_what, trouble) => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    await bank.world.bank.faults({ match: { ...LIST, times: 100 }, do: trouble });
    for (const seconds of [25 * 60 + 1, 61, 61, 61]) await bank.pass(seconds);
    expect((await journey.payment())?.status).toBe('unknown');
    expect(await journey.attempts()).toMatchObject([{ clean_listings: 0, sends: 1 }]);
  });

  it('is not proved while a transfer could be the one, whatever its note', async () => {
    const journey = await bank.unanswered({ resetBefore: true }, { trusted: true });
    const token = await bank.world.bank.token('alice', 'payment.write organization.read');
    const send = (path: string, body: object) =>
      fetch(bank.world.bank.url + path, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'X-Qonto-Idempotency-Key': randomUUID(),
        },
        body: JSON.stringify(body),
      });
    const payee = await bank.world.bank.payee('trusted');
    const check = await send('/v2/sepa/verify_payee', {
      ...{ iban: payee.iban, beneficiary_name: payee.name },
    });
    const { proof_token } = (await check.json()) as { proof_token: { token: string } };
    const [attempt] = await journey.attempts();
    const { transfer } = JSON.parse(attempt?.body.toString() ?? '') as { transfer: object };
    const made = await send('/v2/sepa/transfers', {
      vop_proof_token: proof_token.token,
      transfer: { ...transfer, note: 'by hand' },
    });
    expect(made.ok).toBe(true);
    await bank.pass(25 * 60 + 1);
    await expectHeld(journey, 'look-alike-transfer');
  });
});

describe('what the bank reports otherwise than it was confirmed', () => {
  it.each([
    ['amount', { amount_cents: 999_999 }],
    ['currency', { amount_currency: 'USD' }],
    ['account', { bank_account_id: randomUUID() }],
  ])('at once (%s) is held, with an alarm', async (_what, changes) => {
    const first = await bank.unanswered({ resetBefore: true }, { trusted: true });
    const body = await answered(first, changes);
    await bank.world.bank.faults({
      match: { method: 'POST', path: '/v2/sepa/transfers' },
      do: { status: 200, body },
    });
    await bank.pass(31);
    await expectHeld(first, 'bank-reports-otherwise');
  });

  it('in the first answer is held, with an alarm', async () => {
    const twin = await bank.confirmed(undefined, { trusted: true });
    const body = await answered(twin, { amount_cents: 1 });
    const journey = await bank.confirmed({ status: 200, body }, { trusted: true });
    await expectHeld(journey, 'bank-reports-otherwise');
  });

  it('as a transfer that is another payment already is held, with an alarm', async () => {
    const amount = await bank.world.bank.amount('slow-settlement');
    const first = await bank.confirmed(undefined, { trusted: true, amount });
    await first.reaches('processing');
    const body = await answered(first, {});
    const journey = await bank.confirmed({ status: 200, body }, { trusted: true, amount });
    await expectHeld(journey, 'transfer-of-another-payment');
    expect((await journey.payment())?.items[0]?.transferId).toBeNull();
  });

  it.each([
    ['its amount changes', { amount_cents: 1 }],
    ['its account changes', { bank_account_id: randomUUID() }],
  ])('later, when %s, is held, with an alarm', async (_what, changes) => {
    const amount = await bank.world.bank.amount('slow-settlement');
    const journey = await bank.confirmed(undefined, { trusted: true, amount });
    await journey.reaches('processing');
    const body = await answered(journey, changes);
    await bank.world.bank.faults({ match: READ_TRANSFER, do: { status: 200, body } });
    await bank.pass(5);
    await expectHeld(journey, 'bank-reports-otherwise');
  });

  it('as the payee is held, with an alarm, before it reads as settled', async () => {
    const { name } = await bank.world.bank.payee('trusted');
    const beneficiary = {
      ...{ id: 'b', name, status: 'validated', trusted: true },
      iban: 'FR7610278008281039295362036',
    };
    await bank.world.bank.faults({
      match: { ...READ_PAYEE, times: 100 },
      do: { status: 200, body: { beneficiary } },
    });
    const journey = await bank.confirmed(undefined, { trusted: true });
    await expectHeld(journey, 'payee-differs');
  });

  it('stays with a person: a payer who comes back starts no work on it', async () => {
    const twin = await bank.confirmed(undefined, { trusted: true });
    const body = await answered(twin, { amount_cents: 1 });
    const journey = await bank.confirmed(undefined);
    await journey.reaches('approval_needed');
    await bank.world.bank.faults({
      match: { method: 'POST', path: '/v2/sepa/transfers' },
      do: { status: 200, body },
    });
    await journey.approve();
    await journey.reaches('held');
    const hint = await fetch(`${bank.world.url}/v1/intents/${journey.id}/hint`, { method: 'POST' });
    expect(hint.status).toBe(204);
    const { rows } = await bank.world.database.query(
      `select a.next_at = 'infinity' as rests, a.hinted from attempts a
       join payment_items h using (payment_id) where h.external_ref = $1`,
      [journey.externalRef],
    );
    expect(rows).toEqual([{ rests: true, hinted: false }]);
  });
});

describe('what the bank says in a new word', () => {
  it('is neither paid nor failed: an alarm, and it is asked again', async () => {
    const amount = await bank.world.bank.amount('slow-settlement');
    const journey = await bank.confirmed(undefined, { trusted: true, amount });
    await journey.reaches('processing');
    const body = await answered(journey, { status: 'frozen' });
    await bank.world.bank.faults({ match: READ_TRANSFER, do: { status: 200, body } });
    await bank.pass(5);
    expect((await journey.payment())?.status).toBe('processing');
    expect(await journey.alarms()).toContain('alarm:transfer-status-unrecognized');
    await bank.pass(121);
    await journey.reaches('settled');
  });

  it.each<[string, Fault['do']]>([
    ['not found', { status: 404, body: { errors: [{ code: 'not_found' }] } }],
    ['a new result', { status: 200, body: { result: 'snoozed' } }],
    ['nothing', { resetBefore: true }],
    ['a login page', { html: true }],
  ])('about an approval (%s) is no outcome: the session is kept', async (what, trouble) => {
    const journey = await bank.confirmed(undefined);
    await journey.reaches('approval_needed');
    await bank.world.bank.faults({ match: POLL, do: trouble });
    await bank.pass(1);
    expect((await journey.payment())?.status).toBe('approval_needed');
    const alarms = what === 'not found' ? ['alarm:approval-session-not-found'] : [];
    expect(await journey.alarms()).toEqual(alarms);
    await journey.approve();
    await bank.settles(journey);
  });
});
