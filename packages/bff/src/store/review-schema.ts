import type { ColumnType, Generated } from 'kysely';
import type { CheckResult, KnownPayee } from '../payments/ports.js';
import type { Fixed, FixedDefault, Json, Later } from './columns.js';

/** What the bank said of a row, as it is stored. */
export interface StoredResult {
  result: CheckResult;
  bankName: string | null;
}

export interface PayeeChecksTable {
  id: Fixed<string>;
  intent_id: Fixed<string>;
  item_rows: Fixed<number[]>;
  connection_id: Fixed<string>;
  status: 'running' | 'done' | 'failed';
  results: ColumnType<({ index: number } & StoredResult)[] | null, string | undefined, string>;
  proof: Later<Buffer>;
  failure: Later<string>;
  started_at: FixedDefault<Date>;
  checked_at: Later<Date>;
  used_at: Later<Date>;
}

export interface ReviewsTable {
  intent_id: Fixed<string>;
  connection_id: Fixed<string>;
  version: Generated<number>;
  account_id: Later<string>;
  selection: Later<number[]>;
  pay_on: Generated<string>;
  payee_check_id: Later<string>;
  known: Json<Record<string, KnownPayee>>;
  results: Json<Record<string, StoredResult & { was: CheckResult | null }>>;
  fresh_after: Later<Date>;
  updated_at: Generated<Date>;
}

export interface BankDocumentsTable {
  partner_id: Fixed<string>;
  organization_id: Fixed<string>;
  sha256: Fixed<string>;
  attachment_id: Fixed<string>;
  file_name: Fixed<string>;
  content_type: Fixed<string>;
  size_bytes: Fixed<number>;
  connection_id: Fixed<string>;
  at: FixedDefault<Date>;
}

export interface RowDocumentsTable {
  intent_id: Fixed<string>;
  item_index: Fixed<number>;
  partner_id: Fixed<string>;
  organization_id: Fixed<string>;
  sha256: Fixed<string>;
  at: FixedDefault<Date>;
}
