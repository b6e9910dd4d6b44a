import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PgBankBudget } from '../src/store/bank-budget.js';
import { type OpenDatabase, openDatabase } from '../src/store/database.js';
import { MigrationError, migrate } from '../src/store/migrate.js';
import { Notifications } from '../src/store/notifications.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

let test: TestDatabase;
let database: OpenDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.config);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

describe('openDatabase', () => {
  it('reads bigint as BigInt and times as Date', async () => {
    const { rows } = await sql<{ cents: bigint; at: Date }>`
      select 9007199254740993::bigint as cents, '2026-11-20T08:00:00.123Z'::timestamptz as at
    `.execute(database.db);
    expect(rows[0]).toEqual({ cents: 9007199254740993n, at: new Date('2026-11-20T08:00:00.123Z') });
  });

  it('opens by URL as well', async () => {
    const other = openDatabase(test.url);
    expect(await other.db.selectFrom('bank_clock').select('only_row').execute()).toHaveLength(1);
    await other.close();
  });

  it('survives connections that are cut', async () => {
    const errors: Error[] = [];
    const other = openDatabase(test.config, (error) => errors.push(error));
    await sql`select 1`.execute(other.db);
    await cutOthers();
    await vi.waitFor(() => expect(errors).not.toHaveLength(0));
    await sql`select 1`.execute(other.db);
    await other.close();
  });
});

describe('migrate', () => {
  let directory: string;
  const write = (name: string, text: string) => fs.writeFileSync(path.join(directory, name), text);
  const run = (target: TestDatabase) =>
    migrate(target.config, pathToFileURL(`${directory}${path.sep}`));

  beforeAll(() => {
    directory = fs.mkdtempSync(path.join(tmpdir(), 'qpay-migrations-'));
    for (const name of fs.readdirSync(new URL('../src/store/migrations/', import.meta.url))) {
      fs.copyFileSync(
        new URL(`../src/store/migrations/${name}`, import.meta.url),
        path.join(directory, name),
      );
    }
  });
  afterAll(() => fs.rmSync(directory, { recursive: true }));

  it('applies each file once, however many instances start together', async () => {
    write('900-two.sql', 'create table two (id int); insert into two values (1);');
    const ran = await Promise.all([1, 2, 3, 4, 5].map(() => run(test)));
    expect(ran.flat()).toEqual(['900-two.sql']);
  });

  it('rolls a half-broken file back and says which one', async () => {
    write('901-broken.sql', 'create table three (id int); select nothing from nowhere;');
    await expect(run(test)).rejects.toThrow(MigrationError);
    const { rows } = await sql<{ found: string | null }>`
      select to_regclass('three')::text as found`.execute(database.db);
    expect(rows[0]?.found).toBeNull();
    fs.rmSync(path.join(directory, '901-broken.sql'));
    expect(await run(test)).toEqual([]);
  });

  it('refuses a file that was changed or slipped in before an applied one', async () => {
    write('899-late.sql', 'select 1');
    await expect(run(test)).rejects.toThrow('899-late.sql comes before');
    fs.rmSync(path.join(directory, '899-late.sql'));
    write('900-two.sql', 'create table two (id bigint);');
    await expect(run(test)).rejects.toThrow('900-two.sql was changed');
  });
});

describe('Notifications', () => {
  const notify = (channel: string, payload: string) =>
    sql`select pg_notify(${channel}, ${payload})`.execute(database.db);

  it('hands each payload to the handlers of its channel', async () => {
    const notifications = new Notifications(test.config);
    const seen: string[] = [];
    await Promise.all([
      notifications.listen('intents', (payload) => seen.push(`a:${payload}`)),
      notifications.listen('intents', (payload) => seen.push(`b:${payload}`)),
      notifications.listen('Other', (payload) => seen.push(`c:${payload}`)),
    ]);
    await notifications.listen('late', (payload) => seen.push(`d:${payload}`));
    await notify('intents', '1');
    await notify('Other', '2');
    await notify('late', '3');
    await vi.waitFor(() => expect(seen).toEqual(['a:1', 'b:1', 'c:2', 'd:3']));
    await notifications.close();
  });

  it('listens again after a cut, and asks for a sweep', async () => {
    const onReconnect = vi.fn();
    const onError = vi.fn();
    const notifications = new Notifications(test.config, { onReconnect, onError });
    const seen: string[] = [];
    await notifications.listen('intents', (payload) => seen.push(payload));
    await cutOthers();
    await vi.waitFor(() => expect(onReconnect).toHaveBeenCalledTimes(1), 5_000);
    await notify('intents', 'after');
    await vi.waitFor(() => expect(seen).toEqual(['after']));
    expect(onError).toHaveBeenCalled();
    await notifications.close();
  });

  it('survives a handler that throws', async () => {
    const onError = vi.fn();
    const notifications = new Notifications(test.config, { onError });
    const seen: string[] = [];
    await notifications.listen('intents', () => {
      throw new Error('broken handler');
    });
    await notifications.listen('intents', (payload) => seen.push(payload));
    await notify('intents', '1');
    await vi.waitFor(() => expect(seen).toEqual(['1']));
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken handler' }));
    await notifications.close();
  });

  it('stays closed once closed', async () => {
    const onReconnect = vi.fn();
    const notifications = new Notifications(test.config, { onReconnect });
    await notifications.listen('intents', () => {});
    await notifications.close();
    await sleep(150);
    expect(onReconnect).not.toHaveBeenCalled();
  });

  it('fails the first listen when the database cannot be reached', async () => {
    const notifications = new Notifications({ ...test.config, database: 'not_there' });
    await expect(notifications.listen('intents', () => {})).rejects.toThrow();
    await notifications.close();
  });
});

describe('PgBankBudget', () => {
  const limits = {
    create: { in10s: 9, in10min: 100 },
    replay: { in10s: 9, in10min: 100 },
    read: { in10s: 7, in10min: 100 },
    poll: { in10s: 5, in10min: 20 },
  };
  const budget = () => new PgBankBudget(database.pool, limits);
  const clear = () => sql`delete from bank_calls`.execute(database.db);
  const age = (seconds: number) =>
    sql`update bank_calls set second = second - ${seconds} * interval '1 second'`.execute(
      database.db,
    );
  const granted = async (priority: 'create' | 'read' | 'poll', tries: number) => {
    const takes = Array.from({ length: tries }, () => budget().take(priority));
    return (await Promise.all(takes)).filter(Boolean).length;
  };

  it('leaves room for creates when polls and reads have had their share', async () => {
    await clear();
    expect(await granted('poll', 30)).toBe(5);
    expect(await granted('read', 30)).toBe(2);
    expect(await granted('create', 30)).toBe(2);
    expect(await granted('poll', 5)).toBe(0);
  });

  it('grants again when the window has passed, within that of ten minutes', async () => {
    await clear();
    for (const expected of [5, 5, 5, 5, 0]) {
      expect(await granted('poll', 8)).toBe(expected);
      await age(12);
    }
    await age(600);
    expect(await granted('poll', 8)).toBe(5);
  });

  it('forgets what no longer counts', async () => {
    await clear();
    await granted('poll', 1);
    await age(700);
    await granted('poll', 1);
    expect(await database.db.selectFrom('bank_calls').selectAll().execute()).toHaveLength(1);
  });
});

describe('createTestDatabase', () => {
  it('gives many callers at once a database each', async () => {
    const several = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()));
    expect(new Set(several.map(({ url }) => url)).size).toBe(4);
    await Promise.all(several.map(({ drop }) => drop()));
  });
});

async function cutOthers(): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db);
}
