import { setTimeout as sleep } from 'node:timers/promises';
import type { Approval, Bank } from './bank.js';
import { plainFetch } from './bank-calls.js';

const GIVE_UP_AFTER_MS = 60_000;

/** The least that anybody can do: asks the bank once per interval until it reads `allow`. */
export class PlainPoller {
  readonly #allowed: Promise<number>;

  private constructor(allowed: Promise<number>) {
    this.#allowed = allowed;
    // Awaited later; a failure until then is not unhandled.
    this.#allowed.catch(() => {});
  }

  /** A second program of the same member, with a token of its own. */
  static async start(bank: Bank, approval: Approval, intervalMs: number): Promise<PlainPoller> {
    const accessToken = await bank.accessToken(approval.member);
    const url = `${bank.url}/v2/sca_sessions/${approval.token}`;
    return new PlainPoller(poll(url, accessToken, intervalMs));
  }

  /** When the answer that said so was read. */
  firstAllow(): Promise<number> {
    return this.#allowed;
  }
}

async function poll(url: string, accessToken: string, intervalMs: number): Promise<number> {
  const startedAt = performance.now();
  for (let due = startedAt; due < startedAt + GIVE_UP_AFTER_MS; due += intervalMs) {
    await sleep(Math.max(0, due - performance.now()));
    const answer = await plainFetch(url, { headers: { Authorization: `Bearer ${accessToken}` } });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`the plain poller got ${answer.status}: ${text}`);
    if ((JSON.parse(text) as { result: string }).result === 'allow') return performance.now();
  }
  throw new Error('the plain poller saw no decision');
}
