import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Without letters that read like a digit. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A map as one small JSON file; a file that is not there is an empty map. */
export function readEntries<T>(file: string): Map<string, T> {
  return new Map(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as [string, T][]) : []);
}

/** Written beside and renamed: a kill in the middle leaves the old file whole. */
export function writeEntries(file: string, entries: ReadonlyMap<string, unknown>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify([...entries]));
  renameSync(unfinished, file);
}

/** Drops the entries that came first until there are few enough. */
export function forgetOldest(entries: Map<string, unknown>, max: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= max) break;
    entries.delete(oldest);
  }
}

/** Part of each number that a visitor's invoices have, so that no two visitors ever share one. */
export function newCode(): string {
  return Array.from(randomBytes(8), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
}
