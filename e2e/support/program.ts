import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../../scripts/demo-services.js';
import { root } from '../../scripts/workspace.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** One program of the stack, which a journey may kill and start again. */
export class Program {
  readonly #service: Service;
  readonly #logFile: string;
  #process: ChildProcess | undefined;
  #hasEnded: Promise<void> = Promise.resolve();

  constructor(service: Service, logDir: string) {
    this.#service = service;
    this.#logFile = path.join(logDir, `${service.name}.log`);
  }

  /** Resolves when the program answers. */
  async start(): Promise<void> {
    const log = openSync(this.#logFile, 'a');
    const child = fork(path.join(root, this.#service.entry), [], {
      cwd: root,
      env: { ...process.env, ...this.#service.env },
      execArgv: ['--import', 'tsx'],
      // With the channel it ends when we do, however we end.
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#process = child;
    this.#hasEnded = new Promise((resolve) => child.once('exit', () => resolve()));
    await this.#becomesReady(child);
  }

  /** Ends the program as a power cut would. */
  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#hasEnded;
  }

  async stop(): Promise<void> {
    this.#process?.kill('SIGTERM');
    const timeout = setTimeout(() => this.#process?.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.#hasEnded;
    clearTimeout(timeout);
  }

  async #becomesReady(child: ChildProcess): Promise<void> {
    const giveUpAt = Date.now() + READY_TIMEOUT_MS;
    while (!(await answers(this.#service.readyUrl))) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > giveUpAt) {
        const lines = readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-20);
        throw new Error(`The ${this.#service.name} did not start:\n${lines.join('\n')}`);
      }
      await sleep(100);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}
