import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
  PaymentError,
} from '../src/payments/errors.js';
import type { RequestOrder, RequestType } from '../src/payments/ports.js';
import { MAIN, MATCH, PERSON, QontoAtSandbox } from './support/qonto.js';

const LIST = { method: 'GET', path: '/v2/requests' };

let qonto: QontoAtSandbox;

beforeAll(async () => {
  qonto = await QontoAtSandbox.start();
});
afterAll(() => qonto.close());
beforeEach(() => qonto.reset());

describe('a request to colleagues', () => {
  it.each([
    ['one transfer', 1],
    ['several', 3],
  ])('for %s is asked by one and approved by another', async (_what, count) => {
    const type = 'multi_transfers' as const;
    const id = await ask({ count, note: 'July · QP-ABCDEFGH' });
    expect(
      await qonto.bank().colleagueRequestById('c', { id, type, since: LONG_AGO }),
    ).toMatchObject({
      ...{ id, status: 'pending', note: 'July · QP-ABCDEFGH', processedAt: undefined },
      ...{ createdAt: expect.any(Date), at: expect.any(Date) },
    });

    await qonto.signIn('adam');
    const approval = qonto.bank().requestApproval({ id, type, ...MAIN });
    const answer = await qonto.sendApproved('request-approval', approval);
    expect(answer).toMatchObject({
      kind: 'request_accepted',
      request: { id, status: 'approved', processedAt: expect.any(Date) },
    });
    expect(
      await qonto.bank().colleagueRequestById('c', { id, type, since: LONG_AGO }),
    ).toMatchObject({
      status: 'approved',
    });
    const { transfers } = await qonto.bank().transfersSince('c', new Date(0));
    expect(transfers.map(({ note, reference }) => [note, reference]).sort()).toEqual(
      Array.from({ length: count }, (_, index) => ['July · QP-ABCDEFGH', `INV-${index}`]),
    );
  });

  it('for 400 transfers on a day to come is read back', async () => {
    const order = orderOf({ count: 400, note: 'QP-400' });
    const request = qonto.bank().colleagueRequest({ ...order, scheduledOn: '2099-01-04' });
    await qonto.signIn('emma');
    const answer = await qonto.send('request', request);
    if (answer.kind !== 'request_accepted') return expect.unreachable(answer.kind);
    const { requests } = await qonto.bank().colleagueRequestsSince('c', new Date(0));
    expect(requests).toEqual([answer.request]);
  });

  it('is not allowed on a plan without requests', async () => {
    await qonto.signIn('nora');
    const answer = await qonto.send('request', qonto.bank().colleagueRequest(orderOf()));
    expect(answer).toMatchObject({ kind: 'refused', reason: 'not-allowed' });
  });

  it('needs a permission of its own', async () => {
    await qonto.signIn('emma', 'organization.read');
    const answer = await qonto.send('request', qonto.bank().colleagueRequest(orderOf()));
    expect(answer).toMatchObject({ kind: 'refused', reason: 'consent-needed', outcome: 'failed' });
  });

  it('above 30,000 EUR needs a document', async () => {
    const order = orderOf();
    const items = order.items.map((item) => ({ ...item, amountCents: 3_000_001n }));
    const answer = await qonto.send('request', qonto.bank().colleagueRequest({ ...order, items }));
    expect(answer).toMatchObject({ kind: 'refused', reason: 'document-missing' });
  });
});

describe('an approval', () => {
  it('of the member who asked is refused where four eyes are wanted', async () => {
    await qonto.switches({ payment_policy: 'approval_required' });
    const request = { id: await ask({ member: 'alice', amountCents: 100_001n }), ...SINGLE };
    const answer = await approve(request);
    expect(answer).toMatchObject({ kind: 'refused', reason: 'needs-approver' });
  });

  it('of a member who may not is refused', async () => {
    const request = { id: await ask(), ...SINGLE };
    await qonto.signIn('emma');
    expect(await approve(request)).toMatchObject({ kind: 'refused', reason: 'not-allowed' });
  });

  it("is refused as in the bank's own sandbox", async () => {
    await qonto.switches({ request_review: 'forbidden' });
    const request = { id: await ask(), ...SINGLE };
    expect(await approve(request)).toMatchObject({ kind: 'refused', reason: 'not-allowed' });
  });

  it('from an account that is not there says so', async () => {
    const request = { id: await ask(), ...SINGLE, accountIban: 'FR7600' };
    expect(await approve(request)).toMatchObject({ kind: 'refused', reason: 'account-not-found' });
  });

  it.each([
    [422, 'refused'],
    [400, 'refused'],
    [404, 'no_answer'],
    [409, 'no_answer'],
  ])('of a decided request (%i) never reads as paid', async (status, kind) => {
    await qonto.switches({ decided_request_status: status });
    const request = { id: await ask(), ...SINGLE };
    await qonto.bank().declineRequest('c', { ...request, note: 'No' });
    expect((await approve(request)).kind).toBe(kind);
  });
});

describe('declineRequest', () => {
  it('declines, and tells when somebody was faster', async () => {
    const request = { id: await ask(), ...SINGLE };
    await qonto.bank().declineRequest('c', { ...request, note: 'Not ours' });
    const found = await qonto.bank().colleagueRequestById('c', { ...request, since: LONG_AGO });
    expect(found).toMatchObject({ status: 'declined', processedAt: expect.any(Date) });
  });

  it.each([422, 400, 404, 409])('tells when somebody was faster (%i)', async (status) => {
    await qonto.switches({ decided_request_status: status });
    const request = { id: await ask(), ...SINGLE, note: 'No' };
    await qonto.bank().declineRequest('c', request);
    const again = qonto.bank().declineRequest('c', request);
    await expect(again).rejects.toThrow(PaymentError);
    await expect(again).rejects.toMatchObject({ code: 'request-not-pending' });
  });

  it('tells who may not from what the bank cannot do now', async () => {
    const request = { id: await ask(), ...SINGLE, note: 'No' };
    await qonto.fault({ path: '/v2/requests/multi_transfers/*/decline' }, { status: 503 });
    await expect(qonto.bank().declineRequest('c', request)).rejects.toThrow(BankUnavailableError);
    await qonto.signIn('emma');
    await expect(qonto.bank().declineRequest('c', request)).rejects.toThrow(NotAllowedError);
    await qonto.signIn('alice', 'organization.read');
    await expect(qonto.bank().declineRequest('c', request)).rejects.toThrow(ConsentNeededError);
  });
});

describe('the list of requests', () => {
  it('is read in all its pages, from a time on', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 21; count++) ids.push(await ask());
    const { requests, at } = await qonto.bank().colleagueRequestsSince('c', new Date(0));
    expect(requests.map(({ id }) => id).sort()).toEqual(ids.sort());
    const { calls } = (await qonto.control('GET', '/ledger')) as { calls: object };
    expect(calls).toMatchObject({ 'GET /v2/requests': { 200: 2 } });
    const later = await qonto.bank().colleagueRequestsSince('c', new Date(at.getTime() + 60_000));
    expect(later.requests).toEqual([]);
  });

  it('is read from the time of a request on, and in all where our clock is ahead', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 21; count++) ids.push(await ask());
    const [id = ''] = ids;
    const request = { id, type: 'multi_transfers' as const };
    const calls = async () => {
      const { calls } = (await qonto.control('GET', '/ledger')) as {
        calls: Record<string, Record<string, number>>;
      };
      return calls['GET /v2/requests']?.[200];
    };
    const near = await qonto.bank().colleagueRequestById('c', { ...request, since: LONG_AGO });
    expect([near?.id, await calls()]).toEqual([id, 1]);
    const since = new Date(Date.now() + 3_600_000);
    const ahead = await qonto.bank().colleagueRequestById('c', { ...request, since });
    expect([ahead?.id, await calls()]).toEqual([id, 4]);
  });

  it('does not have what nobody asked for, nor under another type', async () => {
    const id = await ask();
    const bank = qonto.bank();
    expect(
      await bank.colleagueRequestById('c', { id: 'x', type: 'multi_transfers', since: LONG_AGO }),
    ).toBeUndefined();
    expect(
      await bank.colleagueRequestById('c', { id, type: 'transfers', since: LONG_AGO }),
    ).toBeUndefined();
  });

  it('proves no absence by a part of it', async () => {
    const meta = { next_page: null, total_count: 2 };
    await qonto.fault(LIST, { status: 200, body: { requests: [], meta } });
    const request = qonto
      .bank()
      .colleagueRequestById('c', { id: 'x', type: 'multi_transfers', since: LONG_AGO });
    await expect(request).rejects.toThrow(BankUnavailableError);
  });

  it.each([403, 400, 422])('is not for every plan (%i)', async (status) => {
    await qonto.switches({ plan_refusal_status: status });
    await qonto.signIn('nora');
    const list = qonto.bank().colleagueRequestsSince('c', new Date(0));
    await expect(list).rejects.toThrow(NotAllowedError);
  });
});

const LONG_AGO = new Date(0);
const SINGLE = { type: 'multi_transfers' as RequestType, accountIban: MAIN.accountIban };

function orderOf({ count = 1, note = 'QP-1', amountCents = 1_250n } = {}): RequestOrder {
  return {
    accountIban: MAIN.accountIban,
    note,
    scheduledOn: undefined,
    items: Array.from({ length: count }, (_, index) => ({
      ...(index % 2 ? MATCH : PERSON),
      amountCents,
      remittance: `INV-${index}`,
      attachmentIds: [],
    })),
  };
}

/** A member asks; then it is Alice again, the owner. */
async function ask(options: Parameters<typeof orderOf>[0] & { member?: string } = {}) {
  await qonto.signIn(options.member ?? 'emma');
  const answer = await qonto.send('request', qonto.bank().colleagueRequest(orderOf(options)));
  await qonto.signIn('alice');
  if (answer.kind !== 'request_accepted') throw new Error(answer.kind);
  return answer.request.id;
}

function approve(request: { id: string; type: RequestType; accountIban: string }) {
  return qonto.sendApproved('request-approval', qonto.bank().requestApproval(request));
}
