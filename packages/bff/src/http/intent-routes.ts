import { FlowAnswer } from '@qonto-pay/shared';
import type { Request, RequestHandler, Response } from 'express';
import { PaymentError } from '../payments/errors.js';
import { type IntentService, intentNotFound } from '../payments/intent-service.js';

const MAX_INTENTS = 50;
/** The payer comes back to the tab now and then; nobody hurries the bank by asking more often. */
const HINT_EVERY_MS = 2000;
const FLOW = /^[A-Za-z0-9_-]{22,43}$/;

/** Where pages of a partner may stand. */
export interface Origins {
  allows(partnerId: string, origin: string): boolean;
  isRegistered(origin: string): boolean;
}

export interface Flows {
  answer(flow: string, intentId: string | undefined): Promise<boolean>;
  find(flow: string): Promise<{ intentId: string | undefined } | undefined>;
}

/** The widget's public routes: no credentials, and nothing that a page could misuse. */
export function intentRoutes(deps: {
  intents: IntentService;
  flows: Flows;
  origins: Origins;
  now: () => number;
}): Record<'preflight' | 'readIntent' | 'readIntents' | 'answerFlow' | 'hint', RequestHandler> {
  const hintedAt = new Map<string, number>();
  const snapshotFor = async (req: Request, res: Response, id: string) => {
    const found = await deps.intents.snapshot(id);
    if (!found) throw intentNotFound();
    allowOrigin(req, res, (origin) => deps.origins.allows(found.partnerId, origin));
    return found.snapshot;
  };
  return {
    preflight(req, res) {
      allowOrigin(req, res, deps.origins.isRegistered);
      res.set({
        'Access-Control-Allow-Methods': 'GET, PUT, POST',
        'Access-Control-Allow-Headers': 'Content-Type, Last-Event-ID',
        'Access-Control-Max-Age': '7200',
      });
      res.status(204).end();
    },
    async readIntent(req, res) {
      res.json(await snapshotFor(req, res, String(req.params.intent)));
    },
    async readIntents(req, res) {
      allowOrigin(req, res, deps.origins.isRegistered);
      const ids = String(req.query.ids ?? '')
        .split(',')
        .filter(Boolean);
      if (ids.length === 0 || ids.length > MAX_INTENTS) {
        throw new PaymentError('invalid-request', `Send ?ids= with 1 to ${MAX_INTENTS} ids.`);
      }
      const origin = req.get('Origin');
      const found = await Promise.all([...new Set(ids)].map((id) => deps.intents.snapshot(id)));
      const intents = found.flatMap((one) =>
        one && (!origin || deps.origins.allows(one.partnerId, origin)) ? [one.snapshot] : [],
      );
      res.json({ intents });
    },
    async answerFlow(req, res) {
      const flow = String(req.params.flow);
      const origin = allowOrigin(req, res, deps.origins.isRegistered);
      if (!origin) throw originRefused();
      if (!FLOW.test(flow)) {
        throw new PaymentError('invalid-request', 'A flow is 128 random bits, base64url.');
      }
      const answer = FlowAnswer.parse(req.body);
      const intentId = 'intent' in answer ? answer.intent : undefined;
      if (intentId) await snapshotFor(req, res, intentId);
      if (!(await deps.flows.answer(flow, intentId))) {
        throw new PaymentError('flow-already-used', 'Open the payment again.');
      }
      res.status(204).end();
    },
    async hint(req, res) {
      const { id } = await snapshotFor(req, res, String(req.params.intent));
      const now = deps.now();
      if (now - (hintedAt.get(id) ?? Number.NEGATIVE_INFINITY) >= HINT_EVERY_MS) {
        for (const [known, at] of hintedAt) if (now - at >= HINT_EVERY_MS) hintedAt.delete(known);
        hintedAt.set(id, now);
        await deps.intents.hint(id);
      }
      res.status(204).end();
    },
  };
}

/** CORS for registered origins; a page from elsewhere is told so. Without `Origin`: no page. */
export function allowOrigin(
  req: Request,
  res: Response,
  allows: (origin: string) => boolean,
): string | undefined {
  res.vary('Origin');
  const origin = req.get('Origin');
  if (origin === undefined) return undefined;
  if (!allows(origin)) throw originRefused();
  res.setHeader('Access-Control-Allow-Origin', origin);
  return origin;
}

const originRefused = () =>
  new PaymentError('origin-not-allowed', "Register the page's origin in the partners file.");
