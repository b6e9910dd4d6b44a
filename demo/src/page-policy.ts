import type { RequestHandler } from 'express';

/** A partner's strict policy: it names the payment service, and nothing else from outside. */
export function pagePolicy(bffUrl: string): RequestHandler {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${bffUrl}`,
    `connect-src 'self' ${bffUrl}`,
    "style-src 'self'",
    "img-src 'self'",
    // Where scripts are blocked a form of this site leads on to the pay page.
    `form-action 'self' ${bffUrl}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types qonto-pay',
  ].join('; ');
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    });
    next();
  };
}
