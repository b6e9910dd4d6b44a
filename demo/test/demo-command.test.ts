import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoCommand, freePorts, listenSomewhere, portOf } from './demo-command.js';
import { VisitorBrowser } from './visitor-browser.js';

const UP = [true, true, true];
const DOWN = [false, false, false];
const SOON = { timeout: 60_000, interval: 200 };

describe('the demo command', { timeout: 180_000 }, () => {
  let dataDir: string;
  let command: DemoCommand;

  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'qpay-demo-'));
    // So that the database's user can enter, and its files are below it and go with it.
    chmodSync(dataDir, 0o755);
    command = new DemoCommand(await freePorts(), dataDir);
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('names a taken port and the variable that changes it, and starts nothing', async () => {
    const other = await listenSomewhere();
    command.ports.bff = portOf(other);
    command.start();
    expect(await command.ended()).toBe(1);
    expect(command.output).toBe(
      `Port ${portOf(other)} for the payment service is taken: end the program that uses it, or choose another port with BFF_PORT.\n`,
    );
    other.close();
  });

  it('refuses one port for two programs', async () => {
    command.ports.sandbox = command.ports.demo;
    command.start();
    expect(await command.ended()).toBe(1);
    expect(command.output).toContain('DEMO_PORT and SANDBOX_PORT are both');
  });

  it('refuses an option that it does not know', async () => {
    command.start('--rest');
    expect(await command.ended()).toBe(1);
    expect(command.output).toContain('--reset');
  });

  it('keeps what happened over an end and over a kill, and clears it when asked to', async () => {
    const visitor = new VisitorBrowser(command.ports.demo);
    const intent = async () => /intent="(in_\w+)"/.exec((await visitor.get('/')).html)?.[1];

    command.start();
    await expect.poll(() => command.answers(), SOON).toEqual(UP);
    const first = await intent();
    expect(first).toBeDefined();
    command.kill('SIGTERM');
    expect(await command.ended()).toBe(0);
    expect(await command.answers()).toEqual(DOWN);

    command.start();
    await expect.poll(() => command.answers(), SOON).toEqual(UP);
    expect(await intent()).toBe(first);
    command.kill('SIGKILL');
    await expect.poll(() => command.answers(), SOON).toEqual(DOWN);

    command.start('--reset');
    await expect.poll(() => command.answers(), SOON).toEqual(UP);
    expect(await intent()).not.toBe(first);
    command.kill('SIGINT');
    expect(await command.ended()).toBe(0);
  });
});
