import type { Entry } from './rows.js';

/** Where the focus is: a line (-1 is the header) and a cell of it. */
export interface Place {
  line: number;
  cell: number;
}

const PAGE = 10;

/** Where a key leads in the grid, or `undefined` when it is not one that moves. */
export function placeAfter(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { line, cell }: Place,
  grid: { entries: readonly Entry[]; cells: number; hasHeader: boolean },
): Place | undefined {
  const first = grid.hasHeader ? -1 : 0;
  const last = grid.entries.length - 1;
  const wide = line < 0 || grid.entries[line]?.kind === 'row';
  const lastCell = wide ? grid.cells - 1 : 0;
  const here = Math.min(cell, lastCell);
  const to = (target: number): Place => ({ line: Math.min(last, Math.max(first, target)), cell });
  const outward = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowDown':
      return to(line + 1);
    case 'ArrowUp':
      return to(line - 1);
    case 'PageDown':
      return to(line + PAGE);
    case 'PageUp':
      return to(line - PAGE);
    case 'ArrowRight':
      return { line, cell: Math.min(lastCell, here + 1) };
    case 'ArrowLeft':
      return { line, cell: Math.max(0, here - 1) };
    case 'Home':
      return outward ? { line: first, cell: 0 } : { line, cell: 0 };
    case 'End':
      return outward ? { line: last, cell: grid.cells - 1 } : { line, cell: lastCell };
    default:
      return undefined;
  }
}
