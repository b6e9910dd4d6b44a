import { beforeAll, describe, expect, it } from 'vitest';
import { endBlocked, holdLinkAnswers, holdLinkSends, untilBlocked } from './support/blocked.js';
import { collector } from './support/collectors.js';
import { crashing } from './support/crashing.js';
import {
  CREATE_LINK,
  DEACTIVATE_LINK,
  LIST_LINKS,
  payLink,
  READ_LINK,
} from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { passLinkTime } from './support/link-time.js';
import type { Payer } from './support/payer.js';
import { until, type World } from './support/world.js';

const crashes = crashing({ aloneForSeconds: 0 });
let world: World;
let alice: Payer;
beforeAll(async () => {
  ({ world } = crashes);
  alice = await collector(world);
});

/** Killed, and started again after every lease has ended. */
const crash = (meanwhile: () => Promise<void> = async () => {}) =>
  crashes.crash(async () => {
    await meanwhile();
    await world.bank.clearFaults();
    await passLinkTime(world, 60, { withLeases: true });
  });
const pass = (seconds: number) => passLinkTime(world, seconds);

async function isMadeOnce(journey: LinkJourney, isNamed: boolean): Promise<void> {
  const row = await journey.reaches('open');
  expect(row).toMatchObject({ sends: 1, named_by_bank: isNamed, in_flight: false });
  const [link, ...others] = await journey.atBank();
  expect([link?.id, others]).toEqual([row.bank_id, []]);
}

describe('a service that is killed', () => {
  it('right after it has promised a link makes one, by itself, when it is back', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const fields = await journey.fields();
    const release = await holdLinkSends(world);
    await journey.asked(fields);
    await untilBlocked(world);
    await crash(async () => {
      await endBlocked(world);
      await release();
    });
    expect(await journey.reaches('open')).toMatchObject({ sends: 1, named_by_bank: true });
    expect(await journey.atBank()).toHaveLength(1);
  });

  it('while the request is on its way finds the link that the bank has made', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const fields = await journey.fields();
    await world.bank.faults({ match: CREATE_LINK, do: { delayMs: 8000 } });
    await journey.asked(fields);
    await until(
      () => journey.atBank(),
      ({ length }) => length === 1,
    );
    await crash();
    await journey.reaches('unknown');
    await pass(4);
    await isMadeOnce(journey, false);
  });

  it('while a request that the bank never gets is on its way proves that it is not there', async () => {
    const journey = await LinkJourney.begin(world, alice);
    await journey.asked();
    await journey.reaches('open');
    const lost = await LinkJourney.begin(world, alice);
    // As a machine that loses its power after it has written that it sends.
    await world.database.query(
      `insert into links (id, partner_id, intent_id, connection_id, organization_id, external_ref,
         status, amount_cents, reusable, path, body, sends, first_sent_at, first_sent_clock,
         in_flight, lease_owner, lease_until)
       select 'lnk_lost', partner_id, $1, connection_id, organization_id, $2, 'making', $3, false,
         path, body, 1, money_now(), clock_timestamp(), true, gen_random_uuid(),
         clock_timestamp() + interval '45 seconds' from links where intent_id = $4`,
      [lost.id, lost.order.externalRef, lost.amountCents, journey.id],
    );
    await world.database.query(
      `with made as (insert into link_transitions (link_id, seq, to_status, cause)
         values ('lnk_lost', 0, 'making', 'asked'))
       insert into audit_log (partner_id, intent_id, actor, action, detail)
       values ('demo', $1, 'system', 'link:making', '{"link": "lnk_lost"}')`,
      [lost.id],
    );
    await crash();
    await lost.reaches('unknown');
    for (const seconds of [0, 60, 61]) await pass(seconds);
    expect(await lost.reaches('failed')).toMatchObject({ reason: 'not-at-the-bank' });
    expect(await lost.atBank()).toEqual([]);
  });

  it('with the answer in its hands, not written yet, finds the link', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const release = await holdLinkAnswers(world);
    await journey.asked();
    await untilBlocked(world);
    await crash(release);
    await journey.reaches('unknown');
    await pass(4);
    await isMadeOnce(journey, false);
  });

  it('during the look into the list looks again', async () => {
    const journey = await LinkJourney.begin(world, alice);
    const fields = await journey.fields();
    await world.bank.faults(
      { match: CREATE_LINK, do: { resetAfterCommit: true } },
      // The first listing belongs to the request itself.
      { match: { ...LIST_LINKS, nth: 2 }, do: { delayMs: 8000 } },
    );
    const listings = () => world.bank.calls('GET /v2/payment_links');
    const before = await listings();
    await journey.asked(fields);
    await journey.reaches('unknown');
    await world.database.query(
      `update links set next_at = clock_timestamp() where status = 'unknown'`,
    );
    await until(listings, (count) => count >= before + 2);
    await crash();
    await until(
      () => journey.rows(),
      ([row]) => row?.status === 'open',
    );
    await isMadeOnce(journey, false);
  });

  it('while it deactivates a link sees that it is done', async () => {
    const journey = await LinkJourney.made(world, alice);
    await world.bank.faults({ match: DEACTIVATE_LINK, do: { delayMs: 8000 } });
    const sent = journey.deactivate().catch(() => undefined);
    await until(
      () => journey.atBank(),
      ([link]) => link?.status === 'canceled',
    );
    await crash();
    await sent;
    await journey.reaches('canceled');
  });

  it('while a client pays sees that when it is back', async () => {
    const journey = await LinkJourney.made(world, alice);
    await world.bank.faults({ match: { ...READ_LINK, times: 9 }, do: { delayMs: 8000 } });
    const { url } = await journey.link();
    await crash(() => payLink(url ?? ''));
    await journey.reaches('paid');
  });

  it('in the middle of five requests makes one link for each whose request left', async () => {
    const journeys = await Promise.all(
      Array.from({ length: 5 }, () => LinkJourney.begin(world, alice)),
    );
    const fields = await Promise.all(journeys.map((journey) => journey.fields()));
    const sent = journeys.map((journey, index) =>
      journey.ask(fields[index]).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    await Promise.race(sent);
    await crash();
    const answers = await Promise.all(sent);
    // One that was killed between its mark and its request is proved absent.
    for (const seconds of [4, 60, 61]) await pass(seconds);
    for (const [index, journey] of journeys.entries()) {
      const [row, ...others] = await journey.rows();
      expect(others).toEqual([]);
      if (answers[index] === 202) expect(row).toBeDefined();
      if (row) expect(['open', 'failed']).toContain(row.status);
      expect(await journey.atBank()).toHaveLength(row?.status === 'open' ? 1 : 0);
    }
  });
});
