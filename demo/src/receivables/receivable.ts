import type { BookEntry } from '../invoice.js';

/** How the bank is told what is billed; `reusable` is a basket that many may pay for. */
export const RECEIVABLE_KINDS = ['basket', 'invoice', 'reusable'] as const;
export type ReceivableKind = (typeof RECEIVABLE_KINDS)[number];

/** An invoice of the company's own, which a client is to pay. */
export interface Receivable extends BookEntry {
  kind: ReceivableKind;
  /** Nobody in particular where it may be paid by many. */
  client?: { name: string; address: string };
  /** The bank knows an invoice by a UUID. */
  invoiceId: string;
}
