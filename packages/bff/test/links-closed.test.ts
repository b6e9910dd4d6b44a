import { beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from './support/bank.js';
import { newcomer } from './support/collectors.js';
import { refusal } from './support/journey.js';
import { CREATE_LINK, DEACTIVATE_LINK, payLink, READ_PAYMENTS } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { passLinkTime } from './support/link-time.js';
import { goneLink, toldLink } from './support/link-told.js';
import { linkTroubles } from './support/link-troubles.js';
import { runOperator } from './support/operator.js';
import type { Payer } from './support/payer.js';
import type { World } from './support/world.js';

const troubles = linkTroubles();
let world: World;
let alice: Payer;
beforeAll(() => {
  ({ world, alice } = troubles);
});

const made = () => LinkJourney.made(world, alice);
const pass = (seconds: number) => passLinkTime(world, seconds);
const endedByOperator = async (journey: LinkJourney) =>
  runOperator(world, 'end-link', (await journey.rows()).at(-1)?.id ?? '', ...OPERATOR);
const OPERATOR = ['--operator', 'dora', '--why', 'looked at the bank with the member'];

describe('a link that is paid beside the next one of its invoice', () => {
  /** The first one read canceled; then it is paid, while this goes wrong with the second. */
  async function paidBeside(trouble?: Fault['do']): Promise<LinkJourney> {
    const journey = await made();
    await world.bank.faults(await toldLink(world, journey, { status: 'canceled' }));
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
    await world.database.query(
      `update links set changed_at = changed_at - interval '11 minutes' where intent_id = $1`,
      [journey.id],
    );
    expect(await endedByOperator(journey)).toMatchObject({
      code: 1,
      text: expect.stringContaining('may still be paid'),
    });
    await world.bank.clearFaults();
    await world.bank.faults(tells('failed'));
    await pass(601);
    expect(await journey.reaches('refused')).toMatchObject({ reason: 'amount-differs' });
  });
});

it('a link that the bank no longer knows is ended by an operator, and frees its invoice', async () => {
  const journey = await made();
  await world.bank.faults(await goneLink(journey, 99));
  await pass(600);
  expect(await journey.alarms()).toEqual(['link-not-found']);
  expect(await endedByOperator(journey)).toMatchObject({ code: 0 });
  await journey.reaches('canceled');
  expect(await journey.snapshot()).toMatchObject({ payable: true });
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
