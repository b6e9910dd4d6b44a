import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASK, Asking, colleagues, LIST_REQUESTS } from './support/asking.js';
import { LIST } from './support/bank.js';
import { OwnApp } from './support/own-app.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

const OPERATOR = fileURLToPath(new URL('../src/operator.ts', import.meta.url));

let world: World;
let emma: Payer;
beforeAll(async () => {
  world = await startWorld();
  ({ emma } = await colleagues(world));
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

/** The command as an operator runs it, on the database of the running service. */
async function operator(...args: string[]): Promise<{ code: number; text: string }> {
  const by = ['--operator', 'dora', '--why', 'looked into the list of requests'];
  const command = ['--import', import.meta.resolve('tsx'), OPERATOR, ...args, ...by];
  const env = { PATH: process.env.PATH, ...world.env, DATABASE_URL: world.databaseUrl };
  return promisify(execFile)(process.execPath, command, { env }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
  );
}

describe('an approved row without a transfer like it', { timeout: 60_000 }, () => {
  it('is for a person after an hour, and never freed while a transfer of ours is there', async () => {
    const asking = await Asking.requested(world, emma, {}, { amount: '12.00' });
    const empty = { transfers: [], meta: { next_page: null, total_count: 0 } };
    await world.bank.faults({ match: { ...LIST, times: 1000 }, do: { status: 200, body: empty } });
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).approve(request);
    await world.passTime(0);
    await asking.reaches('processing');
    await world.passTime(50 * 60);
    await world.passTime(0);
    await asking.reaches('processing');
    await world.passTime(11 * 60);
    const { id } = await asking.reaches('held');
    expect(await asking.alarms()).toEqual(['alarm:request-transfer-not-found']);
    await world.bank.clearFaults();
    expect(await operator('fail', id)).toMatchObject({ code: 1 });
    const transfers = await asking.transfers();
    for (const [index, { reference }] of asking.rows.entries()) {
      const transfer = transfers.find((one) => one.reference === reference)?.id ?? '';
      const tied = await operator('tie', id, transfer, '--row', String(index + 1));
      expect(tied).toMatchObject({ code: 0 });
    }
    await asking.reaches('settled');
  });
});

describe('a request of which the bank lists two', { timeout: 60_000 }, () => {
  it('is for a person, and frees its row only when nobody can approve it any more', async () => {
    const asking = await Asking.begin(world);
    const fields = { ...(await asking.fields(emma)), pageToken: await emma.openPage(asking.id) };
    await world.bank.faults({ match: ASK, do: { resetAfterCommit: true } });
    await asking.asked(emma, fields);
    await asking.reaches('unknown');
    const [attempt] = await asking.attempts();
    const twin = { status: 'pending', note: attempt?.tag, created_at: new Date().toISOString() };
    const requests = ['r-1', 'r-2'].map((id) => ({ id, ...twin }));
    const meta = { next_page: null, total_count: 2 };
    const body = { requests, meta };
    await world.bank.faults({ match: LIST_REQUESTS, do: { status: 200, body } });
    await world.passTime(31);
    const { id } = await asking.reaches('held');
    expect(await asking.alarms()).toEqual(['alarm:ambiguous-twin']);
    expect(await asking.state(emma)).toMatchObject({
      snapshot: { status: 'held', payable: false },
      payment: { status: 'held', cancelable: false },
    });

    const refused = await operator('fail', id);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('decline it in Qonto first');
    await asking.reaches('held');
    const [request] = await asking.requests();
    if (request) await (await OwnApp.of(world, 'adam')).decline(request);
    expect((await operator('fail', id)).code).toBe(0);
    await asking.reaches('failed');
    expect((await asking.state(emma)).snapshot?.payable).toBe(true);
    expect(await asking.transfers()).toEqual([]);
  });
});
