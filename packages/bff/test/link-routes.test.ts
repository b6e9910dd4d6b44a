import { randomUUID } from 'node:crypto';
import type { CreateLinkIntent } from '@qonto-pay/shared';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collector, newcomer } from './support/collectors.js';
import { refusal } from './support/journey.js';
import { CONNECTIONS, CREATE_LINK, DEACTIVATE_LINK, onboardAt } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder, invoiceOrder } from './support/link-orders.js';
import { passLinkTime } from './support/link-time.js';
import { linkInDoubt } from './support/link-unanswered.js';
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

const begin = (order: CreateLinkIntent = basketOrder()) => LinkJourney.begin(world, alice, order);
const open = (order: CreateLinkIntent = basketOrder()) => LinkJourney.made(world, alice, order);

describe('the forms of a link', () => {
  it.each(ACTIONS)('are for who is signed in, on our own page (%s)', async (action) => {
    const journey = await begin();
    const nobody = journey.by(world.newPayer());
    expect(await refusal(await nobody.send(action, fieldsFor(action)))).toEqual([
      ...[401, 'not-signed-in'],
    ]);
    const pageToken = await journey.token();
    const path = `/pay/api/intents/${journey.id}/${action}`;
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
    await journey.expectNone();
  });

  it.each(['provider', 'link'])('need the permission (%s)', async (action) => {
    const payer = await world.signedIn('Mia Rossi');
    const journey = (await begin()).by(payer);
    const state = await journey.state();
    expect([state.signIn?.reason, state.signIn?.url]).toEqual([
      'consent',
      `/pay/${journey.id}/sign-in?reason=consent&for=collect`,
    ]);
    const answer = await journey.send(action, fieldsFor(action));
    expect(await refusal(answer)).toEqual([403, 'consent-required']);
    await journey.expectNone();
  });
});

describe('the connection to the provider', () => {
  it('is missing at first: there is an account to choose, and no link to be made', async () => {
    const journey = (await begin()).by(await newcomer(world, 'Noah Bernard'));
    const { provider, creatable } = await journey.shown();
    expect([provider?.status, creatable]).toEqual(['not_connected', false]);
    expect(provider?.accounts.map(({ name }) => name)).toEqual(['Main account', 'Projects']);
    expect(await refusal(await journey.ask())).toEqual([409, 'provider-not-connected']);
  });

  it('is missing where the plan has none, too, as long as nobody has tried', async () => {
    const nora = (await begin()).by(await newcomer(world, 'Nora Petit'));
    expect((await nora.shown()).provider?.status).toBe('not_connected');
  });

  it('is made, onboarded and known as soon as the member is back', async () => {
    const noah = await newcomer(world, 'Noah Bernard');
    const journey = (await begin()).by(noah);
    const answer = await journey.connect({ phone: '+33 6 12-34.56(78)', website: '' });
    expect(answer.status).toBe(200);
    const { provider } = await journey.shown();
    expect([provider?.status, provider?.location]).toEqual([
      'pending',
      expect.stringContaining(`${world.bank.url}/onboarding/`),
    ]);
    const location = provider?.location ?? '';
    expect(await onboardAt(noah, location, 'pending')).toBe(
      `${world.url}/pay/${journey.id}?provider=back`,
    );
    expect((await journey.shown()).provider?.status).toBe('pending');
    await onboardAt(noah, location, 'disabled');
    expect((await journey.shown()).provider?.status).toBe('disabled');
    await onboardAt(noah, location, 'enabled');
    expect(await journey.shown()).toMatchObject({
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
    const journey = (await begin()).by(adam);
    const answer = await journey.connect(changes);
    const problem = (await answer.json()) as { code: string; field: string };
    expect([answer.status, problem.code, problem.field]).toEqual([status, code, field]);
    expect((await journey.shown()).provider?.status).toBe('not_connected');
  });

  it('is not for an employee', async () => {
    const emma = await newcomer(world, 'Emma Schmidt');
    const journey = (await begin()).by(emma);
    const { notAllowed, link } = await journey.state();
    expect([notAllowed, link?.provider, link?.creatable]).toEqual([true, null, false]);
    for (const action of ['provider', 'link']) {
      const answer = await journey.send(action, fieldsFor(action));
      expect(await refusal(answer)).toEqual([403, 'not-allowed']);
    }
    await journey.expectNone();
  });

  it('is told to be unavailable where the plan has none', async () => {
    const nora = await newcomer(world, 'Nora Petit');
    const { payee: _acme, ...order } = basketOrder();
    const journey = (await begin(order)).by(nora);
    expect(await refusal(await journey.connect())).toEqual([409, 'provider-unavailable']);
    expect((await journey.shown()).provider?.status).toBe('unavailable');
    expect(await refusal(await journey.ask())).toEqual([409, 'provider-unavailable']);
  });

  it('says that the bank does not answer', async () => {
    const noah = await newcomer(world, 'Noah Bernard');
    const journey = (await begin()).by(noah);
    await world.bank.faults({ match: { path: CONNECTIONS, times: 9 }, do: { status: 503 } });
    await journey.comesBack();
    expect((await journey.state()).bankUnavailable).toBe(true);
    const answer = await journey.send('provider', fieldsFor('provider'));
    expect(await refusal(answer)).toEqual([503, 'bank-unavailable']);
  });
});

describe('making a link', () => {
  it('answers at once, makes one, and says again what it said', async () => {
    const journey = await begin();
    const fields = { idempotencyKey: randomUUID(), methods: 'ideal,credit_card' };
    const answer = await journey.send('link', fields);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([202, null]);
    const again = await journey.send('link', { ...fields, methods: 'credit_card,ideal' });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const other = await journey.send('link', { ...fields, methods: 'ideal' });
    expect(await refusal(other)).toEqual([422, 'idempotency-key-reused']);
    const link = await journey.shows('open');
    expect(link).toMatchObject({ mine: true, deactivatable: true, payments: [], reason: null });
    expect(await refusal(await journey.ask())).toEqual([409, 'link-in-progress']);
    expect(await journey.atBank()).toHaveLength(1);
  });

  it.each([
    ['no key', { idempotencyKey: '' }, 400, 'idempotency-key-missing'],
    ['no method', { methods: '' }, 400, 'invalid-methods'],
    ['an unknown method', { methods: 'cash' }, 400, 'invalid-methods'],
    ['a method that the invoice does not want', { methods: 'apple_pay' }, 400, 'invalid-methods'],
    ['a method that is not enabled', { methods: 'paypal' }, 409, 'method-not-enabled'],
    ['another word for yes', { acceptOthers: 'on' }, 400, 'invalid-request'],
  ])('is refused with %s', async (_what, changes, status, code) => {
    const journey = await begin(basketOrder({ methods: ['credit_card', 'paypal'] }));
    expect(await refusal(await journey.ask(changes))).toEqual([status, code]);
    await journey.expectNone();
  });

  it('is refused to a company that is not the payee of the invoice', async () => {
    const journey = await begin(basketOrder({ payee: { name: 'ACME SAS', iban: newIban() } }));
    expect(await refusal(await journey.ask())).toEqual([409, 'not-the-payee']);
    await journey.expectNone();
  });

  it('is refused once the invoice is withdrawn, and a live link cannot be withdrawn', async () => {
    const journey = await begin();
    const path = `/partner/v1/intents/${journey.id}`;
    expect((await world.partner('DELETE', path)).status).toBe(200);
    expect(await refusal(await journey.ask())).toEqual([409, 'intent-withdrawn']);
    const { id } = await open();
    const refused = await world.partner('DELETE', `/partner/v1/intents/${id}`);
    expect(await refusal(refused)).toEqual([409, 'link-in-progress']);
  });

  it('asks about other links of the invoice, and refuses where one is paid', async () => {
    const order = invoiceOrder();
    const first = await open(order);
    const twin = await begin({ ...order, externalRef: `${order.externalRef}-B` });
    await twin.comesBack();
    const { others } = await twin.shown();
    const { url } = await first.shows('open');
    expect(others).toMatchObject([{ url, status: 'open', amount: order.invoice?.amount }]);
    expect(await refusal(await twin.ask())).toEqual([409, 'other-links-open']);
    expect(await twin.rows()).toEqual([]);
    await twin.asked({ acceptOthers: 'yes' });
    await twin.shows('open');
    await first.paid();
    await first.hint();
    await first.shows('paid');
    const third = await begin({ ...order, externalRef: `${order.externalRef}-C` });
    await third.comesBack();
    expect((await third.shown()).creatable).toBe(false);
    const answer = await third.ask({ acceptOthers: 'yes' });
    expect(await refusal(answer)).toEqual([409, 'already-paid']);
  });

  it('says that the bank does not answer, and writes nothing down', async () => {
    const journey = await begin();
    await world.bank.faults({ match: { path: CONNECTIONS, times: 9 }, do: { status: 503 } });
    expect(await refusal(await journey.ask())).toEqual([503, 'bank-unavailable']);
    await journey.expectNone();
  });

  it('ends refused where the bank refuses it, and may be tried again', async () => {
    const journey = await begin();
    const errors = [{ code: 'invalid', detail: 'No', source: { pointer: '/items' } }];
    await world.bank.faults({ match: CREATE_LINK, do: { status: 422, body: { errors } } });
    await journey.asked();
    expect(await journey.shows('refused')).toMatchObject({
      reason: 'bank-refused',
      url: null,
    });
    expect(await journey.atBank()).toEqual([]);
    await journey.asked();
    await journey.shows('open');
  });

  it('after a lost answer shows what may be ours, and the member chooses', async () => {
    const journey = await linkInDoubt(world, alice, { order: basketOrder() });
    const { link } = await journey.shown();
    expect([link?.status, link?.url]).toEqual(['unknown', null]);
    const [chosen = '', other = ''] = (await journey.atBank()).map(({ id }) => id).sort();
    expect(link?.candidates.map(({ id }) => id).sort()).toEqual([chosen, other]);
    // "None of these" may be said ten minutes after the request only.
    for (const candidate of [randomUUID(), 'none']) {
      const answer = await journey.choose(candidate);
      expect(await refusal(answer)).toEqual([409, 'candidate-not-found']);
    }

    expect((await journey.choose(chosen)).status).toBe(200);
    const { url, deactivatable, candidates } = await journey.shows('open');
    expect([url, deactivatable, candidates]).toEqual([
      expect.stringContaining(`/pay/${chosen}`),
      false,
      [],
    ]);
    // No answer of the bank to us named it: it may be anybody's.
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-ours']);
    const again = await journey.choose(other);
    expect(await refusal(again)).toEqual([409, 'candidate-not-found']);
  });
});

describe('a link', () => {
  it('is deactivated once, and another one may be made', async () => {
    const journey = await open();
    expect((await journey.deactivate()).status).toBe(200);
    expect(await journey.shows('canceled')).toMatchObject({ deactivatable: false });
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-open']);
    await journey.asked();
    await journey.shows('open');
    expect((await journey.atBank()).map(({ status }) => status).sort()).toEqual([
      ...['canceled', 'open'],
    ]);
  });

  it('is not deactivated where there is none, nor when it has just been paid', async () => {
    expect(await refusal(await (await begin()).deactivate())).toEqual([409, 'link-not-open']);
    const journey = await open();
    await journey.paid();
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-open']);
    await journey.shows('paid');
  });

  it('stays as it is while the bank does not answer', async () => {
    const journey = await open();
    await world.bank.faults({ match: { ...DEACTIVATE_LINK, times: 9 }, do: { status: 503 } });
    expect(await refusal(await journey.deactivate())).toEqual([503, 'bank-unavailable']);
    expect(await journey.atBank()).toMatchObject([{ status: 'open' }]);
    await journey.shows('open');
  });

  it('is shown with what clients paid, and is paid once', async () => {
    const journey = await open();
    await journey.paid('failed');
    await journey.paid('paid');
    await journey.hint();
    const { payments } = await journey.shows('paid');
    expect(payments.map(({ status, method }) => [status, method])).toEqual([
      ['paid', 'credit_card'],
      ['failed', 'credit_card'],
    ]);
    expect(await refusal(await journey.ask())).toEqual([409, 'already-paid']);
    expect((await journey.partnerIntent()).link).toMatchObject({ status: 'paid', payments });
    expect(JSON.stringify(await journey.publicSnapshot())).not.toContain('credit_card');
  });

  it('tells another organisation neither payments nor candidates, and is not theirs to end', async () => {
    const journey = await open(basketOrder({ reusable: true }));
    await journey.paid();
    await journey.hint();
    await stateWhen(
      alice,
      journey.id,
      ({ snapshot }) => snapshot?.kind === 'link' && snapshot.link?.paidCount === 1,
    );
    const nora = journey.by(await newcomer(world, 'Nora Petit'));
    expect((await nora.shown()).link).toMatchObject({
      ...{ status: 'open', mine: false, deactivatable: false, payments: [], candidates: [] },
    });
    expect(await refusal(await nora.deactivate())).toEqual([409, 'link-not-open']);
  });

  it('may be deactivated by a colleague of who made it', async () => {
    const journey = await open();
    const adam = journey.by(await collector(world, 'Adam Dupont'));
    expect((await adam.shown()).link).toMatchObject({ mine: false, deactivatable: true });
    expect((await adam.deactivate()).status).toBe(200);
    await journey.shows('canceled');
  });

  it('expires, and another one may be made', async () => {
    await world.bank.switches({ link_life_days: 1 });
    const journey = await open();
    await world.bank.switches({ link_life_days: 365 });
    await passLinkTime(world, 86_400);
    expect((await journey.shows('expired')).url).not.toBeNull();
    expect(await journey.snapshot()).toMatchObject({ status: 'expired', payable: true });
  });
});
