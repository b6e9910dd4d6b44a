import { randomUUID } from 'node:crypto';
import type { Expected } from './bank.js';
import type { Addresses } from './stack.js';

export interface Payee {
  name: string;
  iban: string;
}

/** An invoice of a batch; what is not said is an everyday one. */
export interface Line {
  payee?: Payee;
  amount?: string;
  dueDate?: string;
}

/** Invoices that are paid together, as the partner's own server knows them. */
export interface Batch {
  intent: string;
  rows: Expected[];
  /** The partner's page that shows them. */
  url: string;
}

/** So many everyday invoices, the named ones of them otherwise. */
export const linesOf = (count: number, others: Record<number, Line> = {}): Line[] =>
  Array.from({ length: count }, (_, index) => others[index] ?? {});

/** Says what is to be paid, as the partner's server does, with the secret that no browser sees. */
export async function makeBatch(addresses: Addresses, lines: readonly Line[]): Promise<Batch> {
  const code = randomUUID().slice(0, 8).toUpperCase();
  const items = lines.map(({ payee, amount, dueDate }, index) => ({
    externalRef: `${code}-${String(index + 1).padStart(3, '0')}`,
    amount: amount ?? everydayAmount(index),
    currency: 'EUR',
    payee: payee ?? everydayPayee(code, index),
    reference: `Invoice ${code}-${String(index + 1).padStart(3, '0')}`,
    ...(dueDate && { dueDate }),
  }));
  const url = `${addresses.shop}/batches/${code}`;
  const answer = await fetch(`${addresses.bffFromNode}/partner/v1/intents`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${addresses.partnerSecret}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': code,
    },
    body: JSON.stringify({ kind: 'transfer', items, returnUrl: url }),
  });
  if (!answer.ok) throw new Error(`No intent: ${answer.status} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  const rows = items.map(({ externalRef, amount, payee }) => ({
    number: externalRef,
    amountCents: amount.replace('.', ''),
    payee: payee.name,
    iban: payee.iban,
  }));
  return { intent: id, rows, url };
}

/** In cents, as no other page has counted it. */
export const totalCents = (rows: readonly Expected[]): bigint =>
  rows.reduce((sum, { amountCents }) => sum + BigInt(amountCents), 0n);

/** "1,234.50", as the sandbox bank and the pay page write it. */
export function groupedAmount(rows: readonly Expected[]): string {
  const cents = String(totalCents(rows)).padStart(3, '0');
  return `${cents.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.slice(-2)}`;
}

/** Never one of the sandbox's own amounts, which end otherwise. */
const everydayAmount = (index: number): string => `${20 + index}.50`;

/**
 * The sandbox bank confirms every name at an account that it does not know. Each batch has payees
 * of its own: one who is paid elsewhere meanwhile changes what the payer has seen.
 */
const everydayPayee = (code: string, index: number): Payee => ({
  name: `Fournisseur ${code} ${index + 1}`,
  iban: frenchIban(Number.parseInt(code, 16) + index),
});

/** An account of its own for each number, with valid check digits. */
export function frenchIban(n: number): string {
  const bban = `3000401234${String(50_000_000_000 + n)}12`;
  // ISO 13616: the country's letters as numbers (F 15, R 27), then two zeros.
  const remainder = BigInt(`${bban}152700`) % 97n;
  return `FR${String(98n - remainder).padStart(2, '0')}${bban}`;
}
