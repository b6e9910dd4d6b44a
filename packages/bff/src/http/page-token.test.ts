import { describe, expect, it } from 'vitest';
import { PaymentError } from '../payments/errors.js';
import { PageTokens } from './page-token.js';

const OWNER = { intentId: 'in_1', session: 'a-session' };
const HOUR = 60 * 60 * 1000;
const keys = ['one', 'two'].map((text) => Buffer.from(text.repeat(12)));

let now = 1_000_000_000_000;
const tokens = (secrets = keys) => new PageTokens(secrets, () => now);

function codeOf(token: string, owner = OWNER, by = tokens()): string {
  try {
    by.assert(token, owner);
    return 'good';
  } catch (error) {
    if (error instanceof PaymentError) return error.code;
    throw error;
  }
}

/** The token after so many milliseconds. */
function after(ms: number, token: string, owner = OWNER): string {
  now += ms;
  const code = codeOf(token, owner);
  now -= ms;
  return code;
}

describe('a page token', () => {
  it('is good from 700 ms to 12 hours after its page was made', () => {
    const token = tokens().issue(OWNER);
    expect([0, 699, 700, 12 * HOUR, 12 * HOUR + 1].map((ms) => after(ms, token))).toEqual([
      'page-token-too-young',
      'page-token-too-young',
      'good',
      'good',
      'page-token-invalid',
    ]);
  });

  it('of the future is not older than one of now', () => {
    const token = tokens().issue(OWNER);
    expect(after(-HOUR, token)).toBe('page-token-too-young');
  });

  it('is for its intent and its session only', () => {
    const token = tokens().issue(OWNER);
    expect(after(1000, token, { ...OWNER, intentId: 'in_2' })).toBe('page-token-invalid');
    expect(after(1000, token, { ...OWNER, session: 'another' })).toBe('page-token-invalid');
    expect(after(1000, token, { ...OWNER, session: 'nobody' })).toBe('page-token-invalid');
  });

  it('cannot be made older by changing its time', () => {
    const [issuedAt = '', signature = ''] = tokens().issue(OWNER).split('.');
    expect(after(0, `${Number(issuedAt) - 1000}.${signature}`)).toBe('page-token-invalid');
  });

  it('is accepted from an older key of the ring, and not from a foreign one', () => {
    const older = new PageTokens(keys.slice(1), () => now).issue(OWNER);
    expect(after(1000, older)).toBe('good');
    const foreign = new PageTokens([Buffer.from('x'.repeat(32))], () => now).issue(OWNER);
    expect(after(1000, foreign)).toBe('page-token-invalid');
  });

  it.each([
    '',
    '.',
    'x',
    '1.',
    `1.${'a'.repeat(43)}`,
    `1.${'é'.repeat(43)}`,
    `1.${'é'.repeat(22)}`,
  ])('is never %j', (token) => {
    expect(codeOf(token)).toBe('page-token-invalid');
  });
});
