import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Driver, type Json, MATCH, TRUSTED, TRUSTED_BENEFICIARY } from './driver.js';
import { call, carryOut, send } from './orders.js';

const UNTRUSTED = '01930000-0000-7000-8004-000000000006';
const PENDING = '01930000-0000-7000-8004-000000000029';

let bank: Driver;
let alice: string;

beforeAll(async () => {
  bank = await Driver.start();
});
beforeEach(async () => {
  await bank.control('POST', '/reset');
  await bank.control('PUT', '/switches', { beneficiary_trust_scope: true });
  alice = await bank.token('alice', 'organization.read payment.write beneficiary.trust');
});
afterAll(() => bank.close());

const add = (beneficiary: Json = MATCH) => call('POST', '/v2/sepa/beneficiaries', { beneficiary });
const change = (beneficiary: Json, id = UNTRUSTED, verb = 'PATCH') =>
  call(verb, `/v2/sepa/beneficiaries/${id}`, { beneficiary });
const trust = (ids: unknown, verb = 'trust') =>
  call('PATCH', `/v2/sepa/beneficiaries/${verb}`, { ids });

async function stored(id: string): Promise<Json> {
  return (await bank.get(`/v2/sepa/beneficiaries/${id}`, alice)).json.beneficiary;
}

describe('adding a beneficiary', () => {
  it('answers 201 with a pending, untrusted one (facts 4.2)', async () => {
    const { status, json } = await send(bank, alice, add({ ...MATCH, activity_tag: 'salary' }));
    expect(status).toBe(201);
    expect(json.beneficiary).toMatchObject({
      ...{ ...MATCH, status: 'pending', trusted: false, activity_tag: 'salary', bic: null },
    });
    expect(await stored(json.beneficiary.id)).toEqual(json.beneficiary);
  });

  it('needs the idempotency key and answers it once (facts 4.2, 5.2)', async () => {
    const wish = add();
    expect((await send(bank, alice, { ...wish, key: '' })).status).toBe(400);
    const first = await send(bank, alice, wish);
    expect((await send(bank, alice, wish)).text).toBe(first.text);
  });

  it('refuses an IBAN that is known already with 400 (facts 4.2)', async () => {
    const answer = await send(bank, alice, add({ ...TRUSTED, name: 'Another name' }));
    expect(answer).toMatchObject({
      ...{ status: 400, json: { errors: [{ detail: 'This IBAN has already been taken' }] } },
    });
    expect((await stored(TRUSTED_BENEFICIARY)).name).toBe(TRUSTED.name);
  });

  it.each([
    [{ iban: MATCH.iban }, 'missing', '/beneficiary/name'],
    [{ ...MATCH, iban: 'FR7610278008281039295362037' }, 'invalid_iban', '/beneficiary/iban'],
    [{ ...MATCH, activity_tag: 'groceries' }, 'not_in_list', '/beneficiary/activity_tag'],
  ])('refuses %j as %s (facts 4.2)', async (fields, code, pointer) => {
    const answer = await send(bank, alice, add(fields));
    expect(answer).toMatchObject({
      status: 422,
      json: { errors: [{ code, source: { pointer } }] },
    });
  });

  it.each([
    ['never', [201, 201]],
    ['always', [428, 428]],
    ['sometimes', [201, 428]],
  ])('asks %s for approval where the switch says so (facts 3.1)', async (value, statuses) => {
    await bank.control('PUT', '/switches', { beneficiary_create_sca: value });
    const other = { name: 'Jean Dupont', iban: 'FR7614508012341040087295167' };
    const answers = [await send(bank, alice, add()), await send(bank, alice, add(other))];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it('goes on after the approval (facts 3.1, 3.4)', async () => {
    await bank.control('PUT', '/switches', { beneficiary_create_sca: 'always' });
    expect((await carryOut(bank, alice, add())).status).toBe(201);
    expect((await bank.ledger()).pushes).toMatchObject([{ action_type: 'beneficiary.create' }]);
  });

  it('is validated by its first payment (facts 4.2)', async () => {
    const { json } = await send(bank, alice, add());
    await bank.pay(alice, { beneficiary: MATCH });
    expect((await stored(json.beneficiary.id)).status).toBe('validated');
  });

  it('is for an owner or admin (facts 2.4)', async () => {
    const mia = await bank.token('mia');
    expect((await send(bank, mia, add())).status).toBe(403);
  });
});

describe('changing a beneficiary', () => {
  it('of no trust asks for approval, and changes what may change (facts 3.1, 4.2)', async () => {
    const wish = change({ name: 'New name', email: 'a@b.example', iban: MATCH.iban });
    const before = await stored(UNTRUSTED);
    const { status, json } = await carryOut(bank, alice, wish);
    expect(status).toBe(200);
    expect(json.beneficiary).toMatchObject({
      ...{ name: 'New name', email: 'a@b.example', iban: before.iban },
      activity_tag: before.activity_tag,
    });
    expect((await bank.ledger()).pushes).toHaveLength(1);
  });

  it('of trust asks for none (facts 3.1)', async () => {
    const answer = await send(bank, alice, change({ activity_tag: 'tax' }, TRUSTED_BENEFICIARY));
    expect(answer).toMatchObject({ status: 200, json: { beneficiary: { activity_tag: 'tax' } } });
  });

  it('needs at least one field (facts 4.2)', async () => {
    for (const fields of [{}, { iban: MATCH.iban }]) {
      expect((await send(bank, alice, change(fields))).status).toBe(422);
    }
  });

  it('of a pending one is 404, or works where the switch says so (facts 4.2, 8 no. 12)', async () => {
    const wish = change({ name: 'New name' }, PENDING);
    expect((await send(bank, alice, wish)).status).toBe(404);
    await bank.control('PUT', '/switches', { pending_beneficiary_update: 200 });
    expect((await carryOut(bank, alice, wish)).status).toBe(200);
  });

  it('is a PATCH, or a PUT where the switch says so (facts 4.2, 8 no. 12)', async () => {
    const statuses = async () => {
      const verbs = ['PATCH', 'PUT'].map((verb) => {
        return send(bank, alice, change({ email: 'a@b.example' }, TRUSTED_BENEFICIARY, verb));
      });
      return (await Promise.all(verbs)).map(({ status }) => status);
    };
    expect(await statuses()).toEqual([200, 404]);
    await bank.control('PUT', '/switches', { beneficiary_update_verb: 'PUT' });
    expect(await statuses()).toEqual([404, 200]);
    await bank.control('PUT', '/switches', { beneficiary_update_verb: 'both' });
    expect(await statuses()).toEqual([200, 200]);
  });

  it('of an unknown or foreign one is 404 (facts 4.2)', async () => {
    const nora = await bank.token('nora');
    expect((await send(bank, nora, change({ name: 'Mine' }))).status).toBe(404);
  });
});

describe('trust', () => {
  it('is given to several at once after one approval (facts 3.1, 4.2)', async () => {
    const { status, json } = await carryOut(bank, alice, trust([UNTRUSTED, PENDING]));
    expect(status).toBe(200);
    expect(json.beneficiaries).toMatchObject([
      { id: UNTRUSTED, trusted: true },
      { id: PENDING, trusted: true, status: 'validated' },
    ]);
    expect((await bank.ledger()).pushes).toMatchObject([{ action_type: 'beneficiary.trust' }]);
    const [{ summary }] = await bank.control('GET', '/sca-sessions');
    expect(summary).toMatchObject({ amount_cents: null, count: 2, title: 'Trust 2 payees' });
  });

  it('spares the phone from then on (facts 3.1, 4.2)', async () => {
    await carryOut(bank, alice, trust([UNTRUSTED]));
    const { name, iban } = await stored(UNTRUSTED);
    const transfer = await bank.transfer(alice, { beneficiary_id: UNTRUSTED });
    const body = JSON.parse(transfer.body);
    body.vop_proof_token = await bank.proof(alice, { name, iban });
    const answer = await bank.create(alice, { ...transfer, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
  });

  it('is taken back without an approval (facts 3.1, 4.2)', async () => {
    const answer = await send(bank, alice, trust([TRUSTED_BENEFICIARY], 'untrust'));
    expect(answer).toMatchObject({ status: 200, json: { beneficiaries: [{ trusted: false }] } });
  });

  it('needs its own scope, which taking it back does not (facts 2.3, 4.2)', async () => {
    const token = await bank.token();
    const answer = await send(bank, token, trust([UNTRUSTED]));
    expect(answer.status).toBe(403);
    expect(answer.json.errors[0].detail).toContain('beneficiary.trust');
    expect((await send(bank, token, trust([UNTRUSTED], 'untrust'))).status).toBe(200);
  });

  it.each([
    ['no', [], 422],
    ['401', Array.from({ length: 401 }, () => UNTRUSTED), 422],
    ['malformed', ['x'], 422],
    ['unknown', ['0f0e5b1a-6a0e-4b3e-9d7a-1f2e3d4c5b6a'], 404],
  ])('refuses %s ids (facts 4.2)', async (_what, ids, status) => {
    expect((await send(bank, alice, trust(ids))).status).toBe(status);
    expect((await bank.ledger()).pushes).toEqual([]);
  });
});

describe('the list', () => {
  it('filters and sorts by the time of the last change (facts 4.2)', async () => {
    await bank.advance(60);
    const { json } = await carryOut(bank, alice, change({ name: 'Changed' }));
    const at = json.beneficiary.updated_at;
    const names = async (query: string) => {
      const answer = await bank.get(`/v2/sepa/beneficiaries?${query}`, alice);
      return answer.json.beneficiaries.map((one: Json) => one.name);
    };
    expect(await names(`updated_at_from=${at}`)).toEqual(['Changed']);
    expect(await names(`updated_at_to=${at}&per_page=100`)).toHaveLength(30);
    expect((await names('per_page=1'))[0]).toBe('Changed');
    expect((await names('sort_by=updated_at:asc&per_page=1'))[0]).not.toBe('Changed');
    expect((await bank.get('/v2/sepa/beneficiaries?updated_at_from=x', alice)).status).toBe(422);
  });
});
