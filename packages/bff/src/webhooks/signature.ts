import { createHmac, timingSafeEqual } from 'node:crypto';

const TIME = /^\d{1,12}$/;
const DIGEST = /^[0-9a-f]{64}$/i;

/**
 * When the bank signed this body, in seconds of its clock, from a header such as `t=…,v1=…`; undefined
 * where it did not. Several `v1` are what a change of the secret looks like: one of them is enough.
 */
export function signedAt(
  header: string | undefined,
  { body, secret }: { body: Buffer; secret: string },
): number | undefined {
  const parts = (header ?? '').split(',').map(namedPart);
  const [time, ...others] = valuesOf(parts, 't');
  // With two times nobody could say which one was signed.
  if (time === undefined || others.length > 0 || !TIME.test(time)) return undefined;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  const isSigned = valuesOf(parts, 'v1')
    .filter((digest) => DIGEST.test(digest))
    .some((digest) => timingSafeEqual(Buffer.from(digest, 'hex'), expected));
  return isSigned ? Number(time) : undefined;
}

type Part = readonly [name: string, value: string];

function namedPart(text: string): Part {
  const [name = '', ...value] = text.trim().split('=');
  return [name, value.join('=')];
}

const valuesOf = (parts: readonly Part[], wanted: string): string[] =>
  parts.filter(([name]) => name === wanted).map(([, value]) => value);
