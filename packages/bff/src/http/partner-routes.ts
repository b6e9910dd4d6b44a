import { CreateIntent } from '@qonto-pay/shared';
import type { Request, RequestHandler } from 'express';
import { PaymentError } from '../payments/errors.js';
import type { IntentService } from '../payments/intent-service.js';
import type { Partner } from '../payments/partner.js';
import { fingerprint, readIdempotencyKey } from './idempotency.js';

export type PartnerOf = (req: Request) => Partner;

/** Whose server is asking, by its secret. @throws PaymentError `partner-unauthorized`. */
export const partnerOf =
  (partnerBySecret: (secret: string) => Partner | undefined): PartnerOf =>
  (req) => {
    const [, secret] = /^Bearer (\S{1,512})$/.exec(req.get('Authorization') ?? '') ?? [];
    const partner = secret ? partnerBySecret(secret) : undefined;
    if (partner) return partner;
    throw new PaymentError(
      'partner-unauthorized',
      'Send `Authorization: Bearer <partner secret>`.',
    );
  };

/** What a partner's server may ask for, with its secret. */
export function partnerRoutes(deps: {
  intents: IntentService;
  partnerOf: PartnerOf;
}): Record<'createIntent' | 'readIntent' | 'withdrawIntent' | 'listPayments', RequestHandler> {
  const { partnerOf } = deps;
  return {
    async createIntent(req, res) {
      const partner = partnerOf(req);
      const key = readIdempotencyKey(req.get('Idempotency-Key'));
      if (!req.is('application/json')) {
        throw new PaymentError('unsupported-media-type', 'Send application/json.');
      }
      assertKind(req.body);
      const given = CreateIntent.parse(req.body);
      const { status, body, replayed } = await deps.intents.create(partner, given, {
        partnerId: partner.id,
        principal: 'partner',
        key,
        fingerprint: fingerprint({ method: req.method, path: req.path, body: req.body }),
      });
      if (replayed) res.setHeader('Idempotent-Replayed', 'true');
      res.status(status).type('application/json').send(body);
    },
    async readIntent(req, res) {
      res.json(await deps.intents.read(partnerOf(req), String(req.params.intent)));
    },
    async withdrawIntent(req, res) {
      res.json(await deps.intents.withdraw(partnerOf(req), String(req.params.intent)));
    },
    async listPayments(req, res) {
      const partner = partnerOf(req);
      const { externalRef } = req.query;
      if (typeof externalRef !== 'string' || externalRef === '') {
        throw new PaymentError('invalid-request', 'Send ?externalRef=…', { field: 'externalRef' });
      }
      res.json({ payments: await deps.intents.paymentsByRef(partner, externalRef) });
    },
  };
}

/** A problem of its own: an older service does not know every kind. */
function assertKind(body: unknown): void {
  const { kind } = (body ?? {}) as { kind?: unknown };
  if (kind === undefined || kind === 'transfer' || kind === 'link') return;
  throw new PaymentError('kind-not-supported', 'Send `"kind": "transfer"` or `"link"`.', {
    field: 'kind',
  });
}
