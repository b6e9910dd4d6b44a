import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { World } from './world.js';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The service as a process of its own, which can be killed like a machine that loses its power. */
export class ServiceProcess {
  readonly #child: ChildProcess;
  #output = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
  }

  /** All that it has written so far. */
  get output(): string {
    return this.#output;
  }

  static async start(world: World): Promise<ServiceProcess> {
    const child = fork(MAIN, [], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      env: { PATH: process.env.PATH, ...world.env, DATABASE_URL: world.databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const service = new ServiceProcess(child);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the service ended with ${String(code)}: ${service.output}`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => {});
    return service;
  }

  /** No handler of ours runs, nothing is written any more. */
  async kill(): Promise<void> {
    const isOver = this.#child.exitCode !== null || this.#child.signalCode !== null;
    const exit = isOver ? undefined : once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}
