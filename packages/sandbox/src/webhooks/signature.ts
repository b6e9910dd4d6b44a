import { createHmac } from 'node:crypto';

/** The header `X-Qonto-Signature`; the secret is used as it is, its prefix included (facts 4.13). */
export function signatureHeader(
  body: string,
  { secret, seconds }: { readonly secret: string; readonly seconds: number },
): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
