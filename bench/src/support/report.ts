import { cpus, loadavg } from 'node:os';
import type pg from 'pg';
import type { Spread } from './numbers.js';

/** Prints rows under their headings; the first column is text, the others are aligned right. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  console.log([headings, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n'));
}

export const printTitle = (title: string): void => console.log(`\n== ${title}`);

export const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

export const ratio = (value: number, baseline: number): string =>
  `${(value / baseline).toFixed(2)} ×`;

/** The cells of a spread: p50, p95, max. */
export const spreadCells = ({ p50, p95, max }: Spread): string[] => [p50, p95, max].map(ms);

/** What the figures depend on. Run it with nothing else under way: the load tells whether it was so. */
export async function printMachine(database: pg.Pool): Promise<void> {
  const { rows } = await database.query<{ server_version: string }>('show server_version');
  const [model] = cpus();
  const machine = [
    `${new Date().toISOString().slice(0, 16)}Z`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${rows[0]?.server_version}`,
    `${cpus().length} × ${model?.model.trim() || process.arch}`,
    `load ${loadavg()[0]?.toFixed(1)}`,
  ];
  console.log(machine.join(', '));
}
