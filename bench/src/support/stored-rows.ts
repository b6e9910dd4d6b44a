import type pg from 'pg';

/** The rows that one action of the service has inserted, table by table in the order of inserts. */
export type StoredRows = { table: string; row: Record<string, unknown> }[];

/** jsonb is read as an object; everything else goes back as it came. */
const JSON_COLUMNS = new Set(['snapshot', 'detail', 'attachments']);
/** Given by the database alone. */
const IDENTITIES = new Set(['audit_log.id', 'payments.ordinal', 'payment_items.ordinal']);
/** As many rows of one table go in one statement: with few, that would only be slower. */
const MANY = 10;

/** What a draft has stored: the intent, its items, its first event and the kept answer. */
export async function rowsOfDraft(
  database: pg.Pool,
  { intent, idempotencyKey }: { intent: string; idempotencyKey: string },
): Promise<StoredRows> {
  return readAll(database, [
    ['intents', 'id = $1', [intent]],
    ['intent_items', 'intent_id = $1', [intent]],
    ['intent_events', 'intent_id = $1 and seq = 1', [intent]],
    ['idempotency_keys', 'key = $1', [idempotencyKey]],
  ]);
}

/** What a confirmation has stored up to an event; `since` is the last event before it. */
export async function rowsOfConfirm(
  database: pg.Pool,
  of: { intent: string; idempotencyKey: string; since: number; upTo: number },
): Promise<StoredRows> {
  const { intent, idempotencyKey, since, upTo } = of;
  const payment = '(select id from payments where intent_id = $1)';
  // The payment's transitions are numbered from 0, one for each event of the intent after `since`.
  const steps = upTo - since;
  const hasAsked = steps > 1;
  return readAll(database, [
    ['payments', 'intent_id = $1', [intent]],
    ['payment_items', `payment_id = ${payment}`, [intent]],
    ['attempts', `payment_id = ${payment}`, [intent]],
    ['idempotency_keys', 'key = $1', [idempotencyKey]],
    ['transitions', `payment_id = ${payment} and seq < $2 order by seq`, [intent, steps]],
    ['audit_log', `payment_id = ${payment} order by id limit $2`, [intent, steps]],
    [
      'intent_events',
      'intent_id = $1 and seq > $2 and seq <= $3 order by seq',
      [intent, since, upTo],
    ],
    ...(hasAsked ? [CHALLENGE(intent)] : []),
  ]);
}

type Read = [table: string, where: string, values: unknown[]];

const CHALLENGE = (intent: string): Read => [
  'challenges',
  'connection_id = (select connection_id from payments where intent_id = $1) order by at desc limit 1',
  [intent],
];

async function readAll(database: pg.Pool, reads: readonly Read[]): Promise<StoredRows> {
  const stored: StoredRows = [];
  for (const [table, where, values] of reads) {
    const { rows } = await database.query(`select * from ${table} where ${where}`, values);
    if (rows.length === 0) throw new Error(`nothing was stored in ${table}`);
    for (const row of rows) stored.push({ table, row });
  }
  return stored;
}

/** How often each table occurs, such as `intents 1, intent_items 1`. */
export function countByTable(stored: StoredRows): string {
  const counts = new Map<string, number>();
  for (const { table } of stored) counts.set(table, (counts.get(table) ?? 0) + 1);
  return [...counts].map(([table, count]) => `${table} ${count}`).join(', ');
}

interface Insert {
  text: string;
  values: unknown[];
}

/** The same rows once more, for another intent or payment: only what must be unique is new. */
export function insertsOf(stored: StoredRows, fresh: (column: string) => unknown): Insert[] {
  const byTable = new Map<string, Record<string, unknown>[]>();
  for (const { table, row } of stored) {
    const rows = byTable.get(table) ?? [];
    rows.push(renewed(table, row, fresh));
    byTable.set(table, rows);
  }
  return [...byTable].flatMap(([table, rows]) =>
    rows.length < MANY ? rows.map((row) => insertOne(table, row)) : insertMany(table, rows),
  );
}

function renewed(
  table: string,
  row: Record<string, unknown>,
  fresh: (column: string) => unknown,
): Record<string, unknown> {
  const columns = Object.keys(row).filter((column) => !IDENTITIES.has(`${table}.${column}`));
  return Object.fromEntries(
    columns.map((column) => [column, fresh(`${table}.${column}`) ?? row[column]]),
  );
}

function insertOne(table: string, row: Record<string, unknown>): Insert {
  const columns = Object.keys(row);
  const values = columns.map((column) =>
    JSON_COLUMNS.has(column) ? JSON.stringify(row[column]) : row[column],
  );
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  return { text: `insert into ${table} (${namesOf(columns)}) values (${places})`, values };
}

/** No `bytea` among them: JSON would not carry it. */
function insertMany(table: string, rows: readonly Record<string, unknown>[]): Insert {
  const names = namesOf(Object.keys(rows[0] ?? {}));
  const read = `select ${names} from jsonb_populate_recordset(null::${table}, $1)`;
  return { text: `insert into ${table} (${names}) ${read}`, values: [JSON.stringify(rows)] };
}

const namesOf = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ');
