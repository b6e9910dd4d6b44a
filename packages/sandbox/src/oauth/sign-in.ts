import { type Request, type Response, Router } from 'express';
import type Provider from 'oidc-provider';
import type { Bank } from '../bank.js';
import { errorPage } from '../pages/error-page.js';
import { sendPage } from '../pages/send-page.js';
import type { Membership } from '../state.js';
import { consentPage, signInPage } from './pages.js';
import { scopesIn } from './scopes.js';
import { grantTo } from './tokens.js';

interface Context {
  readonly bank: Bank;
  readonly provider: Provider;
}

// All below one path: the interaction's cookie is bound to it.
export function signInRoutes({ bank, provider }: Context): Router {
  const router = Router({ mergeParams: true });

  router.get('/', async (req, res) => {
    const params = await paramsOf(provider, req, res);
    if (!params) return;
    const members = membersFor(bank, params.organization_id);
    sendPage(
      res,
      signInPage({
        members,
        organizations: bank.store.current.organizations,
        action: `${req.baseUrl}/consent`,
      }),
    );
  });

  router.get('/consent', async (req, res) => {
    const params = await paramsOf(provider, req, res);
    const membership = params && chosenMember(bank, params.organization_id, req.query.membership);
    if (!params) return;
    if (!membership) return res.redirect(303, req.baseUrl);
    const organization = bank.organizationOf(membership);
    const action = `${req.baseUrl}/consent?membership=${membership.id}`;
    const scopes = scopesIn(String(params.scope ?? ''));
    sendPage(res, consentPage({ membership, organization, scopes, action, back: req.baseUrl }));
  });

  router.post('/consent', async (req, res) => {
    const params = await paramsOf(provider, req, res);
    if (!params) return;
    const membership = chosenMember(bank, params.organization_id, req.query.membership);
    if (!membership) return res.redirect(303, req.baseUrl);
    if ((await decisionIn(req)) !== 'allow') {
      return provider.interactionFinished(req, res, {
        error: 'access_denied',
        error_description: 'The resource owner denied the request',
      });
    }
    const grantId = await grantTo(provider, { membership, scope: String(params.scope ?? '') });
    // Login and consent in one answer: with two, the library mixes up parallel flows of one browser.
    await provider.interactionFinished(req, res, {
      login: { accountId: membership.id },
      consent: { grantId },
    });
  });

  return router;
}

async function paramsOf(provider: Provider, req: Request, res: Response) {
  try {
    return (await provider.interactionDetails(req, res)).params;
  } catch {
    res.status(400);
    sendPage(
      res,
      errorPage('This sign-in is over', 'Go back to where you came from and start again.'),
    );
    return undefined;
  }
}

/** `organization_id` locks the sign-in to one organisation (facts 2.1). */
function membersFor(bank: Bank, organizationId: unknown): Membership[] {
  const { memberships } = bank.store.current;
  if (organizationId === undefined) return memberships;
  return memberships.filter((membership) => membership.organizationId === organizationId);
}

function chosenMember(bank: Bank, organizationId: unknown, id: unknown): Membership | undefined {
  return membersFor(bank, organizationId).find((membership) => membership.id === id);
}

async function decisionIn(req: Request): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('decision');
}
