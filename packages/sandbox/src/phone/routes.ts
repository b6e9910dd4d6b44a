import { type RequestHandler, Router, urlencoded } from 'express';
import type { Bank } from '../bank.js';
import { streamView } from '../event-stream.js';
import { consentsOf, withdrawConsent } from '../oauth/consents.js';
import { sendPage } from '../pages/send-page.js';
import type { Membership } from '../state.js';
import { approvalsMarkup, approvalsOf } from './approvals.js';
import { appsPage } from './apps.js';
import { memberPicker, phonePage } from './pages.js';

const DECISIONS = { approve: 'allow', refuse: 'deny' } as const;

/** The payer's phone: what waits for their approval, and their answer to it. */
export function phoneRoutes(bank: Bank): Router {
  const router = Router();

  router.get('/', (req, res) => {
    const member = memberIn(bank, req.query.member);
    if (!member) return sendPage(res, memberPicker(bank.store.current.memberships));
    sendPage(res, phonePage(member, approvalsOf(bank, member)));
  });
  router.get('/events', (req, res) => {
    const member = memberIn(bank, req.query.member);
    if (!member) return void res.status(404).end();
    const view = () => ({ markup: approvalsMarkup(member, approvalsOf(bank, member)).text });
    streamView(res, { bank, event: 'approvals', view });
  });
  router.get('/apps', (req, res) => {
    const member = memberIn(bank, req.query.member);
    if (!member) return res.redirect(303, '/phone');
    sendPage(res, appsPage(bank, member));
  });
  router.post('/apps', requireOwnPage, urlencoded({ extended: false }), (req, res) => {
    const member = memberIn(bank, req.query.member);
    if (!member) return void res.status(404).end();
    const { account } = (req.body ?? {}) as { account?: unknown };
    const consents = consentsOf(bank, member.member);
    const withdrawn = consents.find(({ accountId }) => accountId === account);
    if (withdrawn) withdrawConsent(bank, withdrawn);
    res.redirect(303, `/phone/apps?member=${member.member}`);
  });
  router.post('/:token/:answer', requireOwnPage, (req, res) => {
    const { token, answer } = req.params as { token: string; answer: string };
    const session = bank.sca.session(token);
    const membership = session && bank.membership(session.membershipId);
    if (!session || !membership || !isAnswer(answer)) return void res.status(404).end();
    bank.sca.decide(session, DECISIONS[answer]);
    res.redirect(303, `/phone?member=${membership.member}`);
  });
  return router;
}

// A hostile page on another origin must not be able to approve.
const requireOwnPage: RequestHandler = (req, res, next) => {
  const site = req.get('Sec-Fetch-Site') ?? 'same-origin';
  if (site === 'same-origin') return next();
  res.status(403).end();
};

function isAnswer(text: string): text is keyof typeof DECISIONS {
  return Object.hasOwn(DECISIONS, text);
}

function memberIn(bank: Bank, key: unknown): Membership | undefined {
  return bank.store.current.memberships.find(({ member }) => member === key);
}
