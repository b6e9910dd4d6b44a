import type { PayeeCheckAnswer } from '../payments/ports.js';
import type { BankAnswer } from './client.js';
import { NOT_POSSIBLE, type PayeeResult, resultOf } from './payee-check.js';
import { BulkPayeeCheckEntry, BulkPayeeCheckWire } from './payee-check-wire.js';
import { readAnswer } from './reads.js';

export interface CheckedPayee {
  name: string;
  iban: string;
}

/** Makes the bytes of one check of all. The proof is of a set, so a payee of several rows goes once. */
export function bulkPayeeCheckRequest(payees: readonly CheckedPayee[]): Buffer {
  const ids = idsOf(payees);
  const requests = payees.flatMap(({ name, iban }, index) => {
    const id = String(index);
    return ids[index] === id ? [{ id, iban, beneficiary_name: name }] : [];
  });
  return Buffer.from(JSON.stringify({ requests }));
}

/** What the bank says of each, by the ids that we gave: nothing tells that its order is ours. */
export function bulkPayeeCheckAnswer(
  answer: BankAnswer,
  payees: readonly CheckedPayee[],
): PayeeCheckAnswer {
  const { proof_token: proof, requests } = readAnswer(BulkPayeeCheckWire, answer);
  const found = resultsById(requests);
  return { results: idsOf(payees).map((id) => found.get(id) ?? NOT_POSSIBLE), proof };
}

function resultsById(entries: readonly unknown[]): Map<string, PayeeResult> {
  const found = new Map<string, PayeeResult>();
  for (const entry of entries) {
    const { data } = BulkPayeeCheckEntry.safeParse(entry);
    if (!data) continue;
    // Two answers to one question are none.
    found.set(data.id, found.has(data.id) ? NOT_POSSIBLE : resultOf(data.response));
  }
  return found;
}

/** Positions as ids: of each payee the first one. */
function idsOf(payees: readonly CheckedPayee[]): string[] {
  const first = new Map<string, string>();
  return payees.map(({ name, iban }, index) => {
    const key = JSON.stringify([name, iban]);
    const id = first.get(key) ?? String(index);
    first.set(key, id);
    return id;
  });
}
