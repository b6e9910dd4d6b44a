import type { CreateLinkIntent } from '@qonto-pay/shared';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from './support/bank.js';
import { newcomer } from './support/collectors.js';
import { refusal } from './support/journey.js';
import {
  CREATE_LINK,
  DEACTIVATE_LINK,
  payLink,
  READ_LINK,
  READ_PAYMENTS,
} from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder } from './support/link-orders.js';
import { passLinkTime } from './support/link-time.js';
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

const made = (order?: CreateLinkIntent) => LinkJourney.made(world, alice, order);
const pass = (seconds: number) => passLinkTime(world, seconds);

/** The link as the bank would tell it with these changes. */
async function told(journey: LinkJourney, changes: object, times = 1): Promise<Fault> {
  const [row] = await journey.rows();
  const url = `${world.bank.url}/pay/${row?.bank_id}`;
  const amount = { value: (journey.amountCents / 100).toFixed(2), currency: 'EUR' };
  const link = { ...{ id: row?.bank_id, status: 'open', url, amount }, ...changes };
  const body = { payment_link: { created_at: '2026-11-20T10:00:00Z', ...link } };
  return { match: { ...READ_LINK, times }, do: { status: 200, body } };
}

const MISSING: Fault['do'] = {
  status: 404,
  body: { errors: [{ code: 'not_found', detail: 'not found' }] },
};

/** The bank knows nothing of this link. */
async function gone(journey: LinkJourney, times = 1): Promise<Fault> {
  const [row] = await journey.rows();
  return { match: { ...READ_LINK, path: `/v2/payment_links/${row?.bank_id}`, times }, do: MISSING };
}

/** What its payments read like for a while: one in this word, or none. */
const payments = ({ amountCents }: LinkJourney, status?: string): Fault => {
  const amount = { value: (amountCents / 100).toFixed(2), currency: 'EUR' };
  const payment = { id: 'p-1', amount, status, created_at: '2026-11-20T10:00:00Z' };
  const body = { payments: status === undefined ? [] : [payment] };
  return { match: READ_PAYMENTS, do: { status: 200, body } };
};

/** Whoever asks is not connected to the provider: no link is there for them. */
const NOT_CONNECTED: Fault[] = [READ_LINK, DEACTIVATE_LINK].map((match) => ({
  ...{ match: { ...match, times: 99 }, do: MISSING },
}));

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

  describe('and is paid beside the next one of its invoice,', () => {
    /** The first one read canceled; then it is paid, while this goes wrong with the second. */
    async function paidBeside(trouble?: Fault['do']): Promise<LinkJourney> {
      const journey = await made();
      await world.bank.faults(await told(journey, { status: 'canceled' }));
      await pass(5);
      await journey.reaches('canceled');
      const { url } = await journey.link();
      const fields = await journey.fields({ acceptOthers: 'yes' });
      if (trouble) await world.bank.faults({ match: CREATE_LINK, do: trouble });
      await journey.asked(fields);
      await journey.reaches(trouble ? 'unknown' : 'open');
      await payLink(url ?? '');
      await pass(601);
      return journey;
    }

    it('that one is withdrawn', async () => {
      const journey = await paidBeside();
      const [first, second] = await journey.rows();
      expect(first).toMatchObject({ status: 'paid' });
      expect(second).toMatchObject({ status: 'refused', reason: 'paid-otherwise' });
      expect(await journey.atBank()).toMatchObject([{ status: 'paid' }, { status: 'canceled' }]);
      expect(await journey.snapshot()).toMatchObject({ status: 'paid', why: 'paid' });
      expect(await journey.alarms()).toEqual([]);
    });

    it('that one is told as paid, too, when its client was faster', async () => {
      await world.bank.faults({ match: DEACTIVATE_LINK, do: { status: 503 } });
      const journey = await paidBeside();
      await journey.reaches('withdrawing');
      const [, beside] = await journey.atBank();
      await payLink(`${world.bank.url}/pay/${beside?.id}`);
      await pass(6);
      await journey.reaches('paid');
      const [first, second] = await journey.rows();
      expect([first?.status, second?.status]).toEqual(['paid', 'paid']);
      expect(await journey.alarms()).toEqual(['paid-beside-another-link']);
      expect(await journey.atBank()).toMatchObject([{ status: 'paid' }, { status: 'paid' }]);
    });

    it('a person is told where that one is not ours to deactivate', async () => {
      const journey = await paidBeside({ resetAfterCommit: true });
      await pass(4);
      expect(await journey.rows()).toMatchObject([{ status: 'paid' }, { status: 'open' }]);
      expect(await journey.alarms()).toEqual(['paid-beside-another-link']);
      expect(await journey.atBank()).toMatchObject([{ status: 'paid' }, { status: 'open' }]);
      expect(await journey.snapshot()).toMatchObject({ status: 'paid', payable: false });
    });
  });

  it.each<[string, object | undefined, string]>([
    ['a word of its own', { status: 'refunded' }, 'link-status-unrecognized'],
    ['another sum', { amount: { value: '1.00', currency: 'EUR' } }, 'link-amount-differs'],
    ['nothing', undefined, 'link-not-found'],
  ])('of which the bank says %s alarms, once, and is looked at again', async (...given) => {
    const [_what, changes, alarm] = given;
    const journey = await made();
    const fault = changes ? await told(journey, changes, 2) : await gone(journey, 2);
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
    expect(await journey.alarms()).toEqual([]);
    await world.bank.clearFaults();
    await journey.paid();
    await pass(600);
    await journey.reaches('paid');
  });

  it('is looked at until its payment is told, and read in words that we know', async () => {
    const journey = await made();
    await world.bank.faults(await told(journey, { status: 'paid' }), payments(journey));
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
      payments(journey, 'under_review'),
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

describe('a link with another sum than ours', () => {
  /** The bank's answer to our request names a link of another sum. */
  async function withAnotherSum(): Promise<LinkJourney> {
    const journey = await LinkJourney.begin(world, alice);
    const id = await journey.madeElsewhere();
    const amount = { value: ((journey.amountCents + 1) / 100).toFixed(2), currency: 'EUR' };
    const link = { ...{ id, amount, status: 'open', url: `${world.bank.url}/pay/${id}` } };
    const body = { payment_link: { ...link, created_at: '2026-11-20T10:00:00Z' } };
    const fields = await journey.fields({ acceptOthers: 'yes' });
    await world.bank.faults({ match: CREATE_LINK, do: { status: 201, body } });
    await journey.asked(fields);
    return journey;
  }

  const isRefused = async (journey: LinkJourney) => {
    expect(await journey.reaches('refused')).toMatchObject({ reason: 'amount-differs' });
    expect(await journey.atBank()).toMatchObject([{ status: 'canceled' }]);
    expect(await journey.alarms()).toEqual(['link-amount-differs']);
    expect(await journey.snapshot()).toMatchObject({ link: null, payable: true });
    const { rows } = await world.database.query(
      `select 1 from intent_events where intent_id = $1 and snapshot->>'link' is not null`,
      [journey.id],
    );
    expect(rows).toEqual([]);
  };

  it('is withdrawn at once, and nobody ever sees it', async () => {
    await isRefused(await withAnotherSum());
  });

  it.each<[string, Fault['do']]>([
    ['is not answered', { resetAfterCommit: true }],
    ['does not arrive', { resetBefore: true }],
    ['is not possible now', { status: 503 }],
  ])('is withdrawn all the same when that %s', async (_what, trouble) => {
    await world.bank.faults({ match: DEACTIVATE_LINK, do: trouble });
    const journey = await withAnotherSum();
    await journey.reaches('withdrawing');
    expect((await journey.link()).url).toBeNull();
    await pass(6);
    await isRefused(journey);
  });

  it('stays in sight while a payment of it, begun before, may still bring money', async () => {
    await world.bank.faults({ match: DEACTIVATE_LINK, do: { resetBefore: true } });
    const journey = await withAnotherSum();
    await journey.reaches('withdrawing');
    const tells = (status: string) => {
      const amount = { value: '1.00', currency: 'EUR' };
      const payment = { id: 'p-1', amount, status, created_at: '2026-11-20T10:00:00Z' };
      return {
        match: { ...READ_PAYMENTS, times: 9 },
        do: { status: 200, body: { payments: [payment] } },
      };
    };
    await world.bank.faults(tells('pending'));
    await pass(6);
    await pass(601);
    expect(await journey.rows()).toMatchObject([{ status: 'withdrawing' }]);
    expect(await journey.alarms()).toEqual(['link-amount-differs', 'withdrawn-link-may-be-paid']);
    await world.bank.clearFaults();
    await world.bank.faults(tells('failed'));
    await pass(601);
    expect(await journey.reaches('refused')).toMatchObject({ reason: 'amount-differs' });
  });
});

describe('deactivating', () => {
  it.each<[string, Fault['do'] | undefined]>([
    ['is done at the bank', undefined],
    ['may be carried out without an answer', { resetAfterCommit: true }],
    ['may be answered too late', { delayMs: 2500 }],
  ])('%s', async (_what, trouble) => {
    const journey = await made();
    if (trouble) await world.bank.faults({ match: DEACTIVATE_LINK, do: trouble });
    const answer = await journey.deactivate();
    expect(answer.status).toBe(trouble ? 503 : 200);
    await journey.reaches('canceled');
    expect(await journey.atBank()).toMatchObject([{ status: 'canceled' }]);
    expect(await journey.snapshot()).toMatchObject({ status: 'canceled', payable: true });
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-open']);
  });

  it('that does not arrive leaves it open, and may be tried again', async () => {
    const journey = await made();
    await world.bank.faults({ match: DEACTIVATE_LINK, do: { resetBefore: true } });
    expect(await refusal(await journey.deactivate())).toEqual([503, 'bank-unavailable']);
    expect(await journey.rows()).toMatchObject([{ status: 'open' }]);
    expect((await journey.deactivate()).status).toBe(200);
  });

  it('comes too late when a client has paid', async () => {
    const journey = await made();
    await journey.paid();
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-open']);
    await journey.reaches('paid');
  });

  it('is not for another organisation', async () => {
    const journey = await made();
    const nora = journey.by(await newcomer(world, 'Nora Petit'));
    expect(await refusal(await nora.deactivate())).toEqual([409, 'link-not-open']);
    expect(await journey.atBank()).toMatchObject([{ status: 'open' }]);
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
