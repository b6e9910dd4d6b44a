import type { Payee } from '../invoice.js';

/** What a visitor meets with a row; `plain` is an everyday invoice. */
export const PAYABLE_KINDS = [
  'plain',
  'trusted',
  'close-match',
  'no-match',
  'not-possible',
  'check-fails',
  'shared-iban',
  'iban-changed',
  'document',
  'document-missing',
  'declined',
  'insufficient-funds',
  'slow-settlement',
  'needs-approver',
  'paid-elsewhere',
] as const;
export type PayableKind = (typeof PAYABLE_KINDS)[number];

/** A supplier's invoice in the books, one of a set. */
export interface Payable {
  /** Its place in the set, from 0. */
  index: number;
  externalRef: string;
  /** The supplier's own number, which the reference of the payment names. */
  number: string;
  supplier: Payee;
  amount: string;
  dueOn: string;
  kind: PayableKind;
}

/** Taken from what the payment service says, never from what a browser says. */
export type PayableState =
  | 'unpaid'
  | 'in-progress'
  | 'requested'
  | 'scheduled'
  | 'checking'
  | 'paid'
  | 'failed';

export interface PayableStatus {
  state: PayableState;
  /** Why it failed, a code of the payment service. */
  reason?: string;
  /** The day on which the bank sends it, YYYY-MM-DD. */
  scheduledOn?: string;
}

const STATES: Record<string, PayableState> = {
  open: 'unpaid',
  requested: 'requested',
  scheduled: 'scheduled',
  settled: 'paid',
  sent_unconfirmed: 'paid',
  declined: 'failed',
  denied: 'failed',
  expired: 'failed',
  not_enrolled: 'failed',
  canceled: 'failed',
  failed: 'failed',
  unknown: 'checking',
  held: 'checking',
};

/** A status of the payment service in this site's words; what it does not know is on its way. */
export const stateOfStatus = (status: string): PayableState => STATES[status] ?? 'in-progress';

/** Nobody pays it now, and nobody has. */
export const isPayable = ({ state }: PayableStatus): boolean =>
  state === 'unpaid' || state === 'failed';
