import { describe, expect, it } from 'vitest';
import { bankDay, executionDay, isDay } from './days.js';

describe("the bank's day", () => {
  it('begins at midnight in Paris, in summer and in winter', () => {
    expect(bankDay(new Date('2026-11-20T22:59:59Z'))).toBe('2026-11-20');
    expect(bankDay(new Date('2026-11-20T23:00:00Z'))).toBe('2026-11-21');
    expect(bankDay(new Date('2026-07-14T21:59:59Z'))).toBe('2026-07-14');
    expect(bankDay(new Date('2026-07-14T22:00:00Z'))).toBe('2026-07-15');
  });

  it.each(['2026-02-30', '2026-2-3', '20261201', '2026-12-01T00:00:00Z', '', 'tomorrow'])(
    'is not written as %j',
    (text) => expect(isDay(text)).toBe(false),
  );
});

describe('the day on which a row is sent', () => {
  const now = new Date('2026-11-20T10:00:00Z');

  it.each([
    ['now', '2026-12-01', undefined],
    ['due', '2026-12-01', '2026-12-01'],
    ['due', '2026-11-20', undefined],
    ['due', '2026-11-01', undefined],
    ['due', undefined, undefined],
    ['2026-11-21', '2026-12-01', '2026-11-21'],
    ['2026-11-20', undefined, undefined],
  ])('by %j with the due date %j is %j', (payOn, dueDate, expected) => {
    expect(executionDay(payOn, dueDate, now)).toBe(expected);
  });
});
