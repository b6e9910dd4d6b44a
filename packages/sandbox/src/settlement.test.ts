import { expect, it } from 'vitest';
import { isInstant, stepsOf } from './settlement.js';

it.each([
  ['untrusted', 500_000, 500_000, true],
  ['untrusted', 500_001, 500_001, false],
  ['untrusted', 100, 2_000_000, true],
  ['untrusted', 100, 2_000_001, false],
  ['trusted', 1_000_000, 1_000_000, true],
  ['trusted', 1_000_001, 1_000_001, false],
  ['trusted', 100, 5_000_000, true],
  ['trusted', 100, 5_000_001, false],
])(
  'to an %s payee %i cents, of %i in 24 hours, is instant: %s (facts 4.4)',
  (...[who, amountCents, dailyCents, result]) => {
    expect(isInstant({ amountCents, dailyCents, isTrusted: who === 'trusted' })).toBe(result);
  },
);

it('begins at the start of its day, or at once (facts 4.4)', () => {
  const acceptedAt = Date.parse('2026-11-20T12:00:00Z');
  const [first] = stepsOf({ amountCents: 1, scheduledDate: '2026-11-21', acceptedAt });
  expect(first?.at).toBe(Date.parse('2026-11-21T00:00:01Z'));
  const [now] = stepsOf({ amountCents: 1, scheduledDate: '2026-11-20', acceptedAt });
  expect(now?.at).toBe(acceptedAt + 1000);
});
