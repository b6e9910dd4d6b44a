import { randomUUID } from 'node:crypto';
import type { CreateLinkIntent } from '@qonto-pay/shared';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  basketOrder,
  CONNECTIONS,
  Collecting,
  CREATE_LINK,
  collector,
  DEACTIVATE_LINK,
  DECLINED_CARD,
  invoiceOrder,
  newcomer,
  onboardAt,
  PAID_CARD,
  payLink,
} from './support/collecting.js';
import { refusal } from './support/journey.js';
import { passLinkTime } from './support/link-time.js';
import { stateWhen } from './support/many.js';
import type { Payer } from './support/payer.js';
import { newIban, SHOP, startWorld, type World } from './support/world.js';

const ACTIONS = ['provider', 'link', 'link/choose', 'link/deactivate'];

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await collector(world);
});
afterEach(() => world.bank.clearFaults());
afterAll(() => world.close());

const fieldsFor = (action: string): Record<string, string> => ({
  ...(action === 'provider' ? { account: 'a', phone: '+33612345678' } : {}),
  ...(action === 'link' ? { idempotencyKey: randomUUID(), methods: 'credit_card' } : {}),
  ...(action === 'link/choose' ? { candidate: randomUUID() } : {}),
});

const begin = (order?: CreateLinkIntent) => Collecting.begin(world, alice, order);
const open = (order?: CreateLinkIntent) => Collecting.open(world, alice, order);

describe('the forms of a link', () => {
  it.each(ACTIONS)('are for who is signed in, on our own page (%s)', async (action) => {
    const collecting = await begin();
    const nobody = collecting.by(world.newPayer());
    expect(await refusal(await nobody.send(action, fieldsFor(action)))).toEqual([
      ...[401, 'not-signed-in'],
    ]);
    const pageToken = await collecting.token();
    const path = `/pay/api/intents/${collecting.id}/${action}`;
    const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      alice.form(path, { ...fieldsFor(action), ...fields }, headers);
    const refusals = [
      await send({ pageToken: 'forged' }),
      await send({ pageToken }, { Origin: SHOP }),
      await send({ pageToken }, { 'Sec-Fetch-Site': 'same-site' }),
      await send({ pageToken, more: 'x' }),
    ];
    expect(await Promise.all(refusals.map(refusal))).toEqual([
      [403, 'page-token-invalid'],
      [403, 'not-same-origin'],
      [403, 'not-same-origin'],
      [400, 'invalid-request'],
    ]);
    await collecting.expectNone();
  });

  it.each(['provider', 'link'])('need the permission (%s)', async (action) => {
    const payer = await world.signedIn('Mia Rossi');
    const collecting = (await begin()).by(payer);
    const state = await collecting.state();
    expect([state.signIn?.reason, state.signIn?.url]).toEqual([
      'consent',
      `/pay/${collecting.id}/sign-in?reason=consent&for=collect`,
    ]);
    const answer = await collecting.send(action, fieldsFor(action));
    expect(await refusal(answer)).toEqual([403, 'consent-required']);
    await collecting.expectNone();
  });
});

describe('the connection to the provider', () => {
  it('is made, onboarded and known as soon as the member is back', async () => {
    const noah = await newcomer(world, 'Noah Bernard');
    const collecting = (await begin()).by(noah);
    const before = await collecting.shown();
    expect([before.provider?.status, before.creatable]).toEqual(['not_connected', false]);
    expect(before.provider?.accounts.map(({ name }) => name)).toEqual(['Main account', 'Projects']);
    expect(await refusal(await collecting.create())).toEqual([409, 'provider-not-connected']);

    const answer = await collecting.connect({ phone: '+33 6 12-34.56(78)', website: '' });
    expect(answer.status).toBe(200);
    const { provider } = await collecting.shown();
    expect([provider?.status, provider?.location]).toEqual([
      'pending',
      expect.stringContaining(`${world.bank.url}/onboarding/`),
    ]);
    const location = provider?.location ?? '';
    expect(await onboardAt(noah, location, 'pending')).toBe(
      `${world.url}/pay/${collecting.id}?provider=back`,
    );
    expect((await collecting.shown()).provider?.status).toBe('pending');
    await onboardAt(noah, location, 'disabled');
    expect((await collecting.shown()).provider?.status).toBe('disabled');
    await onboardAt(noah, location, 'enabled');
    expect(await collecting.shown()).toMatchObject({
      ...{ provider: { status: 'enabled' }, creatable: true },
      methods: [
        { name: 'credit_card', wanted: true, enabled: true },
        { name: 'apple_pay', wanted: false, enabled: true },
        { name: 'paypal', wanted: false, enabled: false },
        { name: 'ideal', wanted: true, enabled: true },
      ],
    });
  });

  it.each([
    [{ phone: '0612345678' }, 400, 'invalid-phone-number', 'phone'],
    [{ description: 'We sell ink.' }, 400, 'invalid-description', 'description'],
    [{ website: 'ftp://example.com' }, 400, 'invalid-website', 'website'],
    [{ website: 'https://me@example.com' }, 400, 'invalid-website', 'website'],
    [{ account: 'no-account' }, 409, 'account-not-usable', 'account'],
  ])('is refused with %j', async (changes, status, code, field) => {
    const adam = await newcomer(world, 'Adam Dupont');
    const collecting = (await begin()).by(adam);
    const answer = await collecting.connect(changes);
    const problem = (await answer.json()) as { code: string; field: string };
    expect([answer.status, problem.code, problem.field]).toEqual([status, code, field]);
    expect((await collecting.shown()).provider?.status).toBe('not_connected');
  });

  it('is not for an employee', async () => {
    const emma = await newcomer(world, 'Emma Schmidt');
    const collecting = (await begin()).by(emma);
    const { notAllowed, link } = await collecting.state();
    expect([notAllowed, link?.provider, link?.creatable]).toEqual([true, null, false]);
    for (const action of ['provider', 'link']) {
      const answer = await collecting.send(action, fieldsFor(action));
      expect(await refusal(answer)).toEqual([403, 'not-allowed']);
    }
    await collecting.expectNone();
  });

  it('is told to be unavailable where the plan has none', async () => {
    const nora = await newcomer(world, 'Nora Petit');
    const { payee: _acme, ...order } = basketOrder();
    const collecting = (await begin(order)).by(nora);
    expect((await collecting.shown()).provider?.status).toBe('not_connected');
    expect(await refusal(await collecting.connect())).toEqual([409, 'provider-unavailable']);
    expect((await collecting.shown()).provider?.status).toBe('unavailable');
    expect(await refusal(await collecting.create())).toEqual([409, 'provider-unavailable']);
  });

  it('says that the bank does not answer', async () => {
    const noah = await newcomer(world, 'Noah Bernard');
    const collecting = (await begin()).by(noah);
    await world.bank.faults({ match: { path: CONNECTIONS, times: 9 }, do: { status: 503 } });
    await collecting.forgets();
    expect((await collecting.state()).bankUnavailable).toBe(true);
    const answer = await collecting.send('provider', fieldsFor('provider'));
    expect(await refusal(answer)).toEqual([503, 'bank-unavailable']);
  });
});

describe('making a link', () => {
  it('answers at once, makes one, and says again what it said', async () => {
    const collecting = await begin();
    const fields = { idempotencyKey: randomUUID(), methods: 'ideal,credit_card' };
    const answer = await collecting.send('link', fields);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([202, null]);
    const again = await collecting.send('link', { ...fields, methods: 'credit_card,ideal' });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const other = await collecting.send('link', { ...fields, methods: 'ideal' });
    expect(await refusal(other)).toEqual([422, 'idempotency-key-reused']);
    const link = await collecting.reaches('open');
    expect(link).toMatchObject({ mine: true, deactivatable: true, payments: [], reason: null });
    expect(await refusal(await collecting.create())).toEqual([409, 'link-in-progress']);
    expect(await collecting.bankLinks()).toHaveLength(1);
  });

  it.each([
    ['no key', { idempotencyKey: '' }, 400, 'idempotency-key-missing'],
    ['no method', { methods: '' }, 400, 'invalid-methods'],
    ['an unknown method', { methods: 'cash' }, 400, 'invalid-methods'],
    ['a method that the invoice does not want', { methods: 'apple_pay' }, 400, 'invalid-methods'],
    ['a method that is not enabled', { methods: 'paypal' }, 409, 'method-not-enabled'],
    ['another word for yes', { acceptOthers: 'on' }, 400, 'invalid-request'],
  ])('is refused with %s', async (_what, changes, status, code) => {
    const collecting = await begin(basketOrder({ methods: ['credit_card', 'paypal'] }));
    expect(await refusal(await collecting.create(changes))).toEqual([status, code]);
    await collecting.expectNone();
  });

  it('is refused to a company that is not the payee of the invoice', async () => {
    const collecting = await begin(basketOrder({ payee: { name: 'ACME SAS', iban: newIban() } }));
    expect(await refusal(await collecting.create())).toEqual([409, 'not-the-payee']);
    await collecting.expectNone();
  });

  it('is refused once the invoice is withdrawn, and a live link cannot be withdrawn', async () => {
    const collecting = await begin();
    const path = `/partner/v1/intents/${collecting.id}`;
    expect((await world.partner('DELETE', path)).status).toBe(200);
    expect(await refusal(await collecting.create())).toEqual([409, 'intent-withdrawn']);
    const { id } = await open();
    const refused = await world.partner('DELETE', `/partner/v1/intents/${id}`);
    expect(await refusal(refused)).toEqual([409, 'link-in-progress']);
  });

  it('asks about other links of the invoice, and refuses where one is paid', async () => {
    const order = invoiceOrder();
    const first = await open(order);
    const twin = await begin({ ...order, externalRef: `${order.externalRef}-B` });
    await twin.forgets();
    const { others } = await twin.shown();
    const { url } = await first.reaches('open');
    expect(others).toMatchObject([{ url, status: 'open', amount: order.invoice?.amount }]);
    expect(await refusal(await twin.create())).toEqual([409, 'other-links-open']);
    await twin.expectNotStored();
    expect((await twin.create({ acceptOthers: 'yes' })).status).toBe(202);
    await twin.reaches('open');
    await first.pay();
    await first.reaches('paid');
    const third = await begin({ ...order, externalRef: `${order.externalRef}-C` });
    await third.forgets();
    expect((await third.shown()).creatable).toBe(false);
    const answer = await third.create({ acceptOthers: 'yes' });
    expect(await refusal(answer)).toEqual([409, 'already-paid']);
  });

  it('says that the bank does not answer, and writes nothing down', async () => {
    const collecting = await begin();
    await world.bank.faults({ match: { path: CONNECTIONS, times: 9 }, do: { status: 503 } });
    expect(await refusal(await collecting.create())).toEqual([503, 'bank-unavailable']);
    await collecting.expectNone();
  });

  it('ends refused where the bank refuses it, and may be tried again', async () => {
    const collecting = await begin();
    const errors = [{ code: 'invalid', detail: 'No', source: { pointer: '/items' } }];
    await world.bank.faults({ match: CREATE_LINK, do: { status: 422, body: { errors } } });
    expect((await collecting.create()).status).toBe(202);
    expect(await collecting.reaches('refused')).toMatchObject({
      reason: 'bank-refused',
      url: null,
    });
    expect(await collecting.bankLinks()).toEqual([]);
    expect((await collecting.create()).status).toBe(202);
    await collecting.reaches('open');
  });

  it('after a lost answer shows what may be ours, and the member chooses', async () => {
    const collecting = await Collecting.inDoubt(world, alice);
    const { link } = await collecting.shown();
    expect([link?.status, link?.url]).toEqual(['unknown', null]);
    const [chosen = '', other = ''] = (await collecting.bankLinks()).map(({ id }) => id).sort();
    expect(link?.candidates.map(({ id }) => id).sort()).toEqual([chosen, other]);
    // "None of these" may be said ten minutes after the request only.
    for (const candidate of [randomUUID(), 'none']) {
      const answer = await collecting.send('link/choose', { candidate });
      expect(await refusal(answer)).toEqual([409, 'candidate-not-found']);
    }

    expect((await collecting.send('link/choose', { candidate: chosen })).status).toBe(200);
    const { url, deactivatable, candidates } = await collecting.reaches('open');
    expect([url, deactivatable, candidates]).toEqual([
      expect.stringContaining(`/pay/${chosen}`),
      false,
      [],
    ]);
    // No answer of the bank to us named it: it may be anybody's.
    expect(await refusal(await collecting.deactivate())).toEqual([409, 'link-not-ours']);
    const again = await collecting.send('link/choose', { candidate: other });
    expect(await refusal(again)).toEqual([409, 'candidate-not-found']);
  });
});

describe('a link', () => {
  it('is deactivated once, and another one may be made', async () => {
    const collecting = await open();
    expect((await collecting.deactivate()).status).toBe(200);
    expect(await collecting.reaches('canceled')).toMatchObject({ deactivatable: false });
    expect(await refusal(await collecting.deactivate())).toEqual([409, 'link-not-open']);
    expect((await collecting.create()).status).toBe(202);
    await collecting.reaches('open');
    expect((await collecting.bankLinks()).map(({ status }) => status).sort()).toEqual([
      ...['canceled', 'open'],
    ]);
  });

  it('is not deactivated where there is none, nor when it has just been paid', async () => {
    expect(await refusal(await (await begin()).deactivate())).toEqual([409, 'link-not-open']);
    const collecting = await open();
    const { url } = await collecting.reaches('open');
    await collecting.token();
    await payLink(url ?? '');
    expect(await refusal(await collecting.deactivate())).toEqual([409, 'link-not-open']);
    await collecting.reaches('paid');
  });

  it('stays as it is while the bank does not answer', async () => {
    const collecting = await open();
    await world.bank.faults({ match: { ...DEACTIVATE_LINK, times: 9 }, do: { status: 503 } });
    expect(await refusal(await collecting.deactivate())).toEqual([503, 'bank-unavailable']);
    expect(await collecting.bankLinks()).toMatchObject([{ status: 'open' }]);
    await collecting.reaches('open');
  });

  it('is shown with what clients paid, and is paid once', async () => {
    const collecting = await open();
    await collecting.pay(DECLINED_CARD);
    await collecting.pay(PAID_CARD);
    const { payments } = await collecting.reaches('paid');
    expect(payments.map(({ status, method }) => [status, method])).toEqual([
      ['paid', 'credit_card'],
      ['failed', 'credit_card'],
    ]);
    expect(await refusal(await collecting.create())).toEqual([409, 'already-paid']);
    expect((await collecting.partnerIntent()).link).toMatchObject({ status: 'paid', payments });
    const snapshot = await (await fetch(`${world.url}/v1/intents/${collecting.id}`)).text();
    expect(snapshot).not.toContain('credit_card');
  });

  it('tells another organisation neither payments nor candidates, and is not theirs to end', async () => {
    const collecting = await open(basketOrder({ reusable: true }));
    await collecting.pay();
    await stateWhen(
      alice,
      collecting.id,
      ({ snapshot }) => snapshot?.kind === 'link' && snapshot.link?.paidCount === 1,
    );
    const nora = collecting.by(await newcomer(world, 'Nora Petit'));
    expect((await nora.shown()).link).toMatchObject({
      ...{ status: 'open', mine: false, deactivatable: false, payments: [], candidates: [] },
    });
    expect(await refusal(await nora.deactivate())).toEqual([409, 'link-not-open']);
  });

  it('may be deactivated by a colleague of who made it', async () => {
    const collecting = await open();
    const adam = collecting.by(await collector(world, 'Adam Dupont'));
    expect((await adam.shown()).link).toMatchObject({ mine: false, deactivatable: true });
    expect((await adam.deactivate()).status).toBe(200);
    await collecting.reaches('canceled');
  });

  it('expires, and another one may be made', async () => {
    await world.bank.switches({ link_life_days: 1 });
    const collecting = await open();
    await world.bank.switches({ link_life_days: 365 });
    await passLinkTime(world, 86_400);
    expect((await collecting.reaches('expired')).url).not.toBeNull();
    expect((await collecting.state()).snapshot).toMatchObject({ status: 'expired', payable: true });
  });
});
