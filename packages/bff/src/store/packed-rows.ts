import { type RawBuilder, sql } from 'kysely';

/** Rows column by column: half the work of an object per row, for the database and for us. */
export type PackedRows<T> = { [Key in keyof T]: T[Key][] };

/** Aggregates to `PackedRows`: each name with the expression of its values, in this order. */
export function packRows<T>(
  columns: { [Key in keyof T & string]: string },
  order: string,
): RawBuilder<PackedRows<T> | null> {
  const packed = Object.entries<string>(columns).map(
    ([name, value]) =>
      sql`${sql.lit(name)}, json_agg(${sql.raw(value)} order by ${sql.raw(order)})`,
  );
  return sql`json_build_object(${sql.join(packed)})`;
}

/** The rows again. */
export function unpackRows<T extends object>(packed: PackedRows<T>): T[] {
  const columns = Object.entries<unknown[] | null>(packed);
  const size = columns[0]?.[1]?.length ?? 0;
  return Array.from({ length: size }, (_, position) => {
    const row: Record<string, unknown> = {};
    for (const [name, values] of columns) row[name] = values?.[position];
    return row as T;
  });
}
