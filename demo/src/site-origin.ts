import type { Request } from 'express';

const LOCALHOST = /^(?:[a-z0-9-]+\.)*localhost(?::\d{1,5})?$/i;

/**
 * The origin under which the visitor sees this site. The Host header is believed for `localhost` and `*.localhost`
 * only: any other name in it could be an attacker's, and it ends up in the way back from the pay page.
 */
export function siteOrigin(request: Request, siteUrl: string): string {
  const host = request.headers.host ?? '';
  return LOCALHOST.test(host) ? `http://${host.toLowerCase()}` : siteUrl;
}
