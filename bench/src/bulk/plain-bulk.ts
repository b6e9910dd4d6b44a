import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type BankCall, plainFetch } from '../support/bank-calls.js';
import { insertAll } from '../support/plain-handler.js';
import type { StoredRows } from '../support/stored-rows.js';
import type { World } from '../support/world.js';

export interface PlainTimes {
  totalMs: number;
  bankMs: number;
}

/**
 * The baseline of a bulk: a handler that parses the same form, inserts the same rows in one
 * transaction with one statement for a table, and sends the same bytes to the bank.
 */
export class PlainBulk {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async start(
    { database, bank, later }: World,
    { rows, send }: { rows: StoredRows; send: BankCall },
  ): Promise<PlainBulk> {
    const body = bytesSent(rows);
    const app = express();
    app.post('/confirm', express.urlencoded({ extended: false }), async (_req, res) => {
      await insertAll(database, rows);
      const sentAt = performance.now();
      const headers = new Headers(send.headers);
      headers.set('X-Qonto-Idempotency-Key', randomUUID());
      const answer = await plainFetch(bank.url + send.path, { method: 'POST', headers, body });
      await answer.text();
      res.status(answer.status).json({ bankMs: performance.now() - sentAt });
    });
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    later(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    return new PlainBulk(`http://127.0.0.1:${port}`);
  }

  async time(form: string): Promise<PlainTimes> {
    const startedAt = performance.now();
    const answer = await plainFetch(`${this.#url}/confirm`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form,
    });
    const text = await answer.text();
    const totalMs = performance.now() - startedAt;
    // The bank's way of asking for an approval.
    if (answer.status !== 428) throw new Error(`the baseline got ${answer.status}: ${text}`);
    return { totalMs, bankMs: (JSON.parse(text) as { bankMs: number }).bankMs };
  }
}

/** The service stores what it sends before it sends it. */
function bytesSent(rows: StoredRows): ArrayBuffer {
  const body = rows.find(({ table }) => table === 'attempts')?.row.body;
  if (!Buffer.isBuffer(body)) throw new Error('an attempt has its bytes');
  return new Uint8Array(body).buffer;
}
