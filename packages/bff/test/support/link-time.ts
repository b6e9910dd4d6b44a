import { until, type World } from './world.js';

/** Time passes, and each link that is not over is looked at once; then again only when it is told. */
export async function passLinkTime(
  world: World,
  seconds: number,
  { withLeases = false } = {},
): Promise<void> {
  if (!withLeases) await restOfLinks(world);
  await world.bank.advance(seconds);
  // As the next answer would tell: tokens are renewed in time.
  const ahead = `${seconds} seconds`;
  await world.database.query('update bank_clock set ahead = ahead + $1::interval', [ahead]);
  await world.database.query(
    `update links set next_at = least(next_at, clock_timestamp()), hinted_at = null,
       lease_until = case when $1 then null else lease_until end,
       first_sent_clock = first_sent_clock - $2::interval
     where next_at < 'infinity'`,
    [withLeases, ahead],
  );
  await world.database.query("select pg_notify('links', '')");
  if (withLeases) return;
  await restOfLinks(world);
  await world.database.query(`${PUT_OFF} where ${IS_AT_REST}`);
}

/** Nobody asks the bank about it for an hour but who is told to, however slow this machine is. */
export async function putOffLooks(world: World, intentId: string): Promise<void> {
  const ofIntent = `${PUT_OFF} where ${IS_AT_REST} and intent_id = $1`;
  const soon = `select 1 from links where intent_id = $1
    and (next_at < clock_timestamp() + interval '30 minutes' or lease_owner is not null)`;
  await until(
    async () => {
      await world.database.query(ofIntent, [intentId]);
      return world.database.query(soon, [intentId]);
    },
    ({ rowCount }) => rowCount === 0,
  );
}

/** One look at it, whatever others are doing; then none for an hour. */
export async function lookNow(world: World, intentId: string): Promise<void> {
  await world.database.query(
    `update links set next_at = clock_timestamp() where next_at < 'infinity' and intent_id = $1`,
    [intentId],
  );
  await world.database.query("select pg_notify('links', '')");
  await putOffLooks(world, intentId);
}

const IS_AT_REST = `next_at < 'infinity' and next_at > clock_timestamp() and lease_owner is null`;
const PUT_OFF = `update links set next_at = clock_timestamp() + interval '1 hour'`;

/** Until nobody works on a link, and none is due. */
async function restOfLinks(world: World): Promise<void> {
  const busy = `select 1 from links where next_at < 'infinity'
    and (next_at <= clock_timestamp() or lease_owner is not null)`;
  await until(
    () => world.database.query(busy),
    ({ rowCount }) => rowCount === 0,
  );
}
