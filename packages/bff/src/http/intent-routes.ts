import { FlowAnswer, type Snapshot } from '@qonto-pay/shared';
import type { Request, RequestHandler, Response } from 'express';
import { PaymentError } from '../payments/errors.js';
import { type IntentService, intentNotFound } from '../payments/intent-service.js';
import { sendJson } from './json.js';

const MAX_INTENTS = 400;
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

export interface IntentRoutesDeps {
  intents: IntentService;
  flows: Flows;
  origins: Origins;
  now: () => number;
}

/** The widget's public routes: no credentials, and nothing that a page could misuse. */
export class IntentRoutes {
  readonly #deps: IntentRoutesDeps;
  readonly #hintedAt = new Map<string, number>();

  constructor(deps: IntentRoutesDeps) {
    this.#deps = deps;
  }

  readonly preflight: RequestHandler = (req, res) => {
    allowOrigin(req, res, this.#deps.origins.isRegistered);
    res.set({
      'Access-Control-Allow-Methods': 'GET, PUT, POST',
      'Access-Control-Allow-Headers': 'Content-Type, Last-Event-ID',
      'Access-Control-Max-Age': '7200',
    });
    res.status(204).end();
  };

  readonly readIntent: RequestHandler = async (req, res) => {
    await sendJson(req, res, await this.#snapshotFor(req, res, String(req.params.intent)));
  };

  readonly readIntents: RequestHandler = async (req, res) => {
    const { intents, origins } = this.#deps;
    const origin = allowOrigin(req, res, origins.isRegistered);
    const ids = new Set(
      String(req.query.ids ?? '')
        .split(',')
        .filter(Boolean),
    );
    if (ids.size === 0 || ids.size > MAX_INTENTS) {
      throw new PaymentError('invalid-request', `Send ?ids= with 1 to ${MAX_INTENTS} ids.`);
    }
    const found = await intents.snapshots([...ids]);
    const allowed = found.filter(({ partnerId }) => !origin || origins.allows(partnerId, origin));
    await sendJson(req, res, { intents: allowed.map(({ snapshot }) => snapshot) });
  };

  readonly answerFlow: RequestHandler = async (req, res) => {
    const flow = String(req.params.flow);
    const origin = allowOrigin(req, res, this.#deps.origins.isRegistered);
    if (!origin) throw originRefused();
    if (!FLOW.test(flow)) {
      throw new PaymentError('invalid-request', 'A flow is 128 random bits, base64url.');
    }
    const answer = FlowAnswer.parse(req.body);
    const intentId = 'intent' in answer ? answer.intent : undefined;
    if (intentId) await this.#snapshotFor(req, res, intentId);
    if (!(await this.#deps.flows.answer(flow, intentId))) {
      throw new PaymentError('flow-already-used', 'Open the payment again.');
    }
    res.status(204).end();
  };

  /** Too many of them are no error: the payer has only looked at the tab again. */
  readonly hint: RequestHandler = async (req, res) => {
    const { id } = await this.#snapshotFor(req, res, String(req.params.intent));
    const now = this.#deps.now();
    for (const [known, at] of this.#hintedAt) {
      if (now - at >= HINT_EVERY_MS) this.#hintedAt.delete(known);
    }
    if (!this.#hintedAt.has(id)) {
      this.#hintedAt.set(id, now);
      await this.#deps.intents.hint(id);
    }
    res.status(204).end();
  };

  async #snapshotFor(req: Request, res: Response, id: string): Promise<Snapshot> {
    const found = await this.#deps.intents.snapshot(id);
    if (!found) {
      // With CORS, so that the widget on a registered page learns that there is none.
      allowOrigin(req, res, this.#deps.origins.isRegistered);
      throw intentNotFound();
    }
    allowOrigin(req, res, (origin) => this.#deps.origins.allows(found.partnerId, origin));
    return found.snapshot;
  }
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
