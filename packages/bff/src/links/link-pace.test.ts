import { LINK_STATES } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { at, linkOf, paymentOf } from '../../test/support/link-samples.js';
import { lookMs, searchMs } from './link-pace.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 1440;

const look = (changes: Parameters<typeof linkOf>[0], minutes: number) =>
  lookMs(linkOf({ changedAt: at(0), ...changes }), at(minutes));

describe('the next look at a link', () => {
  it.each([
    [0, 5000],
    [9, 5000],
    [10, 30_000],
    [60, 5 * MINUTE],
    [DAY_MINUTES, HOUR],
    [400 * DAY_MINUTES, HOUR],
    // The clocks of two machines.
    [-1, 5000],
  ])('comes later the longer it is so: after %i minutes in %i ms', (minutes, expected) => {
    expect(look({ status: 'open' }, minutes)).toBe(expected);
    expect(look({ status: 'processing' }, minutes)).toBe(expected);
  });

  it.each(['expired', 'canceled'] as const)('still comes for a day once it is %s', (status) => {
    expect(look({ status }, 1)).toBe(10 * MINUTE);
    expect(look({ status, reusable: true }, 1)).toBe(HOUR);
    expect(look({ status }, DAY_MINUTES)).toBeUndefined();
    const payments = [paymentOf({ status: 'pending' })];
    expect(look({ status, payments }, 1)).toBe(MINUTE);
    expect(look({ status, payments }, 2 * DAY_MINUTES)).toBe(HOUR);
  });

  it('comes for whatever can still change, and no more once its payment is told', () => {
    const payments = [paymentOf({ status: 'paid' })];
    const looked = LINK_STATES.filter((status) => look({ status, payments }, 1) !== undefined);
    expect(looked).toEqual(['open', 'processing', 'expired', 'canceled']);
  });

  it('comes for a day while nobody tells by which payment it is paid', () => {
    expect(look({ status: 'paid' }, 1)).toBe(MINUTE);
    expect(look({ status: 'paid' }, 10)).toBe(10 * MINUTE);
    expect(look({ status: 'paid' }, DAY_MINUTES)).toBeUndefined();
  });

  it('comes soon for a payment in a word that we do not know', () => {
    const payments = [paymentOf({ status: 'unrecognized' })];
    expect(look({ status: 'canceled', payments }, 1)).toBe(MINUTE);
  });
});

it('looks for a lost link every three seconds, and after half a minute each minute', () => {
  expect([0, 29_999, 30_000, 10 * HOUR].map(searchMs)).toEqual([3000, 3000, MINUTE, MINUTE]);
});
