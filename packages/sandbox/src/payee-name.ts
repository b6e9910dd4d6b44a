export type NameMatch = 'match' | 'close' | 'none';

/** How alike two names are to a bank: the same, nearly, or somebody else. */
export function compareNames(given: string, holder: string): NameMatch {
  const [one, other] = [normalised(given), normalised(holder)];
  if (one === other) return 'match';
  if (isPartOf(one, other) || isPartOf(other, one)) return 'close';
  const tolerance = Math.max(1, Math.floor(Math.max(one.length, other.length) / 6));
  return editDistance(one, other) <= tolerance ? 'close' : 'none';
}

function normalised(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Every word of the one stands in the other: "ACME" and "ACME SAS". */
function isPartOf(one: string, other: string): boolean {
  const words = new Set(other.split(' '));
  return one.length >= 3 && one.split(' ').every((word) => words.has(word));
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
