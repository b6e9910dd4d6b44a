import { type Request, type Response, Router } from 'express';
import type Provider from 'oidc-provider';
import type { Bank } from '../bank.js';
import { errorPage } from '../pages/error-page.js';
import { sendPage } from '../pages/send-page.js';
import { consentPage, organizationPage, signInPage } from './pages.js';
import { scopesIn } from './scopes.js';
import { isUserFlow, peopleFor, signerIn, suggestedOrganization } from './signer.js';
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
    const action = `${req.baseUrl}/consent`;
    const { organizations } = bank.store.current;
    const people = peopleFor(bank, params);
    sendPage(res, signInPage({ people, organizations, action, isUserFlow: isUserFlow(params) }));
  });

  router.get('/consent', async (req, res) => {
    const params = await paramsOf(provider, req, res);
    if (!params) return;
    const signer = signerIn(bank, params, req.query);
    if (!signer) return askForOrganization(bank, params, req, res);
    const action = `${req.baseUrl}/consent?${signer.query}`;
    const scopes = scopesIn(String(params.scope ?? ''));
    sendPage(res, consentPage({ signer, scopes, action, back: req.baseUrl }));
  });

  router.post('/consent', async (req, res) => {
    const params = await paramsOf(provider, req, res);
    if (!params) return;
    const signer = signerIn(bank, params, req.query);
    if (!signer) return res.redirect(303, req.baseUrl);
    if ((await decisionIn(req)) !== 'allow') {
      return provider.interactionFinished(req, res, {
        error: 'access_denied',
        error_description: 'The resource owner denied the request',
      });
    }
    const { accountId } = signer;
    const grantId = await grantTo(provider, { accountId, scope: String(params.scope ?? '') });
    // Login and consent in one answer: with two, the library mixes up parallel flows of one browser.
    await provider.interactionFinished(req, res, { login: { accountId }, consent: { grantId } });
  });

  return router;
}

function askForOrganization(
  bank: Bank,
  params: Readonly<Record<string, unknown>>,
  req: Request,
  res: Response,
): void {
  const person = peopleFor(bank, params).find(({ member }) => member === req.query.member);
  if (!person) {
    res.redirect(303, req.baseUrl);
    return;
  }
  const page = organizationPage({
    person,
    organizations: bank.store.current.organizations,
    suggested: suggestedOrganization(params),
    action: `${req.baseUrl}/consent`,
    back: req.baseUrl,
  });
  sendPage(res, page);
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

async function decisionIn(req: Request): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('decision');
}
