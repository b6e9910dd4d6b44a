import express, { type RequestHandler, type Response, Router } from 'express';
import type { Bank } from '../bank.js';
import { errorPage } from '../pages/error-page.js';
import { sendPage } from '../pages/send-page.js';
import { type Checkout, checkoutPage } from './checkout-page.js';
import { ONBOARDING_ANSWERS, onboardingPage } from './onboarding-page.js';
import type { ConnectionStatus, PaymentConnection, PaymentLink } from './payment-link.js';
import { testCardOf } from './test-cards.js';

type Fields = Readonly<Record<string, unknown>>;

/** The payment provider's pages for people: onboarding, and the public page of each link. */
export function paymentPages(bank: Bank): Router {
  const router = Router();
  const fields = express.urlencoded({ extended: false, limit: '20kb' });

  router.get('/onboarding/:token', (req, res) => {
    const connection = bank.payments.connectionByToken(req.params.token);
    if (!connection) return sendMissing(res, 'There is no such onboarding');
    sendPage(res, onboardingPage(connection, accountOf(bank, connection)));
  });
  router.post('/onboarding/:token', requireOwnPage, fields, (req, res) => {
    const connection = bank.payments.connectionByToken(String(req.params.token));
    if (!connection) return sendMissing(res, 'There is no such onboarding');
    const answer = (req.body as Fields | undefined)?.answer;
    if (!isAnswer(answer))
      return sendPage(res.status(400), onboardingPage(connection, accountOf(bank, connection)));
    if (connection.status !== 'enabled') bank.payments.onboard(connection, answer);
    res.redirect(303, connection.callbackUrl);
  });

  router.get('/pay/:id', (req, res) => {
    const link = bank.payments.link(req.params.id);
    if (!link) return sendMissing(res, 'There is no such payment link');
    const payment = bank.payments.paymentsOf(link).find(({ id }) => id === req.query.payment);
    sendCheckout(res, bank, { link, payment });
  });
  router.post('/pay/:id', requireOwnPage, fields, (req, res) => {
    const link = bank.payments.link(String(req.params.id));
    if (!link) return sendMissing(res, 'There is no such payment link');
    const wish = wishOf(link, (req.body as Fields | undefined) ?? {});
    if (typeof wish === 'string') {
      return sendCheckout(res.status(422), bank, { link, fault: wish });
    }
    if (link.status !== 'open') return sendCheckout(res.status(409), bank, { link });
    const { id } = bank.payments.pay(link, wish);
    res.redirect(303, `/pay/${link.id}?payment=${id}`);
  });
  return router;
}

type Wish = Parameters<Bank['payments']['pay']>[1];

/** What the client wants, or what is wrong with it. */
function wishOf(link: PaymentLink, fields: Fields): Wish | string {
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const method = text('method');
  const debitorEmail = text('email').trim();
  if (!link.methods.includes(method)) return 'This link cannot be paid that way.';
  if (!/^\S+@\S+$/.test(debitorEmail) || debitorEmail.length > 254) {
    return 'Please give your e-mail address.';
  }
  if (method !== 'credit_card') return { method, debitorEmail, status: 'paid', endsAs: 'paid' };
  const card = testCardOf(text('card'));
  if (!card) return 'This is not one of the test cards below.';
  return { method, debitorEmail, status: card.status, endsAs: card.endsAs };
}

function sendCheckout(res: Response, bank: Bank, checkout: Omit<Checkout, 'payee'>): void {
  const { name } = bank.organizationOf(checkout.link);
  sendPage(res, checkoutPage({ ...checkout, payee: name }));
}

function sendMissing(res: Response, text: string): void {
  sendPage(res.status(404), errorPage('Not found', `${text}.`));
}

function accountOf(bank: Bank, { accountId }: PaymentConnection): string {
  return bank.store.current.accounts.get(accountId)?.name ?? '';
}

// Nobody answers from a page of somebody else.
const requireOwnPage: RequestHandler = (req, res, next) => {
  if ((req.get('Sec-Fetch-Site') ?? 'same-origin') === 'same-origin') return next();
  res.status(403).end();
};

function isAnswer(value: unknown): value is ConnectionStatus {
  return typeof value === 'string' && Object.hasOwn(ONBOARDING_ANSWERS, value);
}
