import { beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from './support/bank.js';
import { holdLinkAnswers, untilBlocked } from './support/blocked.js';
import { refusal } from './support/journey.js';
import { CREATE_LINK, LIST_LINKS, makeLinkElsewhere, payLink } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder } from './support/link-orders.js';
import { lookNow, passLinkTime } from './support/link-time.js';
import { linkTroubles } from './support/link-troubles.js';
import { linkInDoubt, unansweredLink } from './support/link-unanswered.js';
import type { Payer } from './support/payer.js';
import type { World } from './support/world.js';

const NEVER_SEEN: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection', { resetBefore: true }],
  ['answers 503', { status: 503, body: {} }],
  ['answers with a login page', { html: true }],
  ['answers 201 with something else', { status: 201, body: { ok: true } }],
  ['is too busy', { rateLimit: { retryAfter: 1 } }],
];
const CARRIED_OUT: [what: string, trouble: Fault['do']][] = [
  ['cuts the connection then', { resetAfterCommit: true }],
  ['breaks off its answer', { truncateBytes: 20 }],
  ['answers too late', { delayMs: 2500 }],
];

const troubles = linkTroubles();
let world: World;
let alice: Payer;
beforeAll(() => {
  ({ world, alice } = troubles);
});

const unanswered = (trouble: Fault['do']) => unansweredLink(world, alice, { trouble });
const pass = (seconds: number) => passLinkTime(world, seconds);

/** Three looks into the list, over more than two minutes. */
async function absenceIsProved(): Promise<void> {
  for (const seconds of [0, 60, 61]) await pass(seconds);
}

describe('when the bank has not seen the request for a link and', () => {
  it.each(NEVER_SEEN)(
    '%s, nothing is sent again, and its absence is proved',
    async (_what, trouble) => {
      const journey = await unanswered(trouble);
      expect(await journey.snapshot()).toMatchObject({
        ...{ status: 'open', payable: false, why: 'in-progress', nextAction: 'wait', link: null },
      });
      await absenceIsProved();
      const [row] = await journey.rows();
      expect(row).toMatchObject({ status: 'failed', reason: 'not-at-the-bank', sends: 1 });
      expect(await journey.snapshot()).toMatchObject({ payable: true, nextAction: 'open' });
      expect(await journey.atBank()).toEqual([]);
    },
  );

  it('nothing is proved within two minutes; then a new try works', async () => {
    const journey = await unanswered({ resetBefore: true });
    const begunAt = Date.now();
    for (const _time of [1, 2, 3]) await pass(0);
    // At the bank the time of a slow machine passes, too.
    await pass(100 - (Date.now() - begunAt) / 1000);
    await pass(10);
    expect(await journey.rows()).toMatchObject([{ status: 'unknown', clean_listings: 5 }]);
    await pass(11);
    await journey.reaches('failed');
    await journey.asked();
    expect(await journey.reaches('open')).toMatchObject({ sends: 1, named_by_bank: true });
    expect(await journey.atBank()).toHaveLength(1);
  });

  it('takes it in late, after the first looks, it is found all the same', async () => {
    const journey = await unanswered({ resetBefore: true });
    await pass(0);
    await pass(60);
    const id = await journey.madeElsewhere();
    await pass(61);
    expect(await journey.reaches('open')).toMatchObject({ bank_id: id, named_by_bank: false });
  });
});

describe('when the bank has made the link but', () => {
  it.each(CARRIED_OUT)('%s, it is found, and none is made again', async (_what, trouble) => {
    const journey = await unanswered(trouble);
    await pass(4);
    const row = await journey.reaches('open');
    const [link, ...others] = await journey.atBank();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ sends: 1, named_by_bank: false, bank_id: link?.id });
    expect((await journey.snapshot()).link).toMatchObject({ paidCount: 0 });
    await journey.paid();
    await pass(6);
    await journey.reaches('paid');
  });

  it('there is another of the invoice with another sum, it is found all the same', async () => {
    const journey = await unanswered({ resetAfterCommit: true });
    const { invoice, ...order } = journey.order;
    const other = { ...order, ...(invoice && { invoice: { ...invoice, amount: '1.00' } }) };
    await makeLinkElsewhere(world.bank, other, 'alice');
    await pass(4);
    expect(await journey.reaches('open')).toMatchObject({ named_by_bank: false });
    expect(await journey.alarms()).toEqual([]);
  });

  it('nobody has told us its name, it is not ours to deactivate', async () => {
    const journey = await unanswered({ resetAfterCommit: true });
    await pass(4);
    expect((await journey.link()).deactivatable).toBe(false);
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-ours']);
    expect(await journey.atBank()).toMatchObject([{ status: 'open' }]);
  });

  it('a client has paid it before it is found, that is seen at once', async () => {
    const journey = await unanswered({ resetAfterCommit: true });
    const [link] = await journey.atBank();
    await payLink(`${world.bank.url}/pay/${link?.id}`);
    await pass(4);
    await journey.reaches('paid');
    expect((await journey.snapshot()).status).toBe('paid');
  });

  it('cannot be asked about it, it stays unknown until it can', async () => {
    const journey = await unanswered({ resetAfterCommit: true });
    for (const trouble of [{ status: 503 }, { html: true }, { rateLimit: {} }, HIDDEN]) {
      await world.bank.faults({ match: LIST_LINKS, do: trouble });
      await pass(61);
      expect(await journey.rows()).toMatchObject([{ status: 'unknown', clean_listings: 0 }]);
    }
    await pass(4);
    await journey.reaches('open');
  });

  it('tells it in a form of its own, that is no absence', async () => {
    const journey = await unanswered({ resetAfterCommit: true });
    const [link] = await journey.atBank();
    await world.bank.faults({ match: { ...LIST_LINKS, times: 3 }, do: listOf({ id: link?.id }) });
    await absenceIsProved();
    expect(await journey.rows()).toMatchObject([{ status: 'unknown', clean_listings: 0 }]);
    await pass(4);
    await journey.reaches('open');
  });

  it('tells its rows under another total, that is no absence, and a person is told', async () => {
    const journey = await unansweredLink(world, alice, {
      ...{ trouble: { resetBefore: true }, order: basketOrder() },
    });
    const items = journey.order.basket?.items.map(({ title, quantity, unitPrice, vatRate }) => ({
      ...{ title, quantity, vat_rate: vatRate, unit_price: { value: unitPrice, currency: 'EUR' } },
    }));
    const total = { value: '1.00', currency: 'EUR' };
    const url = `${world.bank.url}/pay/odd`;
    const created_at = new Date(Date.now() + 86_400_000).toISOString();
    const odd = { id: 'odd', status: 'open', url, amount: total, items, created_at };
    await world.bank.faults({ match: { ...LIST_LINKS, times: 9 }, do: listOf(odd) });
    await absenceIsProved();
    expect(await journey.rows()).toMatchObject([{ status: 'unknown', clean_listings: 0 }]);
    expect(await journey.alarms()).toEqual(['link-amount-differs']);
    expect((await journey.link()).candidates).toEqual([]);
  });

  it('cannot be read for certain, the member who has looked may say so after ten minutes', async () => {
    const journey = await unanswered({ resetBefore: true });
    await world.bank.faults({ match: { ...LIST_LINKS, times: 99 }, do: listOf({ id: 'odd' }) });
    await absenceIsProved();
    expect(await journey.link()).toMatchObject({ status: 'unknown', mayBeNone: false });
    expect(await refusal(await journey.choose('nothing-found'))).toEqual([
      409,
      'candidate-not-found',
    ]);
    await pass(600);
    expect(await journey.link()).toMatchObject({ candidates: [], mayBeNone: true });
    expect((await journey.choose('nothing-found')).status).toBe(200);
    expect(await journey.reaches('failed')).toMatchObject({ reason: 'not-at-the-bank' });
    expect(await journey.snapshot()).toMatchObject({ payable: true });
  });

  it('has old links in a form of their own, they hinder no proof', async () => {
    const journey = await unanswered({ resetBefore: true });
    const old = { id: 'old', created_at: '2020-01-01T00:00:00Z' };
    await world.bank.faults({ match: { ...LIST_LINKS, times: 3 }, do: listOf(old) });
    await absenceIsProved();
    await journey.reaches('failed');
  });
});

const listOf = (...payment_links: object[]): Fault['do'] => ({
  status: 200,
  body: { payment_links, meta: { next_page: null, total_count: payment_links.length } },
});
/** The bank counts more links than it shows. */
const HIDDEN: Fault['do'] = {
  status: 200,
  body: { payment_links: [], meta: { next_page: null, total_count: 9 } },
};

describe('when an equal link is in the list', () => {
  it('beside the one we made, both are shown, and the member chooses', async () => {
    const journey = await linkInDoubt(world, alice);
    const { candidates } = await journey.link();
    const ids = (await journey.atBank()).map(({ id }) => id);
    const foreign = ids.at(-1) ?? '';
    expect(candidates.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(await journey.snapshot()).toMatchObject({ nextAction: 'open', link: null });
    await absenceIsProved();
    await journey.reaches('unknown');

    expect(await refusal(await journey.choose('another'))).toEqual([409, 'candidate-not-found']);
    expect((await journey.choose(foreign)).status).toBe(200);
    const row = await journey.reaches('open');
    expect(row).toMatchObject({ bank_id: foreign, named_by_bank: false });
    expect(await refusal(await journey.deactivate())).toEqual([409, 'link-not-ours']);
    expect((await journey.link()).candidates).toEqual([]);
    expect(await journey.atBank()).toMatchObject([{ status: 'open' }, { status: 'open' }]);
    expect(await refusal(await journey.choose(foreign))).toEqual([409, 'candidate-not-found']);
  });

  it('since before our request, it is none of ours', async () => {
    const journey = await LinkJourney.begin(world, alice);
    await journey.madeElsewhere();
    expect(await refusal(await journey.ask())).toEqual([409, 'other-links-open']);
    const fields = await journey.fields({ acceptOthers: 'yes' });
    await world.bank.faults({ match: CREATE_LINK, do: { resetBefore: true } });
    await journey.asked(fields);
    await journey.reaches('unknown');
    await absenceIsProved();
    await journey.reaches('failed');
    expect(await journey.atBank()).toMatchObject([{ status: 'open' }]);
  });

  it('and another request for the same waits for its answer, that one names its own', async () => {
    const { basket } = basketOrder();
    const wish = { trouble: { resetBefore: true }, order: basketOrder({ basket }) };
    const lost = await unansweredLink(world, alice, wish);
    const twin = await LinkJourney.begin(world, alice, basketOrder({ basket }));
    const release = await holdLinkAnswers(world);
    await twin.asked();
    await untilBlocked(world);
    await lookNow(world, lost.id);
    expect(await lost.rows()).toMatchObject([{ status: 'unknown', clean_listings: 0 }]);
    await release();
    expect(await twin.reaches('open')).toMatchObject({ named_by_bank: true });
    expect(await lost.rows()).toMatchObject([{ status: 'unknown', bank_id: null }]);
    await absenceIsProved();
    await lost.reaches('failed');
    expect(await twin.atBank()).toHaveLength(1);
  });
});
