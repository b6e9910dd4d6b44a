import type { Request, RequestHandler, Response } from 'express';
import type Provider from 'oidc-provider';
import type { Bank } from '../bank.js';
import { isUserAccount, membershipsOf } from '../oauth/accounts.js';
import { scopesIn } from '../oauth/scopes.js';
import type { Membership } from '../state.js';
import { Refusal, refusal } from './refusal.js';

/** One call as a handler sees it. */
export interface ApiCall {
  readonly bank: Bank;
  readonly caller: Membership;
  /** All that the token may act as: more than one only in the user OAuth flow. */
  readonly memberships: readonly Membership[];
  readonly scopes: readonly string[];
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly bytes: Buffer;
  readonly header: (name: string) => string | undefined;
  /** Empty for an endpoint without one. */
  readonly idempotencyKey: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** In place of JSON. */
  readonly document?: { readonly type: string; readonly content: Buffer };
}

export type Handler = (call: ApiCall) => Answer;

export interface EndpointRules {
  /** One of them is enough. Undefined: any valid token will do. */
  readonly scope?: string | readonly string[];
  readonly isKeyed?: boolean;
  /** Needs no organisation of a user (facts 2.6). */
  readonly isForUser?: boolean;
}

/** Makes endpoints that check in Qonto's order: token, scope, idempotency, and then the handler (facts 7). */
export class Endpoints {
  readonly #bank: Bank;
  readonly #provider: Provider;

  constructor({ bank, provider }: { readonly bank: Bank; readonly provider: Provider }) {
    this.#bank = bank;
    this.#provider = provider;
  }

  endpoint(rules: EndpointRules, handler: Handler): RequestHandler {
    return async (req, res) => {
      const call = callOf(req, {
        bank: this.#bank,
        ...(await this.#callerOf(req, rules)),
      });
      if (rules.isKeyed) await this.#answerOnce(call, res, handler);
      else send(res, handler(call));
    };
  }

  /** An endpoint that asks for no token. */
  open(handler: (params: Readonly<Record<string, string>>) => Answer): RequestHandler {
    return (req, res) => send(res, handler(req.params as Record<string, string>));
  }

  async #callerOf(
    req: Request,
    { scope, isForUser }: EndpointRules,
  ): Promise<Pick<ApiCall, 'caller' | 'memberships' | 'scopes'>> {
    const token = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
    const found = token ? await this.#provider.AccessToken.find(token) : undefined;
    const memberships = found ? membershipsOf(this.#bank, found.accountId) : [];
    const [first] = memberships;
    if (!found || !first)
      throw refusal(401, 'unauthorized', 'The access token is missing, invalid or expired');
    const scopes = scopesIn(found.scope ?? '');
    const wanted = scope === undefined ? [] : [scope].flat();
    if (wanted.length > 0 && !wanted.some((one) => scopes.includes(one))) {
      throw refusal(403, 'forbidden', `missing required oauth scope: ${wanted.join(' or ')}`);
    }
    if (isForUser || !isUserAccount(found.accountId)) return { caller: first, memberships, scopes };
    return { caller: namedCaller(req, memberships), memberships, scopes };
  }

  /** Facts 5.2: a kept success first, whatever the body says; then one running call per key. */
  async #answerOnce(call: ApiCall, res: Response, handler: Handler): Promise<void> {
    const key = call.idempotencyKey;
    const desk = this.#bank.idempotency;
    if (key === '') {
      throw refusal(400, 'idempotency_key_missing', 'X-Qonto-Idempotency-Key header is missing');
    }
    const kept = desk.keptAnswer(key);
    if (kept) {
      sendText(res, kept);
      return;
    }
    if (!desk.lock(key)) {
      const hasRace = this.#bank.switches.get('idempotency_race') && !desk.isStuck(key);
      if (!hasRace) {
        const status = this.#bank.switches.get('concurrent_twin_status');
        throw new Refusal(status, { error: 'Concurrent requests detected' });
      }
      // The 2023 middleware looked before it locked: it does not look again.
      await desk.lockWhenFree(key);
    }
    this.#runLocked(call, res, handler);
  }

  #runLocked(call: ApiCall, res: Response, handler: Handler): void {
    const { idempotency: desk, switches } = this.#bank;
    const key = call.idempotencyKey;
    const isStuckAtFailure = switches.get('idempotency_stuck_lock');
    const isKeptLate = isStuckAtFailure || switches.get('idempotency_race');
    let success: { readonly status: number; readonly body: string } | undefined;
    // Until the answer has left: a slow answer is a running call to its twin.
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      const hasFailed = !res.writableFinished && isStuckAtFailure;
      if (isKeptLate && success && !hasFailed) desk.keep(key, success);
      if (hasFailed) desk.stick(key);
      else desk.unlock(key);
    };
    res.once('finish', end);
    res.once('close', end);
    const { status, body } = handler(call);
    const answer = { status, body: JSON.stringify(body) };
    if (status >= 200 && status <= 226) success = answer;
    if (success && !isKeptLate) desk.keep(key, success);
    sendText(res, answer);
  }
}

/** Facts 2.6: in the user flow every call names its organisation. */
function namedCaller(req: Request, memberships: readonly Membership[]): Membership {
  const wanted = req.get('X-Qonto-Organization-Id');
  const caller = memberships.find(({ organizationId }) => organizationId === wanted);
  if (caller) return caller;
  throw refusal(403, 'forbidden', 'X-Qonto-Organization-Id is missing or not one of yours');
}

function callOf(
  req: Request,
  context: Pick<ApiCall, 'bank' | 'caller' | 'memberships' | 'scopes'>,
): ApiCall {
  const url = new URL(req.originalUrl, 'http://bank');
  return {
    ...context,
    method: req.method,
    path: url.pathname,
    params: req.params as Record<string, string>,
    query: url.searchParams,
    bytes: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
    header: (name) => req.get(name),
    idempotencyKey: req.get('X-Qonto-Idempotency-Key') ?? '',
  };
}

function send(res: Response, { status, body, document }: Answer): void {
  if (document) return void res.status(status).type(document.type).send(document.content);
  if (body === undefined) res.status(status).end();
  else res.status(status).json(body);
}

function sendText(res: Response, { status, body }: { status: number; body: string }): void {
  res.status(status).type('json').send(body);
}
