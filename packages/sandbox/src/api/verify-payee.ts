import { z } from 'zod';
import { CHECK_ERRORS } from '../data/magic.js';
import { checkPayee, type PayeeCheckResult } from '../payee-check.js';
import { issueProof } from '../payee-proof.js';
import { parseBody } from './body.js';
import type { Answer, Handler } from './endpoint.js';
import { ibanField } from './fields.js';
import { Refusal } from './refusal.js';

const VerifyPayee = z.object({
  iban: ibanField,
  beneficiary_name: z.string().min(1, 'must not be empty').max(140, 'is too long'),
});

/** Facts 4.3: every outcome carries a proof, an error of the payee's bank too. */
export const verifyPayee: Handler = (call) => {
  const { iban, beneficiary_name: name } = parseBody(call, VerifyPayee);
  const { bank, caller } = call;
  const token = issueProof(
    { iban, name },
    {
      secret: bank.store.current.proofSecret,
      now: bank.clock.now(),
      binding: bank.switches.get('proof_binding'),
    },
  );
  const { organizationId } = caller;
  return answerOf(checkPayee(bank.beneficiaries, { organizationId, name, iban }), { token });
};

function answerOf(result: PayeeCheckResult, proof_token: { token: string }): Answer {
  switch (result.kind) {
    case 'match':
      return { status: 200, body: { match_result: 'MATCH_RESULT_MATCH', proof_token } };
    case 'close-match':
      return {
        status: 200,
        body: {
          match_result: 'MATCH_RESULT_CLOSE_MATCH',
          matched_name: result.holder,
          proof_token,
        },
      };
    case 'no-match':
      return { status: 200, body: { match_result: 'MATCH_RESULT_NO_MATCH', proof_token } };
    case 'not-possible':
      return { status: 200, body: { match_result: 'MATCH_RESULT_NOT_POSSIBLE', proof_token } };
    case 'error':
      throw new Refusal(CHECK_ERRORS[result.code], {
        errors: [
          {
            code: result.code,
            detail: "The payee's bank could not be asked",
            meta: { proof_token },
          },
        ],
      });
  }
}
