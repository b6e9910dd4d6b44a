import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { World } from './world.js';

/** Not worked on: the service's worker must not take it for its own. */
const INSERT = `insert into webhook_events
  (connection_id, id, partner_id, organization_id, topic, object_id, done_at)
  values ($1, $2, 'bench', 'plain', 'transfers', $3, clock_timestamp())
  on conflict do nothing`;

/** The baseline: checks the signature with a secret at hand, inserts the row, answers. */
export async function startPlainInbox(
  { database, later }: World,
  secret: string,
): Promise<{ url: string }> {
  const connectionId = randomUUID();
  const app = express();
  app.post('/hook', express.raw({ type: () => true }), async (req, res) => {
    const body = req.body as Buffer;
    const header = String(req.headers['x-qonto-signature']);
    const [, time = '', digest = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
    const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
    if (!timingSafeEqual(Buffer.from(digest, 'hex'), expected)) return void res.status(401).end();
    const event = JSON.parse(body.toString('utf8')) as { id: string; data: { id: string } };
    await database.query(INSERT, [connectionId, event.id, event.data.id]);
    res.status(204).end();
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  later(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}
