import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import type pg from 'pg';
import { plainFetch } from './bank-calls.js';
import { insertsOf, type StoredRows } from './stored-rows.js';
import type { World } from './world.js';

export interface Templates {
  draft: StoredRows;
  confirm: StoredRows;
  confirmAndSend: StoredRows;
}

/**
 * The baseline: an Express handler per action that parses the same body and does the same inserts
 * in one transaction, and nothing else. It checks nothing, reads nothing and tells nobody.
 */
export class PlainHandler {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async start({ database, later }: World, templates: Templates): Promise<PlainHandler> {
    const app = express();
    const form = express.urlencoded({ extended: false });
    app.post('/draft', express.json(), insert(database, templates.draft, 201));
    app.post('/confirm', form, insert(database, templates.confirm, 202));
    app.post('/confirm-and-send', form, insert(database, templates.confirmAndSend, 202));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    later(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    return new PlainHandler(`http://127.0.0.1:${port}`);
  }

  /** How long one request took, answer included. */
  async time(action: 'draft' | 'confirm' | 'confirm-and-send', body: string): Promise<number> {
    const type = action === 'draft' ? 'application/json' : 'application/x-www-form-urlencoded';
    const startedAt = performance.now();
    const answer = await plainFetch(`${this.#url}/${action}`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
    });
    const text = await answer.text();
    const took = performance.now() - startedAt;
    if (!answer.ok) throw new Error(`the baseline got ${answer.status}: ${text}`);
    return took;
  }
}

function insert(database: pg.Pool, template: StoredRows, status: number): RequestHandler {
  return async (_req, res) => {
    await insertAll(database, template);
    res.status(status).json({ inserted: template.length });
  };
}

/** Copies of these rows, in one transaction. */
export async function insertAll(database: pg.Pool, template: StoredRows): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('begin');
    for (const { text, values } of insertsOf(template, freshValues())) {
      await client.query(text, values);
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** Far above what the service gives: the events of all confirmations stand at one intent. */
let nextSeq = 1_000_000;

/** A confirmation of the baseline is one of an intent of the service's: only the payment is new. */
function freshValues(): (column: string) => unknown {
  const made = new Map<string, string>();
  const once = (name: string): string => {
    const value = made.get(name) ?? randomUUID();
    made.set(name, value);
    return value;
  };
  return (column) => {
    switch (column) {
      case 'intents.id':
      case 'intent_items.intent_id':
        return once('intent');
      case 'intent_events.intent_id':
        return made.get('intent');
      case 'intent_events.seq':
        nextSeq += 1;
        return nextSeq;
      case 'attempts.live':
        // The service's workers must not take it for their own and send it.
        return false;
      case 'payments.id':
      case 'payment_items.payment_id':
      case 'attempts.payment_id':
      case 'transitions.payment_id':
      case 'audit_log.payment_id':
        return once('payment');
      case 'intent_items.external_ref':
      case 'payment_items.external_ref':
      case 'payment_items.client_transfer_id':
        return randomUUID();
      case 'idempotency_keys.key':
      case 'attempts.id':
      case 'attempts.bank_key':
      case 'attempts.tag':
        return once(column);
      default:
        return undefined;
    }
  };
}
