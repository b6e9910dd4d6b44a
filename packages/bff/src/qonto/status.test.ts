import { describe, expect, it } from 'vitest';
import { declinedReason, statusFromTransfer } from './status.js';

const at = new Date('2026-11-20T12:00:00Z');
const status = (raw: string, scheduledDate?: string | null, now = at) =>
  statusFromTransfer({ status: raw, scheduled_date: scheduledDate }, now);

describe('statusFromTransfer', () => {
  it.each([
    ['pending', undefined, 'processing'],
    ['pending', null, 'processing'],
    ['pending', '2026-11-19', 'processing'],
    ['pending', '2026-11-20', 'processing'],
    ['pending', '2026-11-21', 'scheduled'],
    ['processing', '2026-11-21', 'processing'],
    ['settled', '2026-11-20', 'settled'],
    ['declined', '2026-11-20', 'declined'],
    ['canceled', '2026-11-21', 'canceled'],
  ])('reads %s for %s as %s', (raw, scheduledDate, ours) => {
    expect(status(raw, scheduledDate)).toBe(ours);
  });

  it.each(['completed', 'failed', 'reversed', 'SETTLED', '', 'constructor', '__proto__'])(
    'never takes "%s" for paid or failed',
    (raw) => expect(status(raw)).toBe('unrecognized'),
  );

  it('begins a day at midnight in Paris', () => {
    expect(status('pending', '2026-11-21', new Date('2026-11-20T22:59:59Z'))).toBe('scheduled');
    expect(status('pending', '2026-11-21', new Date('2026-11-20T23:00:00Z'))).toBe('processing');
  });
});

describe('declinedReason', () => {
  it('speaks our words', () => {
    expect(declinedReason('debit_account_insufficient_funds')).toBe('insufficient-funds');
    expect(declinedReason('beneficiary_iban_invalid')).toBe('payee-account-invalid');
    expect(declinedReason(null)).toBeUndefined();
  });

  it('reads a reason that was added later as a refusal, whatever it says', () => {
    expect(declinedReason('alien_invasion')).toBe('bank-refused');
    expect(declinedReason('constructor')).toBe('bank-refused');
  });
});
