import { magicAmountOf } from './data/magic.js';
import type { TransferStep } from './state.js';

const PROCESSING_AFTER_MS = 1_000;
const SETTLED_AFTER_MS = 3_000;
const SLOWLY_SETTLED_AFTER_MS = 120_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Facts 4.4: above one of these a transfer is no longer instant. */
const INSTANT_LIMITS = {
  trusted: { singleCents: 1_000_000, dailyCents: 5_000_000 },
  untrusted: { singleCents: 500_000, dailyCents: 2_000_000 },
};

/** Whether a transfer arrives within seconds; `dailyCents` is what its payee was ordered in 24 hours, with it. */
export function isInstant(order: {
  readonly amountCents: number;
  readonly dailyCents: number;
  readonly isTrusted: boolean;
}): boolean {
  const { singleCents, dailyCents } = INSTANT_LIMITS[order.isTrusted ? 'trusted' : 'untrusted'];
  return order.amountCents <= singleCents && order.dailyCents <= dailyCents;
}

/** What will happen to a transfer that is accepted now, by its amount and its date (facts 4.4). */
export function stepsOf(order: {
  readonly amountCents: number;
  readonly scheduledDate: string;
  readonly acceptedAt: number;
  /** For one that is not instant. */
  readonly standardSettlementMs?: number | undefined;
}): TransferStep[] {
  const startAt = Math.max(order.acceptedAt, startOfDay(order.scheduledDate));
  const magic = magicAmountOf(order.amountCents);
  if (magic?.kind === 'declined') {
    return [
      { at: startAt + PROCESSING_AFTER_MS, status: 'declined', declinedReason: magic.reason },
    ];
  }
  const settledAfterMs =
    magic?.kind === 'slow-settlement'
      ? SLOWLY_SETTLED_AFTER_MS
      : (order.standardSettlementMs ?? SETTLED_AFTER_MS);
  return [
    { at: startAt + PROCESSING_AFTER_MS, status: 'processing' },
    { at: startAt + settledAfterMs, status: 'settled' },
  ];
}

/** The bank's day, "2026-11-20". */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** True for a date that the calendar has: "2026-02-30" is none. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = startOfDay(text);
  return Number.isFinite(at) && dayOf(at) === text;
}
