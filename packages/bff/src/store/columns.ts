import type { ColumnType } from 'kysely';

/** Written once, with the row. */
export type Fixed<T> = ColumnType<T, T, never>;
/** Written once by the database's default. */
export type FixedDefault<T> = ColumnType<T, T | undefined, never>;
/** jsonb: written as text, because `JSON.stringify` is ours to call (it throws on BigInt). */
export type FixedJson<T> = ColumnType<T, string, never>;
/** The same, where it may change. */
export type Json<T> = ColumnType<T, string | undefined, string>;
/** What a column reads as. */
export type Stored<T> = T extends ColumnType<infer Read, unknown, unknown> ? Read : T;
/** A nullable column that most inserts leave out. */
export type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;
