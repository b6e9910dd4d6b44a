import type { z } from 'zod';
import {
  BankUnavailableError,
  ConsentNeededError,
  NotAllowedError,
  SignedOutError,
} from '../payments/errors.js';
import { type BankAnswer, type BankCall, NoAnswerError, type QontoClient } from './client.js';
import type { AccessTokenSource, BankBudget } from './ports.js';
import { isMissingScope, readProblem, type WireProblem } from './wire.js';

export type Read = Omit<BankCall, 'accessToken'> & { priority: 'read' | 'poll' };

/** Calls that move no money: within the budget, and once more after a renewed token. */
export class QontoReads {
  readonly #client: QontoClient;
  readonly #budget: BankBudget;
  readonly #tokens: AccessTokenSource;

  constructor(client: QontoClient, budget: BankBudget, tokens: AccessTokenSource) {
    this.#client = client;
    this.#budget = budget;
    this.#tokens = tokens;
  }

  /** The answer whatever its status, but never a 401 and never a page: JSON, a PDF, none (204), or a 404's text. */
  async answer(connectionId: string, read: Read): Promise<BankAnswer> {
    const first = await this.#tokens.forConnection(connectionId);
    const answer = await this.answerFor(first, read);
    if (answer.status !== 401) return answer;
    const second = await this.#tokens.renew(connectionId, first);
    const again = await this.answerFor(second, read);
    if (again.status !== 401) return again;
    await this.#tokens.renew(connectionId, second);
    throw unavailable(again);
  }

  /** With a token in hand: right after the sign-in there is no connection yet. */
  async answerFor(accessToken: string, { priority, ...call }: Read): Promise<BankAnswer> {
    if (!(await this.#budget.take(priority))) throw new BankUnavailableError('busy');
    const answer = await this.#client.call({ ...call, accessToken }).catch((cause: unknown) => {
      if (!(cause instanceof NoAnswerError)) throw cause;
      throw new BankUnavailableError(cause.message, { cause });
    });
    const isFromBank = answer.json !== undefined || answer.pdf !== undefined;
    if (!isFromBank && ![204, 404].includes(answer.status)) throw unavailable(answer);
    return answer;
  }
}

/** Reads a 2xx, or throws what the caller can do something about. */
export function readAnswer<Schema extends z.ZodType>(
  schema: Schema,
  answer: BankAnswer,
): z.infer<Schema> {
  const { status, json, traceId } = answer;
  if (status >= 200 && status < 300) {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new BankUnavailableError('The bank answered in an unknown form', { traceId });
  }
  throw failureOf(answer);
}

/** What a caller can do something about, by an answer that is no success. */
export function failureOf(answer: BankAnswer): Error {
  const { status } = answer;
  const problem = readProblem(answer.json);
  if (status === 401) return new SignedOutError('The bank refused the access token');
  if (status === 403 && isMissingScope(problem?.detail ?? '')) {
    return new ConsentNeededError('Qonto needs another permission for this');
  }
  if (status === 403 || isForbidden(status, problem)) {
    return new NotAllowedError('Qonto does not let this member do it');
  }
  return unavailable(answer);
}

/** A documented no to what was asked, and not to who asked. */
export function isRefusal({ status, json }: BankAnswer): boolean {
  const problem = readProblem(json);
  if (!problem || isForbidden(status, problem)) return false;
  return [400, 404, 409, 422].includes(status);
}

/** What a plan does not include is not always refused with a 403. */
export function isForbidden(status: number, problem: WireProblem | undefined): boolean {
  return [400, 403, 422].includes(status) && problem?.code === 'forbidden';
}

function unavailable({ status, json, traceId }: BankAnswer): BankUnavailableError {
  const what = json === undefined ? 'without JSON' : `with ${status}`;
  return new BankUnavailableError(`The bank answered ${what}`, { traceId });
}
