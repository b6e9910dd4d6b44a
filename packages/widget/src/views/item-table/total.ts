import type { PayItem } from '@qonto-pay/shared';

/** Decimal text as cents; amounts are never numbers, so no float touches them. */
export function centsOf(amount: string): bigint {
  const [units = '0', decimals = ''] = amount.split('.');
  return BigInt(units) * 100n + BigInt(decimals.slice(0, 2).padEnd(2, '0'));
}

/** The sum of the chosen rows as a decimal string: what the BFF says too. */
export function totalOf(items: readonly PayItem[], chosen: ReadonlySet<number>): string {
  let cents = 0n;
  for (const { index, amount } of items) if (chosen.has(index)) cents += centsOf(amount);
  const digits = cents.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
