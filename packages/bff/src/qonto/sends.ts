import { BankUnavailableError } from '../payments/errors.js';
import type { ReadyBank, SendAnswer } from '../payments/ports.js';
import { NoAnswerError, type QontoClient } from './client.js';
import type { AccessTokenSource, BankBudget } from './ports.js';
import { sendAnswer } from './send-answer.js';
import type { QontoTimeouts } from './timeouts.js';

type Attempt = Parameters<ReadyBank['send']>[0];

interface Parts {
  client: QontoClient;
  tokens: AccessTokenSource;
  budget: BankBudget;
  timeouts: QontoTimeouts;
  now: () => Date;
}

/** Calls that may move money: each is made once, and has an answer whatever happens. */
export class QontoSends {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async ready(connectionId: string): Promise<ReadyBank> {
    const { tokens, budget } = this.#parts;
    const accessToken = await tokens.forConnection(connectionId);
    if (!(await budget.take('create'))) throw new BankUnavailableError('busy');
    return {
      send: async (attempt, approvalSession) => {
        const answer = await this.#send(accessToken, attempt, approvalSession);
        if (answer.kind === 'refused' && answer.reason === 'signed-out') {
          // Not awaited: the answer has to be stored first, and the next call finds out by itself.
          void tokens.renew(connectionId, accessToken).catch(() => {});
        }
        return answer;
      },
    };
  }

  async #send(
    accessToken: string,
    { kind, bankKey, request, approvalMethod }: Attempt,
    approvalSession: string | undefined,
  ): Promise<SendAnswer> {
    const { client, timeouts, now } = this.#parts;
    try {
      const answer = await client.call({
        method: 'POST',
        path: request.path,
        body: request.body,
        accessToken,
        headers: {
          'X-Qonto-Idempotency-Key': bankKey,
          'X-Qonto-2fa-Preference': approvalMethod,
          ...(approvalSession && { 'X-Qonto-Sca-Session-Token': approvalSession }),
        },
        timeoutMs: kind === 'transfer' ? timeouts.createMs : timeouts.bulkMs,
      });
      return sendAnswer(answer, { kind, withApproval: approvalSession !== undefined });
    } catch (error) {
      // Bytes may have left whatever went wrong, so a send always answers.
      const cause = error instanceof NoAnswerError ? error.reason : 'reset';
      return { kind: 'no_answer', cause, at: now(), traceId: undefined };
    }
  }
}
