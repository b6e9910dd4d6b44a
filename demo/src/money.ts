/** Amounts are decimal strings at the edges and whole cents inside: a binary fraction cannot hold ten cents. */
export function centsOf(amount: string): bigint {
  const match = /^(0|[1-9]\d{0,8})(?:\.(\d{1,2}))?$/.exec(amount);
  if (!match) throw new RangeError('An amount is a decimal string with at most two decimals.');
  return BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}

export function amountOf(cents: bigint): string {
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}

/** A percentage of an amount, half a cent rounded up. */
export function percentOf(cents: bigint, percent: bigint): bigint {
  return (cents * percent + 50n) / 100n;
}
