import type { RequestHandler } from 'express';
import type { WebhookInbox } from '../webhooks/inbox.js';

/** What the bank tells us: taken or refused within its second, worked on afterwards. */
export function webhookRoute(inbox: WebhookInbox): RequestHandler {
  return async (req, res) => {
    // Without a body the parser leaves none.
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const signature = req.get('X-Qonto-Signature');
    await inbox.receive({ token: String(req.params.token), signature, body });
    res.status(204).end();
  };
}
