/** How long an answer may take; after that the outcome of a send is unknown. */
export interface QontoTimeouts {
  /** A single transfer. */
  createMs: number;
  /** Whatever has up to 400 payments in it: a bulk, its payee checks, a request. */
  bulkMs: number;
  payeeCheckMs: number;
  uploadMs: number;
  readMs: number;
  pollMs: number;
}

export const TIMEOUTS: QontoTimeouts = {
  createMs: 20_000,
  bulkMs: 75_000,
  payeeCheckMs: 20_000,
  uploadMs: 30_000,
  readMs: 8_000,
  pollMs: 5_000,
};
