import { Router } from 'express';
import type { Bank } from '../bank.js';
import { isGoodLink } from './file-link.js';

/** The content of attachments, for whoever has a signed link. */
export function fileRoutes(bank: Bank): Router {
  const router = Router();
  router.get('/:id', (req, res) => {
    const { id } = req.params;
    const query = new URL(req.originalUrl, 'http://bank').searchParams;
    const secret = bank.store.current.proofSecret;
    if (!isGoodLink(id, query, { secret, now: bank.clock.now() })) {
      return void res.status(403).type('text/plain').send('Request has expired');
    }
    const attachment = bank.store.current.attachments.get(id);
    if (!attachment) return void res.status(404).type('text/plain').send('Not found');
    res
      .status(200)
      .type(attachment.contentType)
      .set({ 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': 'sandbox' })
      .send(Buffer.from(attachment.contentBase64, 'base64'));
  });
  return router;
}
