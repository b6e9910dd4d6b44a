import type { ErrorRequestHandler, Request, Response } from 'express';
import { SignInError, type SignInFailure } from '../auth/sign-in.js';
import { PaymentError } from '../payments/errors.js';
import type { Log } from '../payments/ports.js';
import { type Refusal, refusalOf } from './error-handler.js';
import { type Html, html } from './html.js';
import { type Language, languageOf } from './language.js';
import { newNonce, pageHeaders } from './page-routes.js';
import { requestId } from './request-log.js';
import { STYLE } from './server-style.js';

interface Message {
  status: number;
  heading: string;
  text: string;
}

const TEXTS = {
  en: {
    again: 'Try again',
    otherWays: 'Other ways to pay',
    unknown: ['This payment link does not exist', 'Check the address, or ask for a new link.'],
    elsewhere: [
      'Open this page by itself',
      'For your safety it does not work inside another page.',
    ],
    denied: ['Nothing was allowed', 'You did not give the permission, so nothing can be paid yet.'],
    expired: ['The sign-in took too long', 'Nothing has happened. Please sign in again.'],
    browser: [
      'The sign-in came back to another browser',
      'Please sign in again, in the browser in which you began. Cookies must be allowed.',
    ],
    bank: ['Qonto does not answer', 'Nothing has happened. Please try again in a moment.'],
    failed: ['The sign-in did not succeed', 'Nothing has happened. Please sign in again.'],
    internal: ['Something went wrong on our side', 'Please try again in a moment.'],
  },
  fr: {
    again: 'Réessayer',
    otherWays: 'Autres façons de payer',
    unknown: [
      'Ce lien de paiement n’existe pas',
      'Vérifiez l’adresse ou demandez un nouveau lien.',
    ],
    elsewhere: [
      'Ouvrez cette page seule',
      'Pour votre sécurité, elle ne fonctionne pas dans une autre page.',
    ],
    denied: ['Rien n’a été autorisé', 'Vous n’avez pas donné l’autorisation : rien n’est payé.'],
    expired: ['La connexion a pris trop de temps', 'Rien n’a eu lieu. Veuillez vous reconnecter.'],
    browser: [
      'La connexion est revenue dans un autre navigateur',
      'Reconnectez-vous dans le navigateur de départ. Les cookies doivent être autorisés.',
    ],
    bank: ['Qonto ne répond pas', 'Rien n’a eu lieu. Veuillez réessayer dans un instant.'],
    failed: ['La connexion a échoué', 'Rien n’a eu lieu. Veuillez vous reconnecter.'],
    internal: ['Une erreur est survenue chez nous', 'Veuillez réessayer dans un instant.'],
  },
} as const;

type Key = Exclude<keyof (typeof TEXTS)['en'], 'again' | 'otherWays'>;

const SIGN_IN_TEXTS: Record<SignInFailure, Key> = {
  unknown: 'failed',
  used: 'failed',
  expired: 'expired',
  'other-browser': 'browser',
  denied: 'denied',
  'scope-refused': 'failed',
  refused: 'failed',
  'bank-unavailable': 'bank',
};

/** Whoever opens a page gets a page that says what happened, and the way on where there is one. */
export function pageErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    // The API below the pages answers problems; a stream that has begun answers nothing more.
    if (res.headersSent) return next(error);
    const refusal = refusalOf(error);
    if (refusal.code !== 'internal' && isSentWithoutScript(req)) {
      const [, formOf] = FORM_OF_INTENT.exec(req.originalUrl) ?? [];
      if (formOf) return res.redirect(303, `/pay/${formOf}/plain?${noticeQuery(refusal)}`);
    }
    if (req.originalUrl.startsWith('/pay/api')) return next(error);
    const { key, status, intentId } = reasonOf(error);
    if (key === 'internal') {
      log.error({ event: 'page-failed', requestId: requestId(res), error });
    }
    const language = languageOf(req);
    const [heading, text] = TEXTS[language][key];
    const link =
      intentId &&
      html`<p><a class="button" href="/pay/${intentId}/sign-in">${TEXTS[language].again}</a></p>`;
    // A bank transfer is possible while Qonto is down.
    const other =
      key === 'bank' &&
      intentId &&
      html`<p><a href="/pay/${intentId}">${TEXTS[language].otherWays}</a></p>`;
    const body = html`<p>${text}</p>${link}${other}`;
    sendPage(res, { language, status, heading, body });
  };
}

const FORM_OF_INTENT = /^\/pay\/api\/intents\/(in_[0-9a-z]+)\/[a-z]+(?:\/[a-z]+)?$/;

/** The refusal's code, and the number of the row that is at fault. */
function noticeQuery({ code, field = '' }: Refusal): string {
  const [, index] = /^items\[(\d+)\]/.exec(field) ?? [];
  return `notice=${code}${index === undefined ? '' : `&row=${Number(index) + 1}`}`;
}

/** A form that our own page has sent; whatever else is refused here gets a problem. */
const isSentWithoutScript = (req: Request): boolean =>
  req.method === 'POST' &&
  req.get('Sec-Fetch-Site') === 'same-origin' &&
  req.accepts(['json', 'html']) === 'html';

function reasonOf(error: unknown): { key: Key; status: number; intentId?: string | undefined } {
  if (error instanceof SignInError) {
    const key = SIGN_IN_TEXTS[error.failure];
    return { key, status: key === 'bank' ? 503 : 400, intentId: error.intentId };
  }
  if (error instanceof PaymentError) {
    if (error.code === 'not-same-origin') return { key: 'elsewhere', status: 403 };
    const isUnknown = error.code === 'intent-not-found' || error.code === 'not-found';
    return isUnknown ? { key: 'unknown', status: 404 } : { key: 'internal', status: 500 };
  }
  return { key: 'internal', status: 500 };
}

/** A page without script. `refreshSeconds`: it loads itself again. */
export function sendPage(
  res: Response,
  page: Omit<Message, 'text'> & {
    language: Language;
    body: Html;
    refreshSeconds?: number | undefined;
    dataStatus?: string;
    /** For a table of rows. */
    isWide?: boolean;
    /** In place of the look of all pages. */
    style?: Html;
  },
): void {
  const nonce = newNonce();
  pageHeaders(res, nonce);
  const refresh = page.refreshSeconds
    ? html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />`
    : null;
  res
    .status(page.status)
    .type('html')
    .send(
      html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
${refresh}
<title>${page.heading} · Qonto Pay</title>
<link rel="icon" href="data:," />
<style nonce="${nonce}">${page.style ?? STYLE}</style>
</head>
<body><main data-status="${page.dataStatus ?? 'error'}"${page.isWide && html` class="wide"`}><h1>${page.heading}</h1>${page.body}</main></body>
</html>`.text,
    );
}
