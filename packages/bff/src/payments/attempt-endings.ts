import { isReleased } from '@qonto-pay/shared';
import type { LeasedAttempt } from './records.js';
import type { Change } from './store-port.js';

/**
 * How an attempt that moved no money ends its payment. A colleague's approval that failed leaves
 * the request where it is: waiting for the next one.
 */
export function endedWithoutMoney({ attempt }: LeasedAttempt, change: Change): Change {
  const isEnd = change.to !== undefined && isReleased(change.to);
  if (attempt.kind !== 'request-approval' || !isEnd) return change;
  const { to: _end, ...rest } = change;
  return { ...rest, to: 'requested', nextInMs: 0 };
}
