import { randomUUID } from 'node:crypto';
import type { PayState, Problem } from '@qonto-pay/shared';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from './support/journey.js';
import { checkedReview, createMany, manyConfirmation, stateWhen } from './support/many.js';
import type { Payer } from './support/payer.js';
import { intentBody, newIban, startWorld, type World } from './support/world.js';

const DOCUMENTS = 'https://documents.example';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld({ attachmentHosts: [DOCUMENTS] });
  alice = await world.signedIn();
});
afterAll(() => world.close());
// What one test looks at must not count against the next one's thirty payee checks an hour.
beforeEach(async () => {
  await world.database.query(`update payee_checks set started_at = started_at - interval '2 h'`);
});

type Fields = Record<string, string | readonly string[]>;

/** A form as a browser sends it: a field of many values is repeated. */
function send(payer: Payer, intent: string, action: string, fields: Fields) {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  );
  return payer.page(`/pay/api/intents/${intent}/${action}`, {
    method: 'POST',
    headers: { Origin: world.url, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  });
}

const rowsOf = (count: number) => Array.from({ length: count }, () => ({}));

/** An intent of some rows, checked, and the token of its page. */
async function begin(count: number, payer = alice) {
  const intent = await createMany(world, rowsOf(count));
  const pageToken = await payer.openPage(intent);
  await checkedReview(payer, intent);
  return { intent, pageToken };
}

async function problem(answer: Response): Promise<Pick<Problem, 'code' | 'field'>> {
  const { code, field } = (await answer.json()) as Problem;
  return { code, ...(field !== undefined && { field }) };
}

const selected = async (answer: Response) => {
  const { review } = (await answer.json()) as PayState;
  return [review?.selected, review?.count, review?.amount, review?.check];
};

const paid = async () =>
  Number((await world.database.query('select count(*) from payments')).rows[0].count);

describe.concurrent('choosing rows', () => {
  it('reads them in each way that a form may send them, and counts anew', async () => {
    const { intent, pageToken } = await begin(5);
    const choose = async (select: string | string[]) =>
      selected(await send(alice, intent, 'review', { pageToken, select }));
    expect(await choose('0,2-3')).toEqual([[0, 2, 3], 3, '3703.50', 'needed']);
    expect(await choose(['', '4', '1'])).toEqual([[1, 4], 2, '2469.00', 'needed']);
    expect(await choose('')).toEqual([[], 0, '0.00', 'needed']);
    expect(await choose('all')).toEqual([[0, 1, 2, 3, 4], 5, '6172.50', 'done']);
  });

  it('asks the bank only where the payer wants it', async () => {
    const { intent, pageToken } = await begin(3);
    await send(alice, intent, 'review', { pageToken, select: '0-1' });
    expect((await alice.state(intent)).review?.check).toBe('needed');
    const answer = await send(alice, intent, 'review', { pageToken, check: 'yes' });
    expect(answer.status).toBe(200);
    expect((await checkedReview(alice, intent)).selected).toEqual([0, 1]);
  });

  it.each<[what: string, fields: Fields, code: string, field: string]>([
    ['rows that are none', { select: '1,x' }, 'invalid-selection', 'select'],
    ['a range that goes backwards', { select: '2-1' }, 'invalid-selection', 'select'],
    ['row 400', { select: '400' }, 'invalid-selection', 'select'],
    ['all and more', { select: ['all', '1'] }, 'invalid-selection', 'select'],
    ['a row that the intent has not', { select: '0,3' }, 'invalid-selection', 'items[3]'],
    ['no row to check', { select: '', check: 'yes' }, 'invalid-selection', 'select'],
    ['a day that is none', { payOn: '2026-02-30' }, 'invalid-date', 'payOn'],
    ['a day that has passed', { payOn: '2020-01-01' }, 'invalid-date', 'payOn'],
    ['no day', { payOn: '' }, 'invalid-date', 'payOn'],
    ['a check that is none', { check: 'maybe' }, 'invalid-request', 'check'],
    ['two days', { payOn: ['now', 'due'] }, 'invalid-request', 'payOn'],
  ])('refuses %s, and names the field', async (_what, fields, code, field) => {
    const { intent, pageToken } = await begin(3);
    const answer = await send(alice, intent, 'review', { pageToken, ...fields });
    expect(await problem(answer)).toEqual({ code, field });
    expect((await alice.state(intent)).review?.payOn).toBe('now');
  });
});

describe('confirming many rows', () => {
  it('takes one field for each decision', async () => {
    const close = await world.bank.payee('close-match');
    const intent = await createMany(world, [{}, close, {}, await world.bank.payee('no-match')]);
    const { accept, ...fields } = await manyConfirmation(alice, intent);
    expect(accept).toBe('1,3');
    const none = await send(alice, intent, 'confirm', fields);
    expect(await problem(none)).toEqual({ code: 'payee-not-accepted', field: 'items[1]' });
    const one = await send(alice, intent, 'confirm', { ...fields, acceptPayee: 'yes' });
    expect(await problem(one)).toEqual({ code: 'payee-not-accepted', field: 'items[1]' });
    const half = await send(alice, intent, 'confirm', { ...fields, accept: ['1', '2'] });
    expect(await problem(half)).toEqual({ code: 'payee-not-accepted', field: 'items[3]' });
    const wrong = await send(alice, intent, 'confirm', { ...fields, accept: '1,400' });
    expect(await problem(wrong)).toEqual({ code: 'invalid-selection', field: 'accept' });
    const answer = await send(alice, intent, 'confirm', { ...fields, accept: ['3', '1'] });
    expect(answer.status).toBe(202);
    const { payment } = (await answer.json()) as PayState;
    expect(payment).toMatchObject({ kind: 'bulk', items: [0, 1, 2, 3], amount: '4938.00' });
  });

  it('is the same request however its rows are written, and another one with other rows', async () => {
    const { intent } = await begin(3);
    const fields = { ...(await manyConfirmation(alice, intent)), accept: '0-2' };
    const first = await send(alice, intent, 'confirm', fields);
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([202, null]);
    const again = await send(alice, intent, 'confirm', { ...fields, accept: ['2', '0', '1'] });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const other = await send(alice, intent, 'confirm', { ...fields, accept: '0-1' });
    expect(await refusal(other)).toEqual([422, 'idempotency-key-reused']);
  });

  it('may name 400 rows, each in a field of its own', async () => {
    const { intent } = await begin(2);
    const fields = await manyConfirmation(alice, intent);
    const accept = Array.from({ length: 400 }, (_, row) => String(row));
    const answer = await send(alice, intent, 'confirm', { ...fields, accept });
    expect(answer.status).toBe(202);
  });

  it('is refused as a whole where one row is another payment’s, and names it', async () => {
    const { intent } = await begin(3);
    const { rows } = await world.database.query(
      'select external_ref from intent_items where intent_id = $1 and index = 1',
      [intent],
    );
    const other = await createMany(world, [{ externalRef: rows[0].external_ref }]);
    const fields = await manyConfirmation(alice, intent);
    const adam = await world.signedIn('Adam Dupont');
    await adam.confirm(other);
    const before = await paid();
    const answer = await send(alice, intent, 'confirm', fields);
    expect(await problem(answer)).toEqual({ code: 'payment-in-progress', field: 'items[1]' });
    expect(await paid()).toBe(before);
    const pageToken = await alice.openPage(intent);
    const taken = await send(alice, intent, 'review', { pageToken, select: '0-2' });
    expect(taken.status).toBe(409);
    expect(await problem(taken)).toEqual({ code: 'payment-in-progress', field: 'items[1]' });
  });
});

describe('stopping', () => {
  it('takes the rows that wait for their day', async () => {
    const { intent, pageToken } = await begin(3);
    const tomorrow = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await send(alice, intent, 'review', { pageToken, payOn: tomorrow });
    await send(alice, intent, 'confirm', await manyConfirmation(alice, intent));
    await stateWhen(alice, intent, ({ payment }) => payment?.status === 'approval_needed');
    await world.bank.decide('allow');
    await stateWhen(alice, intent, ({ items }) => items.every(({ cancelable }) => cancelable));

    for (const items of ['', '3', '0-3']) {
      const answer = await send(alice, intent, 'cancel', { pageToken, items });
      expect([400, 409]).toContain(answer.status);
    }
    const one = await send(alice, intent, 'cancel', { pageToken, items: '1' });
    expect(one.status).toBe(200);
    await stateWhen(alice, intent, ({ items }) => items[1]?.status === 'canceled');
    const left = (await alice.state(intent)).items.map(({ status }) => status);
    expect(left).toEqual(['scheduled', 'canceled', 'scheduled']);
    await send(alice, intent, 'cancel', { pageToken, items: 'all' });
    const { items } = await stateWhen(
      alice,
      intent,
      ({ payment }) => payment?.status === 'canceled',
    );
    expect(items.map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled']);
  });

  it('refuses rows that are no rows, and names the field', async () => {
    const { intent, pageToken } = await begin(2);
    for (const items of ['', 'x']) {
      const answer = await send(alice, intent, 'cancel', { pageToken, items });
      expect(await problem(answer)).toEqual({ code: 'invalid-selection', field: 'items' });
    }
    const open = await send(alice, intent, 'cancel', { pageToken, items: '1' });
    expect(await problem(open)).toEqual({ code: 'not-cancelable', field: 'items[1]' });
  });
});

describe('asking a colleague', () => {
  const actions = ['request', 'request/approve', 'request/decline'];
  const fieldsFor = (pageToken: string) => ({ idempotencyKey: randomUUID(), pageToken });

  async function asked() {
    const emma = await world.signedIn('Emma Schmidt');
    const intent = await createMany(world, rowsOf(2));
    await emma.signIn(intent, 'Emma Schmidt', { wanted: 'ask' });
    const { review, canAsk } = await emma.state(intent);
    expect(canAsk).toBe(true);
    const ask = {
      ...fieldsFor(await emma.openPage(intent)),
      ...{ reviewVersion: String(review?.version), account: review?.accountId ?? '' },
      select: 'all',
      note: 'Please pay these two.',
    };
    return { emma, intent, ask };
  }

  async function reviewer(intent: string) {
    const adam = await world.signedIn('Adam Dupont');
    await adam.signIn(intent, 'Adam Dupont', { wanted: 'review' });
    const { payment } = await stateWhen(
      adam,
      intent,
      (state) => state.payment?.reviewable === true,
    );
    const fields = { ...fieldsFor(await adam.openPage(intent)), payment: payment?.id ?? '' };
    return { adam, fields };
  }

  it.each(actions)('needs a sign-in, our page and a key (%s)', async (action) => {
    const { intent, pageToken } = await begin(2);
    const seen = action === 'request' ? { reviewVersion: '1', select: '0' } : { payment: 'pay_1' };
    const fields = { ...fieldsFor(pageToken), ...seen };
    const stranger = await send(world.newPayer(), intent, action, fields);
    expect(await refusal(stranger)).toEqual([401, 'not-signed-in']);
    const { idempotencyKey: _key, ...keyless } = fields;
    const without = await send(alice, intent, action, keyless);
    expect(await refusal(without)).toEqual([400, 'idempotency-key-missing']);
    const forged = await send(alice, intent, action, { ...fields, pageToken: 'forged' });
    expect(await refusal(forged)).toEqual([403, 'page-token-invalid']);
    const long = await send(alice, intent, action, { ...fields, note: 'x'.repeat(501) });
    expect(await problem(long)).toEqual({ code: 'invalid-request', field: 'note' });
    const elsewhere = await alice.page(`/pay/api/intents/${intent}/${action}`, { method: 'POST' });
    expect(await refusal(elsewhere)).toEqual([403, 'not-same-origin']);
  });

  it('is answered by the colleague’s approval, on their own phone', async () => {
    const { emma, intent, ask } = await asked();
    const first = await send(emma, intent, 'request', ask);
    expect(first.status).toBe(202);
    const again = await send(emma, intent, 'request', ask);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const { adam, fields } = await reviewer(intent);
    const answer = await send(adam, intent, 'request/approve', fields);
    expect(answer.status).toBe(202);
    await stateWhen(adam, intent, ({ payment }) => payment?.status === 'approval_needed');
    await world.bank.decide('allow');
    await stateWhen(emma, intent, ({ items }) => items.every(({ status }) => status === 'settled'));
  });

  it.each(['Not now.', ''])('is answered by the colleague’s no (%j)', async (note) => {
    const { emma, intent, ask } = await asked();
    await send(emma, intent, 'request', ask);
    const { adam, fields } = await reviewer(intent);
    const answer = await send(adam, intent, 'request/decline', { ...fields, note });
    expect(answer.status).toBe(200);
    const { payment } = await stateWhen(
      emma,
      intent,
      (state) => state.payment?.reason === 'request-declined',
    );
    expect(payment).toMatchObject({ kind: 'request', status: 'denied' });
    const late = await send(adam, intent, 'request/approve', fields);
    expect(await refusal(late)).toEqual([409, 'request-not-pending']);
  });
});

describe('an intent of 400 items', () => {
  it('may have the longest values and a document each, and is shown at once', async () => {
    const long = (length: number) => 'É'.repeat(length);
    const items = Array.from({ length: 400 }, (_, row) => ({
      ...intentBody().items[0],
      externalRef: `${row}-`.padEnd(64, '~'),
      payee: { name: long(70), iban: newIban() },
      reference: long(140),
      dueDate: '2030-12-31',
      attachments: [{ url: `${DOCUMENTS}/${'d'.repeat(800)}`, sha256: 'a'.repeat(64) }],
    }));
    const body = { ...intentBody(), items };
    expect(Buffer.byteLength(JSON.stringify(body))).toBeGreaterThan(512 * 1024);
    const answer = await world.partner('POST', '/partner/v1/intents', { body });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    expect((await checkedReview(alice, id)).selected).toHaveLength(400);
    const path = `/pay/api/intents/${id}`;
    for (const encoding of ['gzip', 'identity']) {
      const state = await alice.page(path, { headers: { 'Accept-Encoding': encoding } });
      const isZipped = state.headers.get('content-encoding') === 'gzip';
      const bytes = Number(state.headers.get('content-length'));
      expect([encoding === 'gzip', bytes < 60_000]).toEqual([isZipped, isZipped]);
      expect(((await state.json()) as PayState).items).toHaveLength(400);
    }
    const widget = await fetch(`${world.url}/v1/intents?ids=${id}`, {
      headers: { Origin: 'http://localhost:4000' },
    });
    expect(widget.headers.get('access-control-allow-origin')).toBe('http://localhost:4000');
    expect(((await widget.json()) as { intents: { count: number }[] }).intents[0]?.count).toBe(400);
  });
});
