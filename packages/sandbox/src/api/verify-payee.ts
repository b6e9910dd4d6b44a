import { z } from 'zod';
import { CHECK_ERRORS } from '../data/magic.js';
import { checkPayee, type PayeeCheckResult } from '../payee-check.js';
import { issueProof, type ProvenPayee, type ProvenSet } from '../payee-proof.js';
import { parseBody } from './body.js';
import type { ApiCall, Handler } from './endpoint.js';
import { ibanField } from './fields.js';
import { Refusal, refusal } from './refusal.js';

const MOST_CHECKS = 400;

const VerifyPayee = z.object({
  iban: ibanField,
  beneficiary_name: z.string().min(1, 'must not be empty').max(140, 'is too long'),
});

const BulkVerifyPayee = z.object({
  requests: z
    .array(VerifyPayee.extend({ id: z.string().optional() }))
    .min(1, 'must not be empty')
    .max(MOST_CHECKS, `must have at most ${MOST_CHECKS} entries`),
});

/** Facts 4.3: every outcome carries a proof, an error of the payee's bank too. */
export const verifyPayee: Handler = (call) => {
  const { iban, beneficiary_name: name } = parseBody(call, VerifyPayee);
  const proof_token = proofOnWire(call, proofOf(call, 'single', [{ iban, name }]));
  const result = resultOf(call, { iban, name });
  if (result.kind !== 'error') return { status: 200, body: { ...matchOf(result), proof_token } };
  throw new Refusal(CHECK_ERRORS[result.code], {
    errors: [{ ...errorOf(result), meta: { proof_token } }],
  });
};

/** Facts 4.3: one proof for the exact set of payees; an entry may fail without the others. */
export const bulkVerifyPayee: Handler = (call) => {
  const { requests } = parseBody(call, BulkVerifyPayee);
  const payees = requests.map(({ iban, beneficiary_name: name }) => ({ iban, name }));
  const proof_token = proofOnWire(call, proofOf(call, 'bulk', payees));
  const answers = requests.map(({ id, iban, beneficiary_name: name }) => ({
    ...(id === undefined ? {} : { id }),
    ...entryOf(call, resultOf(call, { iban, name })),
  }));
  return { status: 200, body: { proof_token, requests: answers } };
};

function proofOf(call: ApiCall, kind: ProvenSet, payees: readonly ProvenPayee[]): string {
  const { bank, caller } = call;
  const { switches } = bank;
  const quota = switches.get('payee_check_quota');
  if (switches.get('rate_limits') && bank.checkQuota.unusedBy(caller.id) + payees.length > quota) {
    throw refusal(429, 'rate_limited', 'Too many payee verifications without a transfer');
  }
  const secret = bank.store.current.proofSecret;
  const binding = switches.get('proof_binding');
  const proof = issueProof({ kind, payees }, { secret, now: bank.clock.now(), binding });
  bank.checkQuota.checked(caller.id, { proof, count: payees.length });
  return proof;
}

function proofOnWire({ bank }: ApiCall, token: string): string | { readonly token: string } {
  return bank.switches.get('proof_token_shape') === 'string' ? token : { token };
}

function resultOf({ bank, caller }: ApiCall, payee: ProvenPayee): PayeeCheckResult {
  return checkPayee(bank.beneficiaries, { organizationId: caller.organizationId, ...payee });
}

function entryOf({ bank }: ApiCall, result: PayeeCheckResult) {
  if (result.kind !== 'error') return { response: matchOf(result) };
  return bank.switches.get('bulk_check_error') === 'error_code'
    ? { error_code: `SINGLE_REQUEST_ERROR_CODE_${result.code}` }
    : { error: errorOf(result) };
}

function errorOf({ code }: Extract<PayeeCheckResult, { kind: 'error' }>) {
  return { code, detail: "The payee's bank could not be asked" };
}

function matchOf(result: Exclude<PayeeCheckResult, { kind: 'error' }>) {
  switch (result.kind) {
    case 'match':
      return { match_result: 'MATCH_RESULT_MATCH' };
    case 'close-match':
      return { match_result: 'MATCH_RESULT_CLOSE_MATCH', matched_name: result.holder };
    case 'no-match':
      return { match_result: 'MATCH_RESULT_NO_MATCH' };
    case 'not-possible':
      return { match_result: 'MATCH_RESULT_NOT_POSSIBLE' };
  }
}
