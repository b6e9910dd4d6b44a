import { createHmac, timingSafeEqual } from 'node:crypto';
import { PaymentError } from '../payments/errors.js';

/** Younger than this, a click cannot have been a person's who has seen the page. */
const MIN_AGE_MS = 700;
const MAX_AGE_MS = 12 * 60 * 60 * 1000;

export interface TokenOwner {
  intentId: string;
  /** The session's stored hash, or `nobody`. */
  session: string;
}

/** Tokens that only our page of this intent, loaded by this session, can hold. */
export class PageTokens {
  readonly #keys: readonly Buffer[];
  readonly #now: () => number;

  /** The first key makes tokens, all are accepted: instances share the ring. */
  constructor(secrets: readonly Buffer[], now: () => number) {
    this.#keys = secrets.map((secret) =>
      createHmac('sha256', secret).update('qonto-pay page token').digest(),
    );
    this.#now = now;
  }

  issue(owner: TokenOwner): string {
    const [key] = this.#keys;
    if (!key) throw new Error('page tokens need a key');
    const issuedAt = String(this.#now());
    return `${issuedAt}.${sign(key, issuedAt, owner)}`;
  }

  /** @throws PaymentError `page-token-invalid` or `page-token-too-young`. */
  assert(token: string, owner: TokenOwner): void {
    const [issuedAt = '', signature = ''] = token.split('.');
    const isOurs = this.#keys.some((key) => isEqual(sign(key, issuedAt, owner), signature));
    const ageMs = this.#now() - Number(issuedAt);
    if (!isOurs || ageMs > MAX_AGE_MS) {
      throw new PaymentError('page-token-invalid', 'Load the page again.');
    }
    if (ageMs < MIN_AGE_MS) {
      throw new PaymentError('page-token-too-young', 'Look at the page, then confirm.');
    }
  }
}

const sign = (key: Buffer, issuedAt: string, { intentId, session }: TokenOwner): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([issuedAt, intentId, session]))
    .digest('base64url');

/** By bytes: a forged signature may have letters of more than one. */
function isEqual(one: string, other: string): boolean {
  const [expected, given] = [Buffer.from(one), Buffer.from(other)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
