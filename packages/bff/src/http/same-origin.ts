import type { RequestHandler } from 'express';
import { PaymentError } from '../payments/errors.js';

/**
 * Only our own page may call its API, reads and the stream too: a partner often hosts us on its own
 * site, so a hostile page can be same-site and bring cookies.
 */
export const sameOriginOnly: RequestHandler = (req, _res, next) => {
  if (req.get('Sec-Fetch-Site') !== 'same-origin') throw refused();
  next();
};

/** A form of our own page: its origin, named by the browser. */
export function ownForm(
  publicUrl: string,
  type = 'application/x-www-form-urlencoded',
): RequestHandler {
  return (req, _res, next) => {
    if (req.get('Origin') !== publicUrl) throw refused();
    if (!req.is(type)) {
      throw new PaymentError('unsupported-media-type', 'Send the form as the page does.');
    }
    next();
  };
}

/** The page is shown as a page of its own, never inside another one. */
export const topLevelOnly: RequestHandler = (req, _res, next) => {
  const destination = req.get('Sec-Fetch-Dest');
  if (destination !== undefined && destination !== 'document') throw refused();
  next();
};

const refused = () => new PaymentError('not-same-origin', 'Use the pay page itself.');
