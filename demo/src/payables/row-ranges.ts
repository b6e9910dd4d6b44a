/** "0,3-7" as rows, each once, in the table's order; nothing when that is not what it says. */
export function rowsFrom(text: string, count: number): number[] | undefined {
  const rows = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? [];
    const end = Number(last);
    if (first === undefined || Number(first) > end || end >= count) return undefined;
    for (let row = Number(first); row <= end; row += 1) rows.add(row);
  }
  return [...rows].sort((one, other) => one - other);
}
