/** Amounts are decimal strings at every edge and BigInt cents inside; a float never touches money. */
const AMOUNT = /^(0|[1-9]\d{0,8})(?:\.(\d{1,2}))?$/;

/**
 * Reads a decimal amount of at most 999,999,999.99.
 * @returns the cents, above 0, or `undefined` when the text is not an amount.
 */
export function parseAmount(text: string): bigint | undefined {
  const match = AMOUNT.exec(text);
  if (!match) return undefined;
  const [, units = '0', decimals = ''] = match;
  const cents = BigInt(units) * 100n + BigInt(decimals.padEnd(2, '0'));
  return cents > 0n ? cents : undefined;
}

/** Writes cents as a decimal string with two places: `123400n` -> `"1234.00"`. */
export function formatAmount(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
