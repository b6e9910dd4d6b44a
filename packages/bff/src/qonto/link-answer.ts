import type { LinkReason } from '@qonto-pay/shared';
import type { LinkAnswer as Answer } from '../links/ports.js';
import type { BankAnswer } from './client.js';
import { LinkAnswer } from './link-wire.js';
import { isForbidden } from './reads.js';
import { isMissingScope, readProblem, type WireProblem } from './wire.js';

/**
 * What the answer to a request for a link means. Only what Qonto documents as a refusal is one:
 * anything else leaves open whether there is a link.
 */
export function linkAnswer(answer: BankAnswer): Answer {
  const { at, traceId, status, json } = answer;
  const seen = { at, traceId };
  if (status >= 200 && status < 300) {
    const { data: link } = LinkAnswer.safeParse(json);
    return link ? { kind: 'created', link, ...seen } : noAnswer('unreadable-2xx', seen);
  }
  const problem = status < 500 && status !== 429 ? readProblem(json) : undefined;
  const reason = problem && refusalReason(status, problem);
  if (!reason) return noAnswer(`http-${status}`, seen);
  const isOurs = reason === 'signed-out' || reason === 'consent-needed';
  return { kind: 'refused', reason, outcome: isOurs ? 'failed' : 'refused', ...seen };
}

function refusalReason(status: number, problem: WireProblem): LinkReason | undefined {
  if (![400, 401, 403, 404, 422].includes(status)) return undefined;
  if (status === 401) return 'signed-out';
  if (status === 403 && isMissingScope(problem.detail)) return 'consent-needed';
  if (status === 403 || isForbidden(status, problem)) return 'not-allowed';
  // No connection, or no subscription (facts 4.10).
  if (status === 404) return 'provider-not-connected';
  return problem.pointer.includes('potential_payment_methods')
    ? 'method-not-enabled'
    : 'bank-refused';
}

const noAnswer = (cause: string, seen: Pick<Answer, 'at' | 'traceId'>): Answer => ({
  kind: 'no_answer',
  cause,
  ...seen,
});
