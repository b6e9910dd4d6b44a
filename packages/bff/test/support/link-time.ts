import { until, type World } from './world.js';

/** Time passes, and each link that is not over is looked at once. */
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
  if (!withLeases) await restOfLinks(world);
}

/** Until nobody works on a link, and none is due. */
export async function restOfLinks(world: World): Promise<void> {
  const busy = `select 1 from links where next_at < 'infinity'
    and (next_at <= clock_timestamp() or lease_owner is not null)`;
  await until(
    () => world.database.query(busy),
    ({ rowCount }) => rowCount === 0,
  );
}
