import { formatAmount } from '@qonto-pay/shared';

let lastCents = 100_000n;

/** In euros, and never the same one again: what the bank holds is told apart by it. */
export function newAmount(): string {
  lastCents += 1n;
  return formatAmount(lastCents);
}
