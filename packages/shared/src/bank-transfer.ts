import { z } from 'zod';
import { WHY } from './intent.js';

/** Why there is nothing to be transferred from another bank now. */
export const BANK_TRANSFER_WHY = [
  ...WHY,
  /** The operator has paused the partner. */
  'paused',
  /** The partner's setting: only who has signed in is told. */
  'signed-out',
  /** Nobody has named an account (an intent to collect without `payee`). */
  'not-offered',
] as const;

/** One transfer that the payer can make from any bank, instead of paying here. */
const BankTransferRow = z
  .strictObject({
    /** The row of the intent. */
    index: z.int(),
    name: z.string(),
    iban: z.string(),
    amount: z.string(),
    /** As it will travel, in the SEPA character set. */
    reference: z.string(),
    /** The text of its EPC QR code; `null`: too long for one, so the rest is copied. */
    payload: z.string().nullable(),
  })
  .meta({ id: 'BankTransferRow' });
export type BankTransferRow = z.infer<typeof BankTransferRow>;

/**
 * `GET /pay/api/intents/{id}/bank-transfer`: the rows of which nothing is paid or in progress. We do
 * not learn of a transfer that is made elsewhere, so no other row is ever among them.
 */
export const BankTransfers = z
  .strictObject({
    /** `link`: whoever has signed in collects, and it is their client who pays. */
    kind: z.enum(['transfer', 'link']),
    transfers: z.array(BankTransferRow),
    /** With rows `null`. */
    why: z.enum(BANK_TRANSFER_WHY).nullable(),
  })
  .meta({ id: 'BankTransfers' });
export type BankTransfers = z.infer<typeof BankTransfers>;
