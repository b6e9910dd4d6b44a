import { randomUUID } from 'node:crypto';
import type { PartnerIntent } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../src/service.js';
import { PAYEES } from './support/bank.js';
import { Journey, refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { newIban, startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
let adam: Payer;
let second: Service;
beforeAll(async () => {
  world = await startWorld();
  second = await world.startInstance();
  [alice, adam] = await Promise.all([world.signedIn(), world.signedIn('Adam Dupont')]);
});
afterAll(async () => {
  await assertSound(world);
  await second.close();
  await world.close();
});

const approvalAnew = async (payer: Payer, intent: string, method = 'paired-device') =>
  payer.form(`/pay/api/intents/${intent}/approval`, {
    pageToken: await payer.openPage(intent),
    method,
  });

describe.concurrent('confirming twice', () => {
  it('with the same key is one payment, and the second answer says that it is a replay', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    const first = await alice.sendConfirmation(journey.id, fields);
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([202, null]);
    const again = await alice.sendConfirmation(journey.id, fields);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await journey.payments()).toHaveLength(1);
  });

  it('with the same key for another body is refused, and the payment goes on', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    expect((await alice.sendConfirmation(journey.id, fields)).status).toBe(202);
    const other = { ...fields, account: 'another account' };
    expect(await refusal(await alice.sendConfirmation(journey.id, other))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    await journey.reaches('approval_needed');
    expect(await journey.payments()).toHaveLength(1);
  });

  it('with the same key for another invoice is refused', async () => {
    const [one, other] = [await Journey.begin(world, alice), await Journey.begin(world, alice)];
    const idempotencyKey = randomUUID();
    await one.confirmed({ idempotencyKey });
    const answer = await alice.confirm(other.id, { idempotencyKey });
    expect(await refusal(answer)).toEqual([422, 'idempotency-key-reused']);
    await other.expectUntouched();
  });

  it('with a key that another member has used is nobody else’s business', async () => {
    const [one, other] = [await Journey.begin(world, alice), await Journey.begin(world, adam)];
    const idempotencyKey = randomUUID();
    await one.confirmed({ idempotencyKey });
    await other.confirmed({ idempotencyKey });
    expect(await other.payments()).toHaveLength(1);
  });

  it('after the payment was refused, with the old key, pays nothing', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    await alice.sendConfirmation(journey.id, fields);
    await journey.reaches('approval_needed');
    await journey.refuse();
    await journey.reaches('denied');
    const again = await alice.sendConfirmation(journey.id, fields);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await journey.payments()).toHaveLength(1);
  });

  it('twenty times at once, through two instances, makes one transfer', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await alice.confirmation(journey.id);
    const shared = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const payer = index % 2 === 0 ? alice : alice.through(second.url);
        const idempotencyKey = index % 4 < 2 ? shared : randomUUID();
        return payer.sendConfirmation(journey.id, { ...fields, idempotencyKey });
      }),
    );
    for (const answer of answers) {
      if (answer.status === 202) continue;
      expect(await refusal(answer)).toEqual([409, 'idempotency-in-progress']);
    }
    expect(answers.some(({ status }) => status === 202)).toBe(true);
    await journey.reaches('approval_needed');
    expect(await journey.payments()).toHaveLength(1);
    expect(await journey.pushes()).toBe(1);
    await journey.approve();
    await journey.reaches('settled');
    expect(await journey.transfers()).toHaveLength(1);
  });
});

describe.concurrent('a colleague', () => {
  it('is told that a payment runs, and nothing of who pays it', async () => {
    const journey = await Journey.begin(world, alice);
    const fields = await adam.confirmation(journey.id);
    await journey.confirmed();
    await journey.reaches('approval_needed');
    const answer = await adam.sendConfirmation(journey.id, fields);
    const text = await answer.clone().text();
    expect(await refusal(answer)).toEqual([409, 'payment-in-progress']);
    for (const secret of ['Alice', journey.iban, 'Main account'])
      expect(text).not.toContain(secret);
    const { payment } = await adam.state(journey.id);
    expect(payment).toMatchObject({
      ...{ mine: false, reason: null, account: null, approval: null, cancelable: false },
    });
    expect(await journey.payments()).toHaveLength(1);
  });

  it('can neither cancel the payment nor ask for its approval anew', async () => {
    const journey = await Journey.pending(world, alice);
    const pageToken = await adam.openPage(journey.id);
    const cancel = await adam.form(`/pay/api/intents/${journey.id}/cancel`, { pageToken });
    expect(await refusal(cancel)).toEqual([404, 'payment-not-found']);
    expect(await refusal(await approvalAnew(adam, journey.id))).toEqual([404, 'payment-not-found']);
    expect((await journey.payment())?.status).toBe('approval_needed');
    expect(await journey.pushes()).toBe(1);
  });
});

describe.concurrent('two intents for one invoice', () => {
  const twins = async () => {
    const one = await Journey.begin(world, alice, { amount: '10.00' });
    const { externalRef } = one;
    const other = await Journey.begin(world, alice, { externalRef, amount: '9999.00' });
    return { one, other };
  };

  it('show the same payment, and a confirmation of the second joins it', async () => {
    const { one, other } = await twins();
    const fields = await alice.confirmation(other.id);
    await one.confirmed();
    await one.reaches('approval_needed');
    const answer = await alice.sendConfirmation(other.id, fields);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const { snapshot } = await alice.state(other.id);
    expect(snapshot).toMatchObject({ status: 'approval_needed', payable: false });
    expect(await one.payments()).toHaveLength(1);
    expect(await other.pushes()).toBe(0);
  });

  it('show the figures of what is really paid to the member who pays', async () => {
    const { one, other } = await twins();
    await one.confirmed();
    const { payment, items } = await alice.state(other.id);
    expect(payment).toMatchObject({ amount: '10.00', items: [0] });
    expect(items[0]).toMatchObject({
      ...{ amount: '10.00', payee: { iban: one.iban }, reference: one.reference },
    });
    expect((await adam.state(other.id)).payment).toMatchObject({ amount: '9999.00' });
  });

  it('never get an approval for what was not confirmed', async () => {
    const { one, other } = await twins();
    await alice.review(other.id);
    await one.confirmed();
    await one.reaches('approval_needed');
    expect((await approvalAnew(alice, other.id)).status).toBe(202);
    await one.reaches('approval_needed');
    expect(await other.pushes()).toBe(0);
    expect(await one.pushes()).toBe(2);
    await one.approve();
    await one.reaches('settled');
    expect(await one.transfers()).toMatchObject([{ amount_cents: 1000, credit_iban: one.iban }]);
  });

  it('cannot be withdrawn while the payment runs', async () => {
    const { one, other } = await twins();
    await one.confirmed();
    const answer = await world.partner('DELETE', `/partner/v1/intents/${other.id}`);
    expect(await refusal(answer)).toEqual([409, 'payment-in-progress']);
  });
});

describe.concurrent('asking for the approval anew', () => {
  it('uses a new key; the old approval is never used, and one transfer is made', async () => {
    const journey = await Journey.pending(world, alice);
    const [old] = await world.bank.sessions(journey.reference);
    expect((await approvalAnew(alice, journey.id)).status).toBe(202);
    await journey.reaches('approval_needed');
    await world.bank.answer(old?.token ?? '', 'allow');
    await journey.approve();
    await journey.reaches('settled');
    const [first, next] = await journey.attempts();
    expect(first).toMatchObject({ live: false, sends: 1 });
    expect(next?.bank_key).not.toBe(first?.bank_key);
    expect(await journey.transfers()).toMatchObject([{ idempotency_key: next?.bank_key }]);
  });

  it('leaves an approval of the old challenge without effect', async () => {
    const journey = await Journey.pending(world, alice);
    const [old] = await world.bank.sessions(journey.reference);
    await approvalAnew(alice, journey.id);
    await journey.reaches('approval_needed');
    await world.bank.answer(old?.token ?? '', 'allow');
    await journey.refuse();
    await journey.reaches('denied');
    expect(await journey.transfers()).toEqual([]);
  });

  it('by a passkey changes the method', async () => {
    const journey = await Journey.pending(world, alice);
    const answer = await approvalAnew(alice, journey.id, 'passkey');
    expect(answer.status).toBe(202);
    await journey.reaches('approval_needed');
    const sessions = await world.bank.sessions(journey.reference);
    expect(sessions.map(({ method }) => method)).toEqual(['paired-device', 'passkey']);
    expect((await alice.state(journey.id)).payment?.approval?.method).toBe('passkey');
    await journey.approve();
    await journey.reaches('settled');
  });

  it('is refused before the phone was asked, and after the payment ended', async () => {
    const journey = await Journey.begin(world, alice);
    expect(await refusal(await approvalAnew(alice, journey.id))).toEqual([
      404,
      'payment-not-found',
    ]);
    await journey.confirmed();
    await journey.reaches('approval_needed');
    await journey.refuse();
    await journey.reaches('denied');
    expect(await refusal(await approvalAnew(alice, journey.id))).toEqual([
      409,
      'approval-not-replaceable',
    ]);
    expect(await journey.pushes()).toBe(1);
  });
});

describe('withdrawing while somebody confirms', () => {
  it('ends with exactly one of both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const journey = await Journey.begin(world, alice);
      const fields = await alice.confirmation(journey.id);
      const [confirmed, withdrawn] = await Promise.all([
        alice.sendConfirmation(journey.id, fields),
        world.partner('DELETE', `/partner/v1/intents/${journey.id}`),
      ]);
      if (withdrawn.status === 200) {
        expect(((await withdrawn.json()) as PartnerIntent).why).toBe('withdrawn');
        expect(await refusal(confirmed)).toEqual([409, 'intent-withdrawn']);
        await journey.expectUntouched();
      } else {
        expect(await refusal(withdrawn)).toEqual([409, 'payment-in-progress']);
        expect(confirmed.status).toBe(202);
        expect(await journey.payments()).toHaveLength(1);
      }
    }
  });
});

describe('asking for the approval anew when the payee is trusted by now', () => {
  it('sends nothing: the bank would ask nobody', async () => {
    const iban = newIban();
    const journey = await Journey.pending(world, alice, { iban });
    const body = {
      beneficiaries: [{ id: 'b1', name: 'X', iban, status: 'validated', trusted: true }],
    };
    await world.bank.faults({ match: PAYEES, do: { status: 200, body } });
    const creates = await world.bank.creates();
    expect((await approvalAnew(alice, journey.id)).status).toBe(202);
    await journey.reaches('failed');
    expect(await world.bank.creates()).toBe(creates);
    await world.bank.clearFaults();
    expect((await alice.state(journey.id)).payment?.reason).toBe('payee-became-trusted');
  });
});

describe('a phone that was asked three times in ten minutes', () => {
  it('is left alone', async () => {
    const strict = await startWorld({ env: { MAX_APPROVALS_PER_MEMBER: '3' } });
    try {
      const payer = await strict.signedIn();
      const journey = await Journey.pending(strict, payer);
      for (const _time of [2, 3]) {
        expect((await approvalAnew(payer, journey.id)).status).toBe(202);
        await journey.reaches('approval_needed');
      }
      expect(await refusal(await approvalAnew(payer, journey.id))).toEqual([
        429,
        'too-many-approvals',
      ]);
      const next = await Journey.begin(strict, payer);
      expect(await refusal(await payer.confirm(next.id))).toEqual([429, 'too-many-approvals']);
      await next.expectUntouched();
      expect(await journey.pushes()).toBe(3);
      await strict.passTime(601);
      await next.confirmed();
    } finally {
      await strict.close();
    }
  });
});
