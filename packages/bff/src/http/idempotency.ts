import { createHash } from 'node:crypto';
import { PaymentError } from '../payments/errors.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** Reads a key of 1-255 visible ASCII characters. @throws PaymentError `idempotency-key-missing`. */
export function readIdempotencyKey(key: string | undefined): string {
  if (key && KEY.test(key)) return key;
  throw new PaymentError(
    'idempotency-key-missing',
    'Send an Idempotency-Key of 1 to 255 visible ASCII characters, new for each new request.',
  );
}

/** The same for two requests that mean the same, whatever the order of their keys. */
export function fingerprint(request: { method: string; path: string; body: unknown }): string {
  const { method, path, body } = request;
  return createHash('sha256')
    .update(JSON.stringify([method, path, sorted(body)]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
