import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './demo-services.js';
import { root } from './workspace.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

interface Child {
  service: Service;
  process: ChildProcess;
  logFile: string;
  hasEnded: Promise<void>;
}

/** The programs of the demo: started together, and when one ends, or we do, all end. */
export class Children {
  readonly #logDir: string;
  readonly #children: Child[] = [];
  #isStopping = false;

  constructor(logDir: string) {
    this.#logDir = logDir;
    mkdirSync(logDir, { recursive: true });
  }

  start(service: Service): void {
    const logFile = path.join(this.#logDir, `${service.name}.log`);
    const log = openSync(logFile, 'w');
    const child = fork(path.join(root, service.entry), [], {
      cwd: root,
      env: { ...process.env, ...service.env },
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', log, log, 'ipc'],
      // A group of its own: Ctrl-C reaches only us, so that we can end them in order.
      detached: true,
    });
    closeSync(log);
    const hasEnded = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    this.#children.push({ service, process: child, logFile, hasEnded });
  }

  /** Resolves when every program answers; throws with the end of its log when one ended or stays silent. */
  async ready(): Promise<void> {
    await Promise.all(this.#children.map((child) => this.#waitFor(child)));
  }

  /** Resolves with the reason when a program ends by itself. */
  firstFailure(): Promise<string> {
    return Promise.race(
      this.#children.map(async (child) => {
        await child.hasEnded;
        return this.#isStopping ? '' : failure(child, 'ended');
      }),
    );
  }

  /** Ends them in reverse order, so that each can still reach what it needs. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const child of this.#children.toReversed()) await end(child);
  }

  async #waitFor(child: Child): Promise<void> {
    const giveUpAt = Date.now() + READY_TIMEOUT_MS;
    while (!this.#isStopping) {
      if (hasExited(child.process)) throw new Error(failure(child, 'ended while starting'));
      if (await answers(child.service.readyUrl)) return;
      if (Date.now() > giveUpAt) throw new Error(failure(child, 'did not become ready'));
      await sleep(100);
    }
  }
}

async function end({ process, hasEnded }: Child): Promise<void> {
  if (hasExited(process)) return;
  process.kill('SIGTERM');
  const hasTimedOut = Symbol('timed out');
  const timeout = sleep(STOP_TIMEOUT_MS, hasTimedOut, { ref: false });
  if ((await Promise.race([hasEnded, timeout])) === hasTimedOut) process.kill('SIGKILL');
  await hasEnded;
}

function hasExited({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
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

function failure({ service, logFile }: Child, what: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20);
  return `The ${service.name} ${what}. The end of ${path.relative(root, logFile)}:\n${lines.join('\n')}`;
}
