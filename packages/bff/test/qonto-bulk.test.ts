import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BankUnavailableError, NotAllowedError } from '../src/payments/errors.js';
import type { OrderItem } from '../src/payments/ports.js';
import {
  attemptOf,
  MAIN,
  MATCH,
  orderItem,
  PERSON,
  QontoAtSandbox,
  TRUSTED,
} from './support/qonto.js';

const CLOSE = { name: 'Jean Dupond', iban: 'FR7614508012341040087295167' };
const OTHER = { name: 'Global Trade Partners', iban: 'FR7620041060011040879228209' };
const SILENT = { name: 'Kantoor Zuid BV', iban: 'NL75INGB0417169868' };
const BROKEN = { name: 'Süddeutsche Werkzeug GmbH', iban: 'DE83100700240532414564' };
const BULKS = '/v2/sepa/bulk_transfers';

let qonto: QontoAtSandbox;

beforeAll(async () => {
  qonto = await QontoAtSandbox.start();
});
afterAll(() => qonto.close());
beforeEach(() => qonto.reset());

describe('findPayees', () => {
  it.each(['flat', 'nested'])('knows many by IBAN, asked for in batches (%s)', async (shape) => {
    await qonto.switches({ beneficiary_account: shape });
    const unknown = Array.from({ length: 210 }, (_, index) => `FR76${index}`);
    const declined = 'FR7630003004501038503428938';
    const spaced = 'fr76 3000 4008 2810 2345 6700 050';
    const ibans = [MATCH.iban, declined, ...unknown, spaced, 'FR7630003012341024248633186'];
    const { known, at } = await qonto.bank().findPayees('c', ibans);
    expect([...known.keys()].sort()).toEqual(['FR7630003012341024248633186', TRUSTED.iban]);
    expect(known.get(TRUSTED.iban)).toMatchObject({ name: TRUSTED.name, trusted: true });
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(5_000);
    const { calls } = (await qonto.control('GET', '/ledger')) as Ledger;
    expect(calls['GET /v2/sepa/beneficiaries']).toEqual({ 200: 3 });
  });

  it('asks the bank nothing about nobody', async () => {
    expect((await qonto.bank().findPayees('c', [])).known.size).toBe(0);
  });
});

describe('checkPayees of many', () => {
  it.each([
    ['object', 'error_code'],
    ['string', 'error'],
  ])('says of each what its bank says (proof: %s, failure: %s)', async (shape, failure) => {
    await qonto.switches({ proof_token_shape: shape, bulk_check_error: failure });
    const payees = [MATCH, CLOSE, OTHER, SILENT, BROKEN, TRUSTED];
    const { results, proof } = await qonto.bank().checkPayees('c', payees);
    expect(results).toEqual([
      { result: 'match', bankName: undefined },
      { result: 'close_match', bankName: 'Jean Dupont' },
      { result: 'no_match', bankName: undefined },
      { result: 'not_possible', bankName: undefined },
      { result: 'not_possible', bankName: undefined },
      { result: 'match', bankName: undefined },
    ]);
    expect(proof).toMatch(/^[34]\|/);
  });

  it('waits longer for 400 than for one', async () => {
    const bank = qonto.bank({ timeouts: { payeeCheckMs: 100, bulkMs: 5_000 } });
    const payees = Array.from({ length: 400 }, (_, index) => ({ ...MATCH, name: `P ${index}` }));
    await qonto.fault({ path: '/v2/sepa/bulk_verify_payee' }, { delayMs: 300 });
    expect((await bank.checkPayees('c', payees)).results).toHaveLength(400);
    await qonto.fault({ path: '/v2/sepa/verify_payee' }, { delayMs: 300 });
    await expect(bank.checkPayees('c', [MATCH])).rejects.toThrow(BankUnavailableError);
  });

  it('of more than the bank takes is no result', async () => {
    const payees = Array.from({ length: 401 }, (_, index) => ({ ...MATCH, name: `P ${index}` }));
    await expect(qonto.bank().checkPayees('c', payees)).rejects.toThrow(BankUnavailableError);
  });
});

describe('a bulk', () => {
  it.each([
    ['wrapped', 'nested', 200, 'iban'],
    ['bare', 'flat', 201, 'iban_and_name'],
  ])(
    'is approved once, and its payments become transfers or fail (%s, %s)',
    async (shape, errors, status, binding) => {
      await qonto.switches({
        ...{ bulk_answer: shape, bulk_errors: errors },
        ...{ transfer_create_status: status, proof_binding: binding },
      });
      const items = [
        orderItem({ remittance: 'good' }),
        orderItem({ payee: PERSON, amountCents: 66_621n }),
        orderItem({ amountCents: 66_641n }),
        orderItem({ amountCents: 66_642n }),
        orderItem({ amountCents: 3_000_001n }),
        orderItem({ scheduledOn: '2099-01-04' }),
      ];
      const answer = await qonto.sendApproved('bulk', await bulkOf(items));
      if (answer.kind !== 'bulk_accepted') return expect.unreachable(answer.kind);
      const pending = { status: 'pending', transferId: undefined, failedReason: undefined };
      expect(answer.bulk.items).toEqual(
        items.map(({ clientTransferId }) => ({ clientTransferId, ...pending })),
      );

      await qonto.advance(30);
      const bulk = await qonto.bank().bulk('c', answer.bulk.id);
      expect(bulk.id).toBe(answer.bulk.id);
      expect(bulk.items.map((item) => [item.status, item.failedReason])).toEqual([
        ['created', undefined],
        ['failed', 'insufficient-funds'],
        ['failed', 'needs-approver'],
        ['failed', 'approver-missing'],
        ['failed', 'document-missing'],
        ['created', undefined],
      ]);
      const [first, , , , , last] = bulk.items;
      const bank = qonto.bank();
      expect(await bank.transfer('c', first?.transferId ?? '')).toMatchObject({
        ...{ amountCents: 1_250n, reference: 'good', note: 'QP-1', status: 'settled' },
      });
      expect(await bank.transfer('c', last?.transferId ?? '')).toMatchObject({
        status: 'scheduled',
      });
    },
  );

  it('of 400 is one approval, and 400 transfers', async () => {
    const items = Array.from({ length: 400 }, (_, index) =>
      orderItem({ payee: index % 2 ? MATCH : PERSON, amountCents: 100n }),
    );
    const answer = await qonto.sendApproved('bulk', await bulkOf(items));
    if (answer.kind !== 'bulk_accepted') return expect.unreachable(answer.kind);
    await qonto.advance(60);
    const bulk = await qonto.bank().bulk('c', answer.bulk.id);
    expect(bulk.items.map((item) => [item.clientTransferId, item.status])).toEqual(
      items.map((item) => [item.clientTransferId, 'created']),
    );
    expect(((await qonto.control('GET', '/ledger')) as Ledger).pushes).toHaveLength(1);
  });

  it('to trusted payees alone needs no approval', async () => {
    const answer = await qonto.send('bulk', await trustedBulk());
    expect(answer).toMatchObject({ kind: 'bulk_accepted', bulk: { id: expect.any(String) } });
  });

  it('is read as accepted again when only its answer was lost', async () => {
    const attempt = attemptOf('bulk', await trustedBulk());
    await qonto.fault({ method: 'POST', path: BULKS }, { resetAfterCommit: true });
    const bank = qonto.bank();
    expect(await (await bank.ready('c')).send(attempt)).toMatchObject({ kind: 'no_answer' });
    const again = await (await bank.ready('c')).send(attempt);
    if (again.kind !== 'bulk_accepted') return expect.unreachable(again.kind);
    const { bulks } = await bank.bulksSince('c', new Date(0));
    expect(bulks.map(({ id }) => id)).toEqual([again.bulk.id]);
  });

  it.each([401, 400, 422])(
    'with the proof of one payee must be checked anew (%i)',
    async (status) => {
      await qonto.switches({ proof_error_status: status });
      const { proof } = await qonto.bank().checkPayees('c', [MATCH]);
      const items = [orderItem(), orderItem()];
      const request = qonto.bank().transferRequest({ ...MAIN, items, proof });
      expect(await qonto.send('bulk', request)).toMatchObject({
        ...{ kind: 'refused', reason: 'payee-check-expired', outcome: 'failed' },
      });
    },
  );

  it('of a member who may not pay says that it is the bulk that is not allowed', async () => {
    const request = await bulkOf([orderItem(), orderItem()]);
    await qonto.signIn('emma');
    expect(await qonto.send('bulk', request)).toMatchObject({
      ...{ kind: 'refused', reason: 'bulk-not-allowed', outcome: 'declined' },
    });
  });

  it.each([403, 400, 422])('of a plan without bulks says so (%i)', async (status) => {
    await qonto.switches({ plan_refusal_status: status });
    await qonto.signIn('nora');
    const request = await bulkOf([orderItem(), orderItem()]);
    expect(await qonto.send('bulk', request)).toMatchObject({
      ...{ kind: 'refused', reason: 'bulk-not-allowed', outcome: 'declined' },
    });
  });

  it('without the permission asks for it', async () => {
    const request = await bulkOf([orderItem(), orderItem()]);
    await qonto.signIn('alice', 'organization.read');
    expect(await qonto.send('bulk', request)).toMatchObject({
      ...{ kind: 'refused', reason: 'consent-needed', outcome: 'failed' },
    });
  });

  it('has more time than a single transfer', async () => {
    const bank = qonto.bank({ timeouts: { createMs: 100, bulkMs: 5_000 } });
    const request = await trustedBulk();
    await qonto.fault({ method: 'POST', path: BULKS }, { delayMs: 300 });
    const answer = await (await bank.ready('c')).send(attemptOf('bulk', request));
    expect(answer.kind).toBe('bulk_accepted');
  });

  it('that the bank does not have is no bulk', async () => {
    await expect(qonto.bank().bulk('c', 'nowhere')).rejects.toThrow(BankUnavailableError);
  });
});

describe('bulksSince', () => {
  it('reads all pages, a few bulks to each', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 12; count++) {
      const answer = await qonto.send('bulk', await trustedBulk());
      if (answer.kind !== 'bulk_accepted') return expect.unreachable(answer.kind);
      ids.push(answer.bulk.id);
    }
    const { bulks, at } = await qonto.bank().bulksSince('c', new Date());
    expect(bulks.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(bulks[0]?.items).toHaveLength(2);
    const { calls } = (await qonto.control('GET', '/ledger')) as Ledger;
    expect(calls[`GET ${BULKS}`]).toEqual({ 200: 2 });
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(5_000);
  });

  it('is never a part of the list', async () => {
    const meta = { next_page: null, total_pages: 1, total_count: 3 };
    await qonto.fault({ path: BULKS }, { status: 200, body: { bulk_transfers: [], meta } });
    await expect(qonto.bank().bulksSince('c', new Date(0))).rejects.toThrow(BankUnavailableError);
  });

  it('of a member who may not see it says so', async () => {
    await qonto.fault({ path: BULKS }, { status: 403, body: { errors: [{ code: 'forbidden' }] } });
    await expect(qonto.bank().bulksSince('c', new Date(0))).rejects.toThrow(NotAllowedError);
  });
});

interface Ledger {
  calls: Record<string, Record<string, number>>;
  pushes: unknown[];
}

/** The bytes of these payments, with a proof of exactly their payees. */
async function bulkOf(items: OrderItem[]) {
  const payees = items.flatMap(({ payee }) => ('id' in payee ? [] : [payee]));
  const { proof } = await qonto.bank().checkPayees('c', payees);
  const accountId = (await qonto.bank().accounts('c'))[0]?.id ?? '';
  return qonto.bank().transferRequest({ accountId, items, proof });
}

async function trustedBulk() {
  const bank = qonto.bank();
  const { known } = await bank.findPayee('c', TRUSTED.iban);
  const { proof } = await bank.checkPayees('c', [TRUSTED, TRUSTED]);
  const payee = { id: known?.id ?? '' };
  const items = [orderItem({ payee }), orderItem({ payee })];
  return bank.transferRequest({ ...MAIN, items, proof });
}
