import type { PaymentReason } from '@qonto-pay/shared';
import type { AttemptKind, SendAnswer } from '../payments/ports.js';
import { BulkAnswer } from './bulk-answer.js';
import type { BankAnswer } from './client.js';
import { isForbidden } from './reads.js';
import { refusalReason } from './refusal-reason.js';
import { RequestAnswer, requestFromWire } from './request-wire.js';
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

/** What was sent: its answer is read accordingly. */
export interface Sent {
  kind: AttemptKind;
  withApproval: boolean;
}

/**
 * What the answer to a create or its replay means. Only what Qonto documents as a refusal is one:
 * anything else leaves open whether money moved.
 */
export function sendAnswer(answer: BankAnswer, sent: Sent): SendAnswer {
  const { at, traceId } = answer;
  return { ...outcomeOf(answer, sent), at, traceId };
}

function outcomeOf(answer: BankAnswer, { kind, withApproval }: Sent): Outcome {
  const { status, json } = answer;
  if (status >= 200 && status < 300) return accepted(answer, kind);
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
  return refusal({ status, problem, kind }) ?? noAnswer(`http-${status}`);
}

function accepted({ json, at }: BankAnswer, kind: AttemptKind): Outcome {
  if (json === undefined) return noAnswer('not-json');
  return acceptedOf(json, { kind, at }) ?? noAnswer('unreadable-2xx');
}

function acceptedOf(json: unknown, { kind, at }: { kind: AttemptKind; at: Date }) {
  switch (kind) {
    case 'transfer': {
      const { data } = TransferAnswer.safeParse(json);
      return data && { kind: 'accepted' as const, transfer: transferFromWire(data.transfer, at) };
    }
    case 'bulk': {
      const { data: bulk } = BulkAnswer.safeParse(json);
      return bulk && { kind: 'bulk_accepted' as const, bulk };
    }
    case 'request':
    case 'request-approval': {
      const { data } = RequestAnswer.safeParse(json);
      return data && { kind: 'request_accepted' as const, request: requestFromWire(data) };
    }
  }
}

function challenge(json: unknown): Outcome {
  const { data } = ChallengeWire.safeParse(json);
  if (data?.sca_session_token) return { kind: 'approval_needed', session: data.sca_session_token };
  return data?.code === 'sca_not_enrolled' ? { kind: 'not_enrolled' } : noAnswer('http-428');
}

function refusal(of: { status: number; problem: WireProblem; kind: AttemptKind }) {
  const { status, problem, kind } = of;
  if (![400, 401, 403, 404, 422].includes(status)) return undefined;
  // Qonto answers this one as a 401 too, which has nothing to do with the sign-in.
  if (problem.code.startsWith('vop_proof_token')) return refused('payee-check-expired', 'failed');
  if (status === 401) return refused('signed-out', 'failed');
  if (status === 403 && isMissingScope(problem.detail)) return refused('consent-needed', 'failed');
  if (status === 403 || isForbidden(status, problem)) {
    return refused(kind === 'bulk' ? 'bulk-not-allowed' : 'not-allowed', 'declined');
  }
  const reason = refusalReason(problem);
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
