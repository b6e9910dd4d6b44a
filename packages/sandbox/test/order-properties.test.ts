import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Answer,
  Driver,
  EMPTY_ACCOUNT,
  type Json,
  MAIN_ACCOUNT,
  MATCH,
  TRUSTED,
  TRUSTED_BENEFICIARY,
} from './driver.js';
import { bulk, type Call, CLOSE, call, ORDER_SCOPES, recurring, send } from './orders.js';

const MAIN = 'FR7616958000011111111110107';
const PROJECTS = 'FR7616958000011111111120292';
const UNTRUSTED = '01930000-0000-7000-8004-000000000006';
const SCOPES = `${ORDER_SCOPES} beneficiary.trust`;

let bank: Driver;

beforeAll(async () => {
  bank = await Driver.start();
});
afterAll(() => bank.close());

async function begin(): Promise<void> {
  await bank.control('POST', '/reset');
  await bank.control('PUT', '/switches', { beneficiary_trust_scope: true });
}

const tokenOf = (member: string) => bank.token(member, SCOPES);

function transferBody(fields: Json, proof: string): Json {
  const target = fields.beneficiary_id ? {} : { beneficiary: MATCH };
  const standard = { bank_account_id: MAIN_ACCOUNT, reference: 'INV-1', amount: '1.00' };
  return { vop_proof_token: proof, transfer: { ...standard, ...target, ...fields } };
}

/** Every kind of order that there is, ready to be sent. */
const MAKERS: Record<string, (token: string, wish: Json) => Promise<Call>> = {
  transfer: async (token, { amount, account }) => {
    const body = transferBody({ amount, bank_account_id: account }, await bank.proof(token, MATCH));
    return call('POST', '/v2/sepa/transfers', body);
  },
  trusted: async (token, { amount, account }) => {
    const fields = { amount, bank_account_id: account, beneficiary_id: TRUSTED_BENEFICIARY };
    const body = transferBody(fields, await bank.proof(token, TRUSTED));
    return call('POST', '/v2/sepa/transfers', body);
  },
  bulk: (token, { amount }) => bulk(bank, token, [{ amount }, { payee: CLOSE }, { amount }]),
  recurring: (token, { amount, account }) =>
    recurring(bank, token, { amount, bank_account_id: account, frequency: 'weekly' }),
  request: async (_token, { amount }) => {
    const payment = {
      ...{ amount, currency: 'EUR', reference: 'INV-1' },
      ...{ credit_iban: CLOSE.iban, credit_account_name: CLOSE.name },
    };
    const request_multi_transfer = { note: 'Please', transfers: [payment, payment] };
    return call('POST', '/v2/requests/multi_transfers', { request_multi_transfer });
  },
  approve: async (token, wish) => {
    const asked = await send(bank, token, (await MAKERS.request?.(token, wish)) as Call);
    const { id } = asked.json.request_multi_transfer;
    return call('POST', `/v2/requests/multi_transfers/${id}/approve`);
  },
  internal: async (_token, { amount, isBack }) => {
    const [debit_iban, credit_iban] = isBack ? [PROJECTS, MAIN] : [MAIN, PROJECTS];
    const order = { debit_iban, credit_iban, reference: 'Own', amount, currency: 'EUR' };
    return call('POST', '/v2/internal_transfers', { internal_transfer: order });
  },
  trust: async () => call('PATCH', '/v2/sepa/beneficiaries/trust', { ids: [UNTRUSTED] }),
  untrust: async () =>
    call('PATCH', '/v2/sepa/beneficiaries/untrust', { ids: [TRUSTED_BENEFICIARY] }),
  beneficiary: async () => call('POST', '/v2/sepa/beneficiaries', { beneficiary: CLOSE }),
  update: async () =>
    call('PATCH', `/v2/sepa/beneficiaries/${UNTRUSTED}`, { beneficiary: { name: 'New' } }),
};

function make(kind: string, token: string, wish: Json): Promise<Call> {
  const maker = MAKERS[kind];
  if (!maker) throw new Error(`there is no order "${kind}"`);
  return maker(token, wish);
}

const amount = fc.oneof(
  fc.constantFrom('666.01', '666.21', '666.31', '666.41', '0.01', '29999.99', '5000.01'),
  fc.integer({ min: 100, max: 2_900_000 }).map((cents) => (cents / 100).toFixed(2)),
);
const order = fc.record({
  ...{ what: fc.constant('order' as const), kind: fc.constantFrom(...Object.keys(MAKERS)), amount },
  account: fc.constantFrom(MAIN_ACCOUNT, MAIN_ACCOUNT, EMPTY_ACCOUNT),
  isBack: fc.boolean(),
  decision: fc.constantFrom('allow', 'allow', 'deny', 'none'),
});
const action = fc.oneof(
  { weight: 4, arbitrary: order },
  fc.record({ what: fc.constant('repeat' as const), which: fc.nat() }),
  fc.record({ what: fc.constant('cancel' as const), which: fc.nat() }),
  fc.record({
    what: fc.constant('advance' as const),
    seconds: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 900_000 })),
  }),
);

interface Sent {
  readonly wish: Call;
  readonly session: string | undefined;
}

async function carry(token: string, wish: Json, sent: Sent[]): Promise<void> {
  const one = await make(wish.kind, token, wish);
  const { status, json } = await send(bank, token, one);
  const session = status === 428 ? json.sca_session_token : undefined;
  sent.push({ wish: one, session });
  if (session === undefined || wish.decision === 'none') return;
  await bank.decide(session, wish.decision);
  await send(bank, token, one, session);
}

async function cancel(token: string, which: number): Promise<void> {
  const { transfers, recurring_transfers } = await bank.ledger();
  const all = [
    ...transfers.map(({ id }: Json) => `/v2/sepa/transfers/${id}/cancel`),
    ...recurring_transfers.map(({ id }: Json) => `/v2/sepa/recurring_transfers/${id}/cancel`),
  ];
  if (all.length > 0) await bank.post(all[which % all.length], token);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function accounts(token: string): Promise<Json[]> {
  return (await bank.get('/v2/organization', token)).json.organization.bank_accounts;
}

async function expectSoundBooks(token: string, opening: number): Promise<void> {
  const now = await accounts(token);
  const { transfers, internal_transfers } = await bank.ledger();
  const { json } = await bank.get('/v2/sepa/transfers?per_page=100&status[]=pending', token);
  const executed = transfers.filter(({ status }: Json) => /^(processing|settled)$/.test(status));
  const balance = sum(now.map((account) => account.balance_cents));
  expect(opening - balance).toBe(sum(executed.map((one: Json) => one.amount_cents)));
  // Nothing is promised to an execution of a standing order before it is sent.
  const promised = [
    ...json.transfers.filter((one: Json) => one.recurring_transfer_id === null),
    ...internal_transfers.filter(({ status }: Json) => status === 'processing'),
  ];
  const authorised = sum(now.map((account) => account.authorized_balance_cents));
  expect(balance - authorised).toBe(sum(promised.map((one: Json) => one.amount_cents)));
  expect(now.every((account) => account.authorized_balance_cents >= 0)).toBe(true);
}

it('changes the sum of cents by executed transfers only, whatever is called (facts 4.4 to 4.8, 5.2)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      await begin();
      let token = await tokenOf('alice');
      const opening = sum((await accounts(token)).map((account) => account.balance_cents));
      const sent: Sent[] = [];
      for (const step of actions) {
        if (step.what === 'advance') await bank.advance(step.seconds);
        token = await tokenOf('alice');
        if (step.what === 'order') await carry(token, step, sent);
        if (step.what === 'cancel') await cancel(token, step.which);
        const again = step.what === 'repeat' ? sent[step.which % (sent.length || 1)] : undefined;
        if (again) await send(bank, token, again.wish, again.session);
        await expectSoundBooks(token, opening);
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);

const SIGNED = ['transfer', 'bulk', 'recurring', 'approve', 'trust', 'update'];
const signed = fc.record({
  kind: fc.constantFrom(...SIGNED),
  member: fc.constantFrom('alice', 'adam'),
  amount: fc.constantFrom('1.00', '2.00'),
  account: fc.constant(MAIN_ACCOUNT),
});

it('lets no session authorise a request other than its own, of any kind (facts 3.4)', async () => {
  await fc.assert(
    fc.asyncProperty(signed, signed, async (one, other) => {
      await begin();
      const [token, foreignToken] = [await tokenOf(one.member), await tokenOf(other.member)];
      const own = await make(one.kind, token, one);
      const foreign = await make(other.kind, foreignToken, other);
      const { json } = await send(bank, token, own);
      await bank.decide(json.sca_session_token, 'allow');
      const isSame = own.path === foreign.path && own.body === foreign.body;
      if (!isSame || one.member !== other.member) {
        const stolen = await send(bank, foreignToken, foreign, json.sca_session_token);
        expect(stolen).toMatchObject({ status: 422, json: { errors: { message: 'Not found' } } });
        const { transfers, bulk_transfers, recurring_transfers } = await bank.ledger();
        expect([transfers, bulk_transfers, recurring_transfers]).toEqual([[], [], []]);
      }
      expect((await send(bank, token, own, json.sca_session_token)).status).toBe(200);
      // Used up, even for itself under another key.
      const again = await send(bank, token, { ...own, key: 'another' }, json.sca_session_token);
      expect(again.status).toBeGreaterThanOrEqual(400);
    }),
    { numRuns: 40 },
  );
}, 120_000);

const KEYED = ['transfer', 'trusted', 'bulk', 'recurring', 'request', 'approve', 'internal'];
const keyed = fc.record({
  kind: fc.constantFrom(...KEYED, 'beneficiary'),
  amount: fc.constantFrom('1.00', '666.21'),
  account: fc.constantFrom(MAIN_ACCOUNT, EMPTY_ACCOUNT),
  spoiled: fc.constantFrom(undefined, '{', '[]', '{"transfer":{}}'),
});

const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;

it('keeps no answer but a 2xx (facts 5.2)', async () => {
  await fc.assert(
    fc.asyncProperty(keyed, async (wish) => {
      await begin();
      const token = await tokenOf('alice');
      const good = await make(wish.kind, token, wish);
      const first = await send(bank, token, { ...good, body: wish.spoiled ?? good.body });
      const second = await send(bank, token, good);
      if (isSuccess(first)) expect(second.text).toBe(first.text);
      else expect(second.json.trace_id ?? 'success').not.toBe(first.json.trace_id);
      const third = await send(bank, token, { ...good, body: 'no json' });
      const hasSucceeded = isSuccess(first) || isSuccess(second);
      if (hasSucceeded) expect(third.text).toBe(second.text);
      else expect(isSuccess(third)).toBe(false);
    }),
    { numRuns: 60 },
  );
}, 120_000);

it('answers from the cache for 30 minutes and never later (facts 5.2)', async () => {
  const kind = fc.constantFrom('trusted', 'request', 'internal');
  const age = fc.oneof(fc.integer({ min: 0, max: 3500 }), fc.constantFrom(1790, 1800, 1801));
  await fc.assert(
    fc.asyncProperty(kind, age, async (what, seconds) => {
      await begin();
      const token = await tokenOf('alice');
      const wish = await make(what, token, { amount: '1.00', account: MAIN_ACCOUNT });
      const first = await send(bank, token, wish);
      await bank.advance(seconds);
      const later = await send(bank, token, wish);
      expect(isSuccess(later)).toBe(true);
      expect(later.text === first.text).toBe(seconds < 1800);
    }),
    { numRuns: 40 },
  );
}, 120_000);
