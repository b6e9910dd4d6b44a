import { describe, expect, it } from 'vitest';
import { TransferSnapshot } from './intent.js';
import { isFinal, isReleased, PAYMENT_STATUSES, publicStatus } from './status.js';

const OPEN_END = 'confirmed sending approval_needed approved requested scheduled processing';
const WITH_MONEY = 'settled sent_unconfirmed partially_settled';
const WITHOUT_MONEY = 'declined denied expired not_enrolled canceled failed';
const names = (text: string) => text.split(' ').sort();
const those = (is: (status: (typeof PAYMENT_STATUSES)[number]) => boolean) =>
  PAYMENT_STATUSES.filter(is).sort();

describe('a status', () => {
  it('is one of the table, each once', () => {
    const all = names(`${OPEN_END} ${WITH_MONEY} ${WITHOUT_MONEY} unknown held`);
    expect([...PAYMENT_STATUSES].sort()).toEqual(all);
    expect(new Set(PAYMENT_STATUSES).size).toBe(PAYMENT_STATUSES.length);
  });

  it('is final when nothing will change any more: never while an answer is missing', () => {
    expect(those(isFinal)).toEqual(names(`${WITH_MONEY} ${WITHOUT_MONEY}`));
    expect(isFinal('unknown')).toBe(false);
    expect(isFinal('held')).toBe(false);
  });

  it('frees the invoice only when no money moved', () => {
    expect(those(isReleased)).toEqual(names(WITHOUT_MONEY));
    expect(those((status) => isReleased(status) && !isFinal(status))).toEqual([]);
  });

  it('as the world sees it tells neither that a device is missing nor that a replay is under way', () => {
    expect(publicStatus('not_enrolled')).toBe('declined');
    expect(publicStatus('approved')).toBe('approval_needed');
    for (const status of PAYMENT_STATUSES) {
      expect(TransferSnapshot.shape.status.safeParse(publicStatus(status)).success).toBe(true);
    }
    expect(TransferSnapshot.shape.status.safeParse('not_enrolled').success).toBe(false);
    expect(TransferSnapshot.shape.status.safeParse('approved').success).toBe(false);
  });
});
