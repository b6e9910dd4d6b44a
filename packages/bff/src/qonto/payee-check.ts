import type { PayeeCheckAnswer } from '../payments/ports.js';
import type { BankAnswer } from './client.js';
import { readAnswer } from './reads.js';
import { PayeeCheckFailure, PayeeCheckWire } from './wire.js';

/** Qonto's verification of payee as ours. Whatever is not a clear word of the payee's bank is "not possible". */
export function payeeCheckAnswer(answer: BankAnswer): PayeeCheckAnswer {
  const failure = PayeeCheckFailure.safeParse(answer.json);
  if (answer.status >= 400 && failure.success) {
    const proof = failure.data.errors[0].meta.proof_token;
    return { result: 'not_possible', bankName: undefined, proof };
  }
  const { match_result, matched_name, proof_token } = readAnswer(PayeeCheckWire, answer);
  const result = resultOf(match_result);
  const bankName = result === 'close_match' ? (matched_name ?? undefined) : undefined;
  return { result, bankName, proof: proof_token };
}

function resultOf(raw: string): PayeeCheckAnswer['result'] {
  switch (raw) {
    case 'MATCH_RESULT_MATCH':
      return 'match';
    case 'MATCH_RESULT_CLOSE_MATCH':
      return 'close_match';
    case 'MATCH_RESULT_NO_MATCH':
      return 'no_match';
    default:
      return 'not_possible';
  }
}
