import type { BasketItem } from './payment-link.js';

const DECIMAL = /^(\d{1,9})(?:\.(\d{1,3}))?$/;

/** Gross cents of a basket: each row with its VAT, rounded half up (facts 4.10). Undefined when it is none. */
export function grossCentsOf(items: readonly BasketItem[]): number | undefined {
  let total = 0n;
  for (const item of items) {
    const price = thousandthsOf(item.unit_price.value);
    const quantity = thousandthsOf(String(item.quantity));
    const vat = thousandthsOf(item.vat_rate);
    if (price === undefined || quantity === undefined || vat === undefined) return undefined;
    // In thousandths, all three of them, and the rate as "per hundred".
    const product = price * quantity * (100_000n + vat);
    const divisor = 1_000n * 1_000n * 100_000n;
    total += (product * 100n * 2n + divisor) / (divisor * 2n);
  }
  return total > 0n && total <= 99_999_999_999n ? Number(total) : undefined;
}

/** "10.99" is 10990n. */
function thousandthsOf(text: string): bigint | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  return BigInt(`${match[1]}${(match[2] ?? '').padEnd(3, '0')}`);
}
