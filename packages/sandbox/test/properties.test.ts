import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  Driver,
  EMPTY_ACCOUNT,
  type Json,
  MAIN_ACCOUNT,
  TRUSTED_BENEFICIARY,
  type Transfer,
} from './driver.js';

let bank: Driver;

beforeAll(async () => {
  bank = await Driver.start();
});
afterAll(() => bank.close());

const amount = fc.oneof(
  fc.constantFrom('666.01', '666.21', '666.31', '666.41', '0.01', '29999.99'),
  fc.integer({ min: 1, max: 3_000_000 }).map((cents) => {
    const digits = String(cents).padStart(3, '0');
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }),
);

const action = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('pay' as const), amount },
    account: fc.constantFrom(MAIN_ACCOUNT, EMPTY_ACCOUNT),
    isTrusted: fc.boolean(),
    decision: fc.constantFrom('allow', 'deny', 'none'),
  }),
  fc.record({ kind: fc.constant('repeat' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('cancel' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('advance' as const), seconds: fc.integer({ min: 0, max: 1000 }) }),
);

async function accounts(token: string): Promise<Json[]> {
  return (await bank.get('/v2/organization', token)).json.organization.bank_accounts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function pay(token: string, wish: Json, sent: Transfer[]): Promise<void> {
  const target = wish.isTrusted ? { beneficiary_id: TRUSTED_BENEFICIARY } : {};
  const fields = { amount: wish.amount, bank_account_id: wish.account, ...target };
  const transfer = await bank.transfer(token, fields);
  sent.push(transfer);
  const { status, json } = await bank.create(token, transfer);
  if (status !== 428 || wish.decision === 'none') return;
  await bank.decide(json.sca_session_token, wish.decision);
  await bank.create(token, transfer, json.sca_session_token);
}

it('changes the sum of cents by executed transfers only (facts 4.4, 5.2)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      await bank.control('POST', '/reset');
      let token = await bank.token();
      const opening = sum((await accounts(token)).map((account) => account.balance_cents));
      const sent: Transfer[] = [];
      for (const step of actions) {
        if (step.kind === 'pay') await pay(token, step, sent);
        if (step.kind === 'advance') await bank.advance(step.seconds);
        token = await bank.token();
        const again = step.kind === 'repeat' ? sent[step.which % (sent.length || 1)] : undefined;
        if (again) await bank.create(token, again);
        const { transfers } = await bank.ledger();
        const withdrawn =
          step.kind === 'cancel' ? transfers[step.which % (transfers.length || 1)] : undefined;
        if (withdrawn) await bank.post(`/v2/sepa/transfers/${withdrawn.id}/cancel`, token);
      }
      const now = await accounts(token);
      const { transfers } = await bank.ledger();
      const centsOf = (...statuses: string[]) =>
        sum(
          transfers
            .filter((one: Json) => statuses.includes(one.status))
            .map((one: Json) => one.amount_cents),
        );
      const balance = sum(now.map((account) => account.balance_cents));
      const authorised = sum(now.map((account) => account.authorized_balance_cents));
      expect(opening - balance).toBe(centsOf('processing', 'settled'));
      expect(balance - authorised).toBe(centsOf('pending'));
      expect(now.every((account) => account.authorized_balance_cents >= 0)).toBe(true);
    }),
    { numRuns: 30 },
  );
}, 60_000);

const order = fc.record({
  amount: fc.constantFrom('1.00', '2.00'),
  reference: fc.constantFrom('one', 'two'),
  payee: fc.constantFrom(
    { name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' },
    { name: 'Jean Dupond', iban: 'FR7614508012341040087295167' },
  ),
  member: fc.constantFrom('alice', 'adam'),
  preference: fc.constantFrom('paired-device', 'passkey', 'mock'),
});

it('lets a session authorise its own request and no other one (facts 3.4)', async () => {
  await fc.assert(
    fc.asyncProperty(order, order, async (approved, other) => {
      await bank.control('POST', '/reset');
      const requestOf = async (wish: typeof approved) => {
        const token = await bank.token(wish.member);
        const fields = { amount: wish.amount, reference: wish.reference, beneficiary: wish.payee };
        const headers = { 'X-Qonto-2fa-Preference': wish.preference };
        return { token, transfer: await bank.transfer(token, fields, headers) };
      };
      // Two requests of the same wish differ too: each has a proof of its own.
      const [own, foreign] = [await requestOf(approved), await requestOf(other)];
      const { json } = await bank.create(own.token, own.transfer);
      await bank.decide(json.sca_session_token, 'allow');
      const stolen = await bank.create(foreign.token, foreign.transfer, json.sca_session_token);
      expect(stolen.status).toBe(422);
      expect((await bank.ledger()).transfers).toEqual([]);
      const replay = await bank.create(own.token, own.transfer, json.sca_session_token);
      expect(replay.status).toBe(200);
    }),
    { numRuns: 40 },
  );
}, 60_000);
