import type { CreateLinkIntent } from '@qonto-pay/shared';
import { beforeAll, describe, expect, it } from 'vitest';
import { newcomer } from './support/collectors.js';
import { refusal } from './support/journey.js';
import { READ_LINK, READ_PAYMENTS } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder } from './support/link-orders.js';
import { passLinkTime } from './support/link-time.js';
import { goneLink, NOT_CONNECTED, toldLink, toldPayments } from './support/link-told.js';
import { linkTroubles } from './support/link-troubles.js';
import type { Payer } from './support/payer.js';
import { until, type World } from './support/world.js';

/** As long as a sign-in lives without a call. */
const SEASON = 85 * 86_400;

const troubles = linkTroubles();
let world: World;
let alice: Payer;
beforeAll(() => {
  ({ world, alice } = troubles);
});

/** The link as the bank would tell it with these changes. */
const told = (journey: LinkJourney, changes: object, times?: number) =>
  toldLink(world, journey, changes, times);
const made = (order?: CreateLinkIntent) => LinkJourney.made(world, alice, order);
const pass = (seconds: number) => passLinkTime(world, seconds);

describe('a link that is shared, without webhooks,', () => {
  it('is paid, and everybody who looks is told', async () => {
    const journey = await made();
    await journey.paid();
    await pass(5);
    await journey.reaches('paid');
    expect(await journey.snapshot()).toMatchObject({
      ...{ status: 'paid', final: true, payable: false, why: 'paid', link: { paidCount: 1 } },
    });
    const { payments, deactivatable } = await journey.link();
    expect(payments).toMatchObject([{ status: 'paid', method: 'credit_card' }]);
    expect(deactivatable).toBe(false);
    expect(await refusal(await journey.ask())).toEqual([409, 'already-paid']);
  });

  it('is on its way while a payment is pending, and then paid', async () => {
    const journey = await made();
    await journey.paid('pending, then paid');
    await pass(5);
    expect((await journey.snapshot()).status).toBe('processing');
    expect((await journey.link()).payments).toMatchObject([{ status: 'pending' }]);
    await pass(61);
    await journey.reaches('paid');
  });

  it('is open again when a pending payment fails', async () => {
    const journey = await made();
    await journey.paid('pending, then failed');
    await pass(5);
    await journey.reaches('processing');
    await pass(61);
    await journey.reaches('open');
    expect((await journey.link()).payments).toMatchObject([{ status: 'failed' }]);
    await journey.paid();
    await pass(5);
    await journey.reaches('paid');
  });

  it('stays open when a payment fails at once', async () => {
    const journey = await made();
    await journey.paid('failed');
    await pass(5);
    expect(await journey.snapshot()).toMatchObject({ status: 'open', link: { paidCount: 0 } });
  });

  it('is paid more than once when it is made for that', async () => {
    const journey = await made(basketOrder({ reusable: true }));
    for (const paidCount of [1, 2]) {
      await journey.paid();
      await pass(5);
      await until(
        async () => (await journey.snapshot()).link,
        (link) => link?.paidCount === paidCount,
      );
    }
    expect(await journey.rows()).toMatchObject([{ status: 'open' }]);
    expect((await journey.deactivate()).status).toBe(200);
    expect(await journey.snapshot()).toMatchObject({ status: 'canceled', link: { paidCount: 2 } });
  });

  it.each(['canceled', 'expired'])('is paid after it was %s', async (status) => {
    const journey = await made();
    await world.bank.faults(await told(journey, { status }));
    await pass(5);
    await journey.reaches(status as 'canceled');
    await journey.paid();
    await pass(601);
    await journey.reaches('paid');
  });

  it.each<[string, object | undefined, string]>([
    ['a word of its own', { status: 'refunded' }, 'link-status-unrecognized'],
    ['another sum', { amount: { value: '1.00', currency: 'EUR' } }, 'link-amount-differs'],
    ['nothing', undefined, 'link-not-found'],
  ])('of which the bank says %s alarms, once, and is looked at again', async (...given) => {
    const [_what, changes, alarm] = given;
    const journey = await made();
    const fault = changes ? await told(journey, changes, 2) : await goneLink(journey, 2);
    await world.bank.faults(fault);
    await pass(600);
    await pass(600);
    expect(await journey.alarms()).toEqual([alarm]);
    await journey.paid();
    await pass(600);
    await journey.reaches('paid');
  });

  it('is left as it is while who looks is not connected to the provider', async () => {
    const journey = await made();
    await world.bank.faults(...NOT_CONNECTED);
    await pass(600);
    expect(await journey.rows()).toMatchObject([{ status: 'open' }]);
    expect(await refusal(await journey.deactivate())).toEqual([409, 'provider-not-connected']);
    expect(await journey.alarms()).toEqual(['link-out-of-sight']);
    await world.bank.clearFaults();
    await journey.paid();
    await pass(600);
    await journey.reaches('paid');
  });

  it('is looked at until its payment is told, and read in words that we know', async () => {
    const journey = await made();
    await world.bank.faults(await told(journey, { status: 'paid' }), toldPayments(journey));
    await pass(5);
    await journey.reaches('paid');
    expect((await journey.link()).payments).toEqual([]);
    await journey.paid();
    await pass(61);
    const link = await until(
      () => journey.link(),
      ({ payments: known }) => known.length > 0,
    );
    expect(link.payments).toMatchObject([{ status: 'paid' }]);
  });

  it('holds its invoice while a payment has a word that we do not know', async () => {
    const journey = await made();
    await world.bank.faults(
      await told(journey, { status: 'canceled' }, 9),
      toldPayments(journey, 'under_review'),
    );
    await pass(5);
    await journey.reaches('processing');
    expect(await journey.alarms()).toEqual(['payment-status-unrecognized']);
    expect(await journey.snapshot()).toMatchObject({ payable: false });
  });

  it('that reads open after it was canceled stays canceled', async () => {
    const journey = await made();
    expect((await journey.deactivate()).status).toBe(200);
    await world.bank.faults(await told(journey, { status: 'open' }));
    await pass(600);
    expect(await journey.rows()).toMatchObject([{ status: 'canceled' }]);
    expect(await journey.alarms()).toEqual(['link-went-back']);
  });

  it('is paid while nobody can ask, and seen when somebody can', async () => {
    const journey = await made();
    await journey.paid();
    await world.bank.faults(
      { match: { ...READ_LINK, times: 2 }, do: { status: 503 } },
      { match: READ_PAYMENTS, do: { html: true } },
    );
    for (const _time of [1, 2, 3]) {
      await pass(6);
      expect(await journey.rows()).toMatchObject([{ status: 'open' }]);
    }
    await pass(6);
    await journey.reaches('paid');
  });

  it('of a member who signed out is seen when they are back', async () => {
    const browser = await newcomer(world, 'Alice Martin');
    const journey = await LinkJourney.made(world, browser);
    await journey.paid();
    await world.database.query(
      `update connections set status = 'signed_out'
       where id = (select connection_id from links where intent_id = $1)`,
      [journey.id],
    );
    await pass(61);
    expect(await journey.rows()).toMatchObject([{ status: 'open' }]);
    await browser.signIn(journey.id, 'Alice Martin', { wanted: 'collect' });
    await journey.reaches('paid');
  });
});

it('a link expires after a year, although nobody has looked at it for long', async () => {
  const journey = await made();
  for (const _season of [1, 2, 3, 4]) await pass(SEASON);
  expect(await journey.rows()).toMatchObject([{ status: 'open' }]);
  await pass(SEASON);
  await journey.reaches('expired');
  // The invoice itself has lived for a month.
  expect(await journey.publicSnapshot()).toMatchObject({
    ...{ status: 'expired', final: true, payable: false, why: 'lapsed', link: { paidCount: 0 } },
  });
});
