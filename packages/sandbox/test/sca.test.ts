import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, type Transfer } from './driver.js';
import { bulk, CLOSE, send } from './orders.js';

let bank: Driver;
let alice: string;
let transfer: Transfer;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  alice = await bank.token();
  transfer = await bank.transfer(alice);
});
afterAll(() => bank.close());

async function challenge(): Promise<string> {
  return (await bank.create(alice, transfer)).json.sca_session_token;
}

async function poll(session: string): Promise<Json> {
  return (await bank.get(`/v2/sca_sessions/${session}`, alice)).json;
}

const MISMATCH = { status: 422, json: { errors: { message: 'Not found' } } };

describe('the challenge', () => {
  it('has the flat body with a session token of 64 characters (facts 3.3)', async () => {
    const { status, json, headers } = await bank.create(alice, transfer);
    expect(status).toBe(428);
    expect(json).toMatchObject({
      ...{ action_type: 'transfer.single.create', code: 'sca_required', message: 'SCA required' },
      ...{ sca_session_token: expect.stringMatching(/^[\w-]{64}$/) },
      trace_id: headers.get('x-tyk-trace-id'),
    });
  });

  it('says so for a passkey (facts 3.3)', async () => {
    const headers = { 'X-Qonto-2fa-Preference': 'passkey' };
    const { json } = await bank.create(alice, { ...transfer, headers });
    expect(json).toMatchObject({ message: 'Passkey verification required' });
    expect(json.sca_session_token).toBeTruthy();
  });

  it('has no token for a member without a device (facts 3.3)', async () => {
    const noah = await bank.token('noah');
    const { status, json } = await bank.create(noah, await bank.transfer(noah));
    expect(status).toBe(428);
    expect(json).toMatchObject({ code: 'sca_not_enrolled' });
    expect(json).not.toHaveProperty('sca_session_token');
  });

  it('refuses a preference that is none (facts 3.2)', async () => {
    const headers = { 'X-Qonto-2fa-Preference': 'sms-otp' };
    expect((await bank.create(alice, { ...transfer, headers })).status).toBe(400);
  });

  it('shows the control API what is signed', async () => {
    const session = await challenge();
    expect(await bank.control('GET', '/sca-sessions')).toMatchObject([
      {
        ...{ token: session, member: 'alice', action_type: 'transfer.single.create' },
        ...{ result: 'waiting', pushes: 1 },
        summary: { amount_cents: 1250, payee: 'Atelier Lumière SARL' },
      },
    ]);
  });
});

describe('the session', () => {
  it('waits, and reads allow once the member has allowed (facts 3.4)', async () => {
    const session = await challenge();
    expect(await poll(session)).toEqual({ result: 'waiting', canceled_at: '' });
    await bank.decide(session, 'allow');
    expect(await poll(session)).toEqual({ result: 'allow', canceled_at: '' });
  });

  it('reads deny once the member has refused (facts 3.4)', async () => {
    const session = await challenge();
    await bank.decide(session, 'deny');
    expect(await poll(session)).toMatchObject({ result: 'deny' });
  });

  it('reads deny at 900 seconds and not before (facts 3.4, 7)', async () => {
    const session = await challenge();
    await bank.advance(895);
    expect((await poll(session)).result).toBe('waiting');
    await bank.advance(5);
    expect((await poll(session)).result).toBe('deny');
    const late = await bank.send('POST', `/_control/sca-sessions/${session}/allow`);
    expect(late.status).toBe(409);
  });

  it('is decided once', async () => {
    const session = await challenge();
    await bank.decide(session, 'deny');
    expect((await bank.send('POST', `/_control/sca-sessions/${session}/allow`)).status).toBe(409);
    expect((await poll(session)).result).toBe('deny');
  });

  it('is not found under the other path, an unknown token or by another member (facts 3.4, 3.6)', async () => {
    const session = await challenge();
    expect((await bank.get(`/v2/sca/sessions/${session}`, alice)).text).toBe('404 page not found');
    expect((await bank.get('/v2/sca_sessions/unknown', alice)).status).toBe(404);
    expect((await bank.get(`/v2/sca_sessions/${session}`, await bank.token('adam'))).status).toBe(
      404,
    );
    expect((await bank.get(`/v2/mocked_sca_sessions/${session}`, alice)).status).toBe(404);
  });
});

describe('the replay', () => {
  it('passes once with an allowed session, and never again (facts 3.4)', async () => {
    const session = await challenge();
    await bank.decide(session, 'allow');
    expect((await bank.create(alice, transfer, session)).status).toBe(200);
    const again = await bank.create(alice, { ...transfer, key: 'another' }, session);
    expect(again).toMatchObject(MISMATCH);
    expect((await bank.ledger()).transfers).toHaveLength(1);
  });

  it('of a waiting session is challenged anew with a new push (facts 3.4)', async () => {
    const session = await challenge();
    const again = await bank.create(alice, transfer, session);
    expect(again.status).toBe(428);
    expect(again.json.sca_session_token).not.toBe(session);
    expect((await bank.ledger()).pushes).toHaveLength(2);
  });

  it('of a denied session is 412 (facts 3.4, 3.5)', async () => {
    const session = await challenge();
    await bank.decide(session, 'deny');
    expect((await bank.create(alice, transfer, session)).status).toBe(412);
  });

  it('of an expired session is 412, even when it was allowed (facts 3.4)', async () => {
    const session = await challenge();
    await bank.decide(session, 'allow');
    await bank.advance(900);
    expect((await bank.create(alice, transfer, session)).status).toBe(412);
    expect((await bank.ledger()).transfers).toEqual([]);
  });

  it.each([
    ['amount', '"12.50"', '"12.51"'],
    ['payee', 'Atelier', 'Ateller'],
    ['space between two fields', '","amount"', '" ,"amount"'],
  ])('with another %s is 422 with errors as an object (facts 3.4)', async (_what, from, to) => {
    const session = await challenge();
    await bank.decide(session, 'allow');
    const body = transfer.body.replace(from, to);
    expect(body).not.toBe(transfer.body);
    expect(await bank.create(alice, { ...transfer, body }, session)).toMatchObject(MISMATCH);
  });

  it('by another member or with another preference is 422 (facts 3.2, 3.4)', async () => {
    const session = await challenge();
    await bank.decide(session, 'allow');
    const adam = await bank.token('adam');
    expect(await bank.create(adam, transfer, session)).toMatchObject(MISMATCH);
    const headers = { 'X-Qonto-2fa-Preference': 'passkey' };
    expect(await bank.create(alice, { ...transfer, headers }, session)).toMatchObject(MISMATCH);
    expect((await bank.create(alice, transfer, session)).status).toBe(200);
  });

  it('with an unknown token is 422 (facts 3.4)', async () => {
    expect(await bank.create(alice, transfer, 'x'.repeat(64))).toMatchObject(MISMATCH);
  });

  it('may differ in its bytes where the switch binds the payment only (facts 3.4)', async () => {
    await bank.control('PUT', '/switches', { sca_binding: 'payment' });
    const session = await challenge();
    await bank.decide(session, 'allow');
    const other = { ...transfer, body: transfer.body.replace('12.50', '12.51') };
    expect(await bank.create(alice, other, session)).toMatchObject(MISMATCH);
    const same = { ...transfer, body: transfer.body.replace('"12.50"', '"12.5"') };
    expect((await bank.create(alice, same, session)).status).toBe(200);
  });

  it('may reorder a bulk nowhere, not even where the switch binds the payment only (facts 3.4)', async () => {
    await bank.control('PUT', '/switches', { sca_binding: 'payment' });
    const wish = await bulk(bank, alice, [{ amount: '1.00' }, { payee: CLOSE, amount: '2.00' }]);
    const { json } = await send(bank, alice, wish);
    await bank.decide(json.sca_session_token, 'allow');
    const swapped = wish.body.replace('"1.00"', '"x"').replace('"2.00"', '"1.00"');
    const other = { ...wish, body: swapped.replace('"x"', '"2.00"') };
    expect(await send(bank, alice, other, json.sca_session_token)).toMatchObject(MISMATCH);
    const same = { ...wish, body: wish.body.replace('INV-0', 'INV-9') };
    expect((await send(bank, alice, same, json.sca_session_token)).status).toBe(200);
  });

  it('of a denied session is 422 where the switch says so (facts 3.5)', async () => {
    await bank.control('PUT', '/switches', { denied_replay_status: 422 });
    const session = await challenge();
    await bank.decide(session, 'deny');
    expect(await bank.create(alice, transfer, session)).toMatchObject(MISMATCH);
  });
});

describe('the mock', () => {
  const headers = { 'X-Qonto-2fa-Preference': 'mock' };

  it('is allowed over the API and then replayed (facts 3.6)', async () => {
    const { json } = await bank.create(alice, { ...transfer, headers });
    const path = `/v2/mocked_sca_sessions/${json.sca_session_token}`;
    expect((await bank.send('GET', path)).json).toEqual({ result: 'waiting', canceled_at: null });
    expect((await bank.get(`/v2/sca_sessions/${json.sca_session_token}`, alice)).status).toBe(404);
    expect((await bank.send('POST', `${path}/allow`)).json).toEqual({ message: 'Success' });
    const replay = await bank.create(alice, { ...transfer, headers }, json.sca_session_token);
    expect(replay.status).toBe(200);
  });

  it('is denied over the API (facts 3.6)', async () => {
    const { json } = await bank.create(alice, { ...transfer, headers });
    await bank.send('POST', `/v2/mocked_sca_sessions/${json.sca_session_token}/deny`);
    const { json: state } = await bank.send(
      'GET',
      `/v2/mocked_sca_sessions/${json.sca_session_token}`,
    );
    expect(state).toMatchObject({ result: 'deny', canceled_at: expect.any(String) });
  });
});
