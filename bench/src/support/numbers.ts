/** Numbers that look random and are the same in every run (mulberry32), from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The value below which this share of all values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export function spread(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), max: Math.max(...values) };
}

export interface Span {
  startedAt: number;
  endedAt: number;
}

/** How much of the time between `from` and `to` lies in these spans; overlaps count once. */
export function timeIn(spans: readonly Span[], { from, to }: { from: number; to: number }): number {
  let total = 0;
  let counted = from;
  for (const { startedAt, endedAt } of [...spans].sort((a, b) => a.startedAt - b.startedAt)) {
    const begin = Math.max(startedAt, counted);
    const end = Math.min(endedAt, to);
    if (end > begin) total += end - begin;
    counted = Math.max(counted, end);
  }
  return total;
}
