import type { PaymentReason } from '@qonto-pay/shared';
import type { SendAnswer } from '../payments/ports.js';
import type { BankAnswer } from './client.js';
import { transferFromWire } from './status.js';
import {
  ChallengeWire,
  isMissingScope,
  readProblem,
  TransferAnswer,
  type WireProblem,
} from './wire.js';

type Outcome = SendAnswer extends infer Answer
  ? Answer extends unknown
    ? Omit<Answer, 'at' | 'traceId'>
    : never
  : never;

const REFUSALS = new Map<string, PaymentReason>([
  ['insufficient_funds', 'insufficient-funds'],
  ['payment_policy_approval_required', 'needs-approver'],
  ['payment_policy_approver_missing', 'approver-missing'],
  ['bank_account_not_found', 'account-not-found'],
]);

/**
 * What the answer to a create or its replay means. Only what Qonto documents as a refusal is one:
 * anything else leaves open whether money moved.
 */
export function sendAnswer(answer: BankAnswer, withApproval: boolean): SendAnswer {
  const { at, traceId } = answer;
  return { ...outcomeOf(answer, withApproval), at, traceId };
}

function outcomeOf(answer: BankAnswer, withApproval: boolean): Outcome {
  const { status, json } = answer;
  if (status >= 200 && status < 300) return accepted(answer);
  if (status >= 500) return noAnswer(`http-${status}`);
  // From the idempotency layer: the same key is being worked on, or was left locked by a crash.
  if (status === 429) return noAnswer('rate-limited');
  if (json === undefined) return noAnswer('not-json');
  if (status === 428) return challenge(json);
  // Without an approval it makes no sense, so it proves nothing.
  if (status === 412 && withApproval) return { kind: 'approval_over' };
  // "Not found" on a replay also means: this approval was used, by a send whose answer was lost.
  if (status === 422 && withApproval) return noAnswer('http-422');
  const problem = readProblem(json);
  if (!problem) return noAnswer(`unreadable-${status}`);
  return refusal(status, problem) ?? noAnswer(`http-${status}`);
}

function accepted({ json, at }: BankAnswer): Outcome {
  if (json === undefined) return noAnswer('not-json');
  const { data } = TransferAnswer.safeParse(json);
  if (!data) return noAnswer('unreadable-2xx');
  return { kind: 'accepted', transfer: transferFromWire(data.transfer, at) };
}

function challenge(json: unknown): Outcome {
  const { data } = ChallengeWire.safeParse(json);
  if (data?.sca_session_token) return { kind: 'approval_needed', session: data.sca_session_token };
  return data?.code === 'sca_not_enrolled' ? { kind: 'not_enrolled' } : noAnswer('http-428');
}

function refusal(status: number, { code, detail }: WireProblem): Outcome | undefined {
  if (![400, 401, 403, 404, 422].includes(status)) return undefined;
  // Qonto answers this one as a 401 too, which has nothing to do with the sign-in.
  if (code.startsWith('vop_proof_token')) return refused('payee-check-expired', 'failed');
  if (status === 401) return refused('signed-out', 'failed');
  if (status === 403) {
    return isMissingScope(detail)
      ? refused('consent-needed', 'failed')
      : refused('not-allowed', 'declined');
  }
  const reason = REFUSALS.get(code);
  // A gateway's "not found" can look like an application's; only a named one is a refusal.
  if (status === 404 && !reason) return undefined;
  return refused(reason ?? 'bank-refused', 'declined');
}

function refused(reason: PaymentReason, outcome: 'declined' | 'failed'): Outcome {
  return { kind: 'refused', reason, outcome };
}

function noAnswer(cause: string): Outcome {
  return { kind: 'no_answer', cause };
}
