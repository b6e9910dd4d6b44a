import express, { type RequestHandler, Router } from 'express';
import type Provider from 'oidc-provider';
import { z } from 'zod';
import { refusal } from '../api/refusal.js';
import type { Bank } from '../bank.js';
import { MAGIC_AMOUNTS, MAGIC_PAYEES } from '../data/magic.js';
import { streamView } from '../event-stream.js';
import { decimalOf } from '../money.js';
import { userAccountId } from '../oauth/accounts.js';
import { consentsOf, withdrawConsent } from '../oauth/consents.js';
import { mayAsk } from '../oauth/request-rules.js';
import { scopesIn } from '../oauth/scopes.js';
import { issueTokens } from '../oauth/tokens.js';
import type { Membership } from '../state.js';
import { FaultsBody, faultsOf } from './fault-body.js';
import { ledgerView, sessionView } from './ledger-view.js';
import { webhookView } from './webhook-view.js';

const TokensBody = z.strictObject({
  member: z.string(),
  scope: z.string(),
  organization: z.string().optional(),
  /** A token of the user OAuth flow. */
  identity_type: z.literal('user').optional(),
});
const RevocationBody = TokensBody.omit({ scope: true, identity_type: true });
const ClockBody = z.strictObject({ advanceSeconds: z.number().nonnegative().max(315_360_000) });
const SwitchesBody = z.record(z.string(), z.unknown());

/** The director's chair of tests and demos; not part of the bank that it plays. */
export function controlRoutes({ bank, provider }: { bank: Bank; provider: Provider }): Router {
  const router = Router();
  router.use(refuseStrangers, express.json({ type: () => true, strict: false }));

  router.post('/reset', (_req, res) => {
    bank.reset();
    res.json({ message: 'Success' });
  });
  router.post('/tokens', async (req, res) => {
    const wish = parse(TokensBody, req.body);
    const scopes = scopesIn(wish.scope);
    const refused = scopes.find((scope) => !mayAsk(scope, bank));
    if (refused !== undefined) throw invalid(`scope "${refused}" is not allowed`);
    const membership = membershipOf(bank, wish);
    const accountId = wish.identity_type ? userAccountId(membership.member) : membership.id;
    res.json(await issueTokens(provider, { accountId, scope: scopes.join(' ') }));
  });
  router.get('/sca-sessions', (_req, res) => {
    const sessions = [...bank.store.current.scaSessions.values()];
    res.json(sessions.map((session) => sessionView(bank, session)));
  });
  router.post('/sca-sessions/:token/:decision', (req, res) => {
    const decision = parse(z.enum(['allow', 'deny']), req.params.decision);
    const session = bank.sca.session(req.params.token);
    if (!session) throw refusal(404, 'not_found', 'There is no such SCA session');
    if (!bank.sca.decide(session, decision)) {
      throw refusal(409, 'decided', `This SCA session reads "${bank.sca.decisionOf(session)}"`);
    }
    res.json(sessionView(bank, session));
  });
  router.post('/clock', (req, res) => {
    bank.advanceClock(Math.round(parse(ClockBody, req.body).advanceSeconds * 1000));
    res.json({ now: new Date(bank.clock.now()).toISOString() });
  });
  router.post('/faults', (req, res) => {
    bank.faults.add(faultsOf(parse(FaultsBody, req.body)));
    res.json({ message: 'Success' });
  });
  router.delete('/faults', (_req, res) => {
    bank.faults.clear();
    res.status(204).end();
  });
  router.put('/switches', (req, res) => {
    for (const [name, value] of Object.entries(parse(SwitchesBody, req.body))) {
      setSwitch(bank, name, value);
    }
    res.json(bank.switches.all());
  });
  router.get('/switches', (_req, res) => void res.json(bank.switches.all()));
  router.post('/consent-revocations', (req, res) => {
    const { id, member } = membershipOf(bank, parse(RevocationBody, req.body));
    for (const consent of consentsOf(bank, member)) {
      if (consent.memberships.some((membership) => membership.id === id)) {
        withdrawConsent(bank, consent);
      }
    }
    res.json({ message: 'Success' });
  });
  addViews(router, bank);
  return router;
}

function addViews(router: Router, bank: Bank): void {
  router.get('/ledger', (_req, res) => void res.json(ledgerView(bank)));
  router.get('/webhooks', (_req, res) => void res.json(webhookView(bank)));
  router.get('/magic', (_req, res) => void res.json(magicView()));
  router.get('/events', (_req, res) => {
    streamView(res, { bank, event: 'ledger', view: () => ledgerView(bank) });
  });
}

const LOOPBACK_HOST = /^([\w-]+\.)*localhost$|^127(\.\d+){3}$|^\[::1\]$/;

// A page of another site must not reach in, by its script or by a name that points at this machine.
const refuseStrangers: RequestHandler = (req, _res, next) => {
  const isFromAfar = req.get('Sec-Fetch-Site') === 'cross-site';
  const host = (req.headers.host ?? '').replace(/:\d+$/, '');
  if (isFromAfar || !LOOPBACK_HOST.test(host)) {
    throw refusal(403, 'forbidden', 'The control API is for this machine only');
  }
  next();
};

function membershipOf(bank: Bank, wish: z.output<typeof RevocationBody>): Membership {
  const found = bank.store.current.memberships.find((membership) => {
    const { id, slug, name } = bank.organizationOf(membership);
    const isThere = wish.organization === undefined || [id, slug, name].includes(wish.organization);
    return membership.member === wish.member && isThere;
  });
  if (!found) throw invalid(`there is no member "${wish.member}"`);
  return found;
}

function setSwitch(bank: Bank, name: string, value: unknown): void {
  try {
    bank.switches.set(name, value);
  } catch (error) {
    throw error instanceof RangeError ? invalid(error.message) : error;
  }
}

function magicView() {
  return {
    payees: MAGIC_PAYEES.map(({ effect, name, iban }) => ({ effect, name, iban })),
    amounts: MAGIC_AMOUNTS.map(({ effect, amountCents }) => ({
      effect,
      amount: decimalOf(amountCents),
    })),
  };
}

function parse<Shape>(schema: z.ZodType<Shape>, value: unknown): Shape {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(z.prettifyError(result.error));
}

function invalid(detail: string) {
  return refusal(400, 'invalid', detail);
}
