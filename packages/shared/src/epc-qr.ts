import { formatAmount } from './money.js';

/** A transfer that a payer makes from any bank of the SEPA area. */
export interface BankTransfer {
  /** 1 to 70 characters. */
  name: string;
  iban: string;
  amountCents: bigint;
  /** At most 140 characters of the SEPA set, as they will travel. */
  reference: string;
}

const MIN_CENTS = 1n;
const MAX_CENTS = 99_999_999_999n;
const MAX_NAME = 70;
const MAX_REFERENCE = 140;
/** What a code of version 13 at error correction level M holds. */
const MAX_BYTES = 331;

/** Elements are lines: within one of them a break would shift all that follow. */
const BREAKS = /[\r\n\u0085\u2028\u2029]/;

/**
 * The text of an EPC QR code by EPC069-12 v2.1 of the European Payments Council ("Quick Response
 * Code: Guidelines to Enable the Data Capture for the Initiation of a SEPA Credit Transfer"), which
 * banking apps read into a transfer. Version 002, as only that leaves the BIC out within the EEA.
 * @returns `undefined` where the guidelines have no room for the transfer: above all more than 331
 * bytes, which a long name in letters of three bytes each can come to.
 */
export function epcPayload({
  name,
  iban,
  amountCents,
  reference,
}: BankTransfer): string | undefined {
  if (amountCents < MIN_CENTS || amountCents > MAX_CENTS) return undefined;
  if (!fits(name, MAX_NAME) || name === '' || !fits(reference, MAX_REFERENCE)) return undefined;
  const elements = [
    ...['BCD', '002', '1', 'SCT'],
    '', // BIC
    name,
    iban,
    // "EUR12.3" is allowed as well; two places are what payers know.
    `EUR${formatAmount(amountCents)}`,
    '', // Purpose code
    '', // Structured reference: instead of the text, never beside it
    reference,
  ];
  // Nothing follows the last element that is given, no line end either.
  const payload = elements.join('\n').replace(/\n+$/, '');
  return new TextEncoder().encode(payload).length <= MAX_BYTES ? payload : undefined;
}

const fits = (text: string, maxLength: number): boolean =>
  [...text].length <= maxLength && !BREAKS.test(text);
