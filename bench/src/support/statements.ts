import type { Socket } from 'node:net';
import pg from 'pg';
import type { Span } from './numbers.js';

export interface Statement extends Span {
  /** With the spaces squeezed. */
  text: string;
  /** Where in the service it was sent from; only while tracing. */
  sentFrom: string[];
}

/** What went to the database so far, and came from it, counted at the sockets. */
export interface Traffic {
  statements: number;
  /** `begin`, `commit` and `rollback` are told apart. */
  brackets: number;
  sentBytes: number;
  receivedBytes: number;
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
type Callback = (...results: unknown[]) => void;

/** Deep enough for a query builder's frames to leave room for ours. */
const FRAMES = 60;
const OUR_FRAME = /at (?:async )?(\S+).*packages\/bff\/src\/([\w/-]+)\.ts/;

/** Every SQL statement of this process, but for clients that are left out. */
export class Statements {
  readonly #leftOut = new WeakSet<object>();
  readonly #seen: Statement[] = [];
  readonly #counted = { statements: 0, brackets: 0 };
  readonly #sockets = new Set<Socket>();
  #isTracing = false;
  #original: Query | undefined;

  install(): void {
    const prototype = pg.Client.prototype as unknown as { query: Query };
    const original = prototype.query;
    this.#original = original;
    const measure = (client: pg.Client, args: unknown[]) => this.#measure(client, args, original);
    prototype.query = function query(...args) {
      return measure(this, args);
    };
  }

  uninstall(): void {
    if (!this.#original) return;
    (pg.Client.prototype as unknown as { query: Query }).query = this.#original;
  }

  leaveOut(pool: pg.Pool): void {
    pool.on('connect', (client) => this.#leftOut.add(client));
  }

  /** All since the last call. */
  take(): Statement[] {
    return this.#seen.splice(0);
  }

  /** For a caller that has looked at what the next one wants to count. */
  putBack(statements: readonly Statement[]): void {
    this.#seen.unshift(...statements);
  }

  /** All since the beginning; the difference of two is what happened between them. */
  get traffic(): Traffic {
    const traffic = { ...this.#counted, sentBytes: 0, receivedBytes: 0 };
    for (const { bytesWritten, bytesRead } of this.#sockets) {
      traffic.sentBytes += bytesWritten;
      traffic.receivedBytes += bytesRead;
    }
    return traffic;
  }

  /** Notes where each statement comes from. Slow, so never while time is measured. */
  trace(isTracing: boolean): void {
    this.#isTracing = isTracing;
  }

  #measure(client: pg.Client, args: unknown[], original: Query): unknown {
    const [text] = args;
    if (typeof text !== 'string' || this.#leftOut.has(client)) return original.apply(client, args);
    const statement: Statement = {
      text: text.replace(/\s+/g, ' ').trim(),
      startedAt: performance.now(),
      endedAt: Number.POSITIVE_INFINITY,
      sentFrom: this.#isTracing ? ourFrames() : [],
    };
    this.#seen.push(statement);
    this.#counted[isBracket(statement) ? 'brackets' : 'statements'] += 1;
    this.#sockets.add((client as unknown as { connection: { stream: Socket } }).connection.stream);
    const ended = () => {
      statement.endedAt = performance.now();
    };
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const told = (...results: unknown[]) => {
        ended();
        (callback as Callback)(...results);
      };
      return original.apply(client, [...args.slice(0, -1), told]);
    }
    const answer = original.apply(client, args) as Promise<unknown>;
    answer.then(ended, ended);
    return answer;
  }
}

function ourFrames(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const lines = (new Error().stack ?? '').split('\n');
  Error.stackTraceLimit = stackTraceLimit;
  return lines.flatMap((line) => {
    const [, name, file] = OUR_FRAME.exec(line) ?? [];
    return name && file ? [`${file} ${name.replace(/^.*\./, '')}`] : [];
  });
}

export const isBracket = ({ text }: Statement): boolean => /^(begin|commit|rollback)/i.test(text);
