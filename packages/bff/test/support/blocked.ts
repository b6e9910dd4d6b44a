import { onTestFinished } from 'vitest';
import { until, type World } from './world.js';

const KEY = 4711;

/** Waits until somebody in this world waits for a lock; other worlds share the server. */
export async function untilBlocked({ database }: World): Promise<void> {
  await until(
    () =>
      database.query(`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`),
    ({ rowCount }) => rowCount !== 0,
  );
}

/** Whoever waits for a lock loses the connection, as when its process has died. */
export async function endBlocked({ database }: World): Promise<void> {
  await database.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
}

/** The bank's answer to a request for a link arrives, and nobody can write it down before this ends. */
export const holdLinkAnswers = (world: World) =>
  holdLinks(world, 'old.in_flight and not new.in_flight');

/** A link is promised and taken up, and nobody can send its request before this ends. */
export const holdLinkSends = (world: World) =>
  holdLinks(world, 'new.in_flight and not old.in_flight');

async function holdLinks({ database }: World, when: string): Promise<() => Promise<void>> {
  const holder = await database.connect();
  await holder.query('select pg_advisory_lock($1)', [KEY]);
  await holder.query(`
    create function wait_for_test() returns trigger language plpgsql as
      'begin perform pg_advisory_xact_lock_shared(${KEY}); return new; end';
    create trigger links_wait before update of in_flight on links
      for each row when (${when}) execute function wait_for_test()`);
  let isHeld = true;
  const release = async () => {
    if (!isHeld) return;
    isHeld = false;
    await holder.query('select pg_advisory_unlock($1)', [KEY]);
    await holder.query('drop trigger links_wait on links; drop function wait_for_test()');
    holder.release();
  };
  onTestFinished(release);
  return release;
}
