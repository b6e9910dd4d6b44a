import { BankUnavailableError, isBankSilence } from './errors.js';
import type { LeasedAttempt } from './records.js';

/**
 * A request concerns two members: whoever acted last is asked with first, and where they have
 * signed out since, whoever asked for it.
 */
export async function byEitherMember<Answer>(
  leased: LeasedAttempt,
  ask: (as: LeasedAttempt) => Promise<Answer>,
): Promise<Answer> {
  const { attempt, payment } = leased;
  try {
    return await ask(leased);
  } catch (error) {
    const isOver = isBankSilence(error) && !(error instanceof BankUnavailableError);
    const hasOther = payment.kind === 'request' && payment.connectionId !== attempt.connectionId;
    if (!isOver || !hasOther) throw error;
    return ask({ ...leased, attempt: { ...attempt, connectionId: payment.connectionId } });
  }
}
