import { describe, expect, it } from 'vitest';
import {
  APPROVAL_END_AFTER_FIRST_SEND_MS,
  APPROVAL_LIFE_MS,
  approvalPollMs,
  CLEAN_LISTINGS,
  CLEAN_LISTINGS_OVER_MS,
  earlier,
  KEY_LIFE_MS,
  later,
  plus,
  reconcileMs,
  requestPollMs,
  resendAfterMs,
  settlementPollMs,
} from './pace.js';

const MINUTE = 60_000;
/** After this the bank has forgotten a key and would pay again (facts 5.2). */
const BANK_FORGETS_MS = 30 * MINUTE;

describe('the rules of time', () => {
  it('keep every send far from the moment when the bank forgets the key', () => {
    expect(KEY_LIFE_MS).toBe(25 * MINUTE);
    expect(APPROVAL_END_AFTER_FIRST_SEND_MS).toBe(20 * MINUTE);
    expect(APPROVAL_LIFE_MS).toBe(15 * MINUTE);
    // A poll, its lease and a send of 20 s fit between the approval's end and the key's.
    expect(KEY_LIFE_MS - APPROVAL_END_AFTER_FIRST_SEND_MS).toBeGreaterThanOrEqual(4 * MINUTE);
    expect(BANK_FORGETS_MS - KEY_LIFE_MS).toBeGreaterThanOrEqual(4 * MINUTE);
  });

  it('ask for three clean listings over two minutes', () => {
    expect([CLEAN_LISTINGS, CLEAN_LISTINGS_OVER_MS]).toEqual([3, 120_000]);
  });
});

describe('an approval', () => {
  it.each([
    [0, 1000],
    [19_999, 1000],
    [20_000, 2000],
    [59_999, 2000],
    [60_000, 5000],
    [299_999, 5000],
    [300_000, 10_000],
    [900_000, 10_000],
  ])('of %i ms is asked for again after %i ms', (ageMs, nextInMs) => {
    expect(approvalPollMs(ageMs)).toBe(nextInMs);
  });

  it('is never asked for more often than once a second, even when clocks differ', () => {
    for (const ageMs of [-60_000, -1, 0, 1]) expect(approvalPollMs(ageMs)).toBe(1000);
  });
});

describe('an accepted transfer', () => {
  it('is looked at ever more rarely, and never given up', () => {
    const ages = [0, 20_000, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 10_000 * MINUTE];
    const waits = ages.map(settlementPollMs);
    expect(waits).toEqual([1000, 3000, 10_000, MINUTE, 10 * MINUTE, 10 * MINUTE]);
  });
});

describe('an unanswered send', () => {
  it('is looked for no sooner than a resend is allowed, then ever more rarely', () => {
    const single = [0, 1, 2, 3, 4, 5, 50].map((sends) => reconcileMs({ kind: 'transfer', sends }));
    expect(single).toEqual([30_000, 30_000, 60_000, 120_000, 4 * MINUTE, 4 * MINUTE, 4 * MINUTE]);
    const bulk = [1, 2, 3, 50].map((sends) => reconcileMs({ kind: 'bulk', sends }));
    expect(bulk).toEqual([90_000, 180_000, 4 * MINUTE, 4 * MINUTE]);
    expect(resendAfterMs({ kind: 'bulk' })).toBe(90_000);
  });
});

describe('a request to colleagues', () => {
  it('is looked at ever more rarely', () => {
    expect([0, 3 * MINUTE, 60 * MINUTE].map(requestPollMs)).toEqual([3000, 10_000, MINUTE]);
  });
});

describe('two times', () => {
  it('are compared and moved without changing either', () => {
    const [early, late] = [new Date(1000), new Date(2000)];
    expect([later(early, late), later(late, early)]).toEqual([late, late]);
    expect([earlier(early, late), earlier(late, early)]).toEqual([early, early]);
    expect(plus(early, 500)).toEqual(new Date(1500));
    expect(early).toEqual(new Date(1000));
  });
});
