import type { CheckResult, PayeeCheckAnswer } from '../payments/ports.js';
import type { BankAnswer } from './client.js';
import { PayeeCheckFailure, PayeeCheckWire, type PayeeMatch } from './payee-check-wire.js';
import { readAnswer } from './reads.js';

export type PayeeResult = PayeeCheckAnswer['results'][number];

export const NOT_POSSIBLE: PayeeResult = { result: 'not_possible', bankName: undefined };

/** Qonto's verification of one payee as ours. What is not a clear word of the payee's bank is "not possible". */
export function payeeCheckAnswer(answer: BankAnswer): PayeeCheckAnswer {
  const failure = PayeeCheckFailure.safeParse(answer.json);
  if (answer.status >= 400 && failure.success) {
    const proof = failure.data.errors[0].meta.proof_token;
    return { results: [NOT_POSSIBLE], proof };
  }
  const { proof_token: proof, ...match } = readAnswer(PayeeCheckWire, answer);
  return { results: [resultOf(match)], proof };
}

export function resultOf({ match_result, matched_name }: PayeeMatch): PayeeResult {
  const result = checkResult(match_result);
  return { result, bankName: result === 'close_match' ? (matched_name ?? undefined) : undefined };
}

function checkResult(raw: string): CheckResult {
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
