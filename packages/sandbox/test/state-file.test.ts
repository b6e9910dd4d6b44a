import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Driver, TRUSTED_BENEFICIARY } from './driver.js';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  stateFile = path.join(folder, 'deeper', 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(environment: Record<string, string>, stderr: 'ignore' | 'pipe' = 'ignore') {
  return spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env.PATH, SANDBOX_CONTROL: '1', PORT: '0', ...environment },
    stdio: ['ignore', 'ignore', stderr, 'ipc'],
  });
}

async function start(environment: Record<string, string> = {}) {
  const child = run(environment);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { child, bank: new Driver({ url, close: async () => {} }) };
}

async function failure(environment: Record<string, string>) {
  const child = run(environment, 'pipe');
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, text };
}

describe('the state file', () => {
  it('brings everything back after SIGKILL', async () => {
    const first = await start({ SANDBOX_STATE: stateFile });
    const alice = await first.bank.token();
    const transfer = await first.bank.transfer(alice, { beneficiary_id: TRUSTED_BENEFICIARY });
    await first.bank.advance(60);
    const paid = await first.bank.create(alice, transfer);
    const challenge = await first.bank.create(alice, await first.bank.transfer(alice));
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await start({ SANDBOX_STATE: stateFile });
    expect((await second.bank.create(alice, transfer)).text).toBe(paid.text);
    expect((await second.bank.ledger()).transfers).toMatchObject([{ id: paid.json.transfer.id }]);
    const session = challenge.json.sca_session_token;
    expect((await second.bank.get(`/v2/sca_sessions/${session}`, alice)).json.result).toBe(
      'waiting',
    );
    const { headers } = await second.bank.send('GET', '/');
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(50_000);
    await second.bank.advance(3);
    expect((await second.bank.ledger()).transfers[0].status).toBe('settled');
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
    expect(readdirSync(path.dirname(stateFile))).toEqual(['state.json']);
  });

  it('that is none is named with a way out', async () => {
    stateFile = path.join(folder, 'state.json');
    writeFileSync(stateFile, '{"version":1,"state":');
    const { code, text } = await failure({ SANDBOX_STATE: stateFile });
    expect(code).toBe(1);
    expect(text).toContain('SANDBOX_STATE');
  });
});

describe('the start', () => {
  it('on a taken port says which one and which variable, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, text } = await failure({ PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(text).toContain(`Port ${port} is taken`);
    expect(text).toContain('SANDBOX_PORT');
  });

  it('with a wrong variable names it', async () => {
    const { code, text } = await failure({ SANDBOX_CONTROL: 'yes' });
    expect(code).toBe(1);
    expect(text).toContain('SANDBOX_CONTROL must be 0 or 1');
  });

  it('by a program ends with it', async () => {
    const { child } = await start();
    child.disconnect();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
