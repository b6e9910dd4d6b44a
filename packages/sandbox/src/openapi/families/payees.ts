import { challenge, errors, sessionOver, validation } from '../envelopes.js';
import { filters, type Operation, paging } from '../operation.js';
import {
  answered,
  constant,
  either,
  flag,
  iban,
  listOf,
  nullable,
  oneOf,
  page,
  sent,
  text,
  textOf,
  time,
  uuid,
} from '../schema.js';

const account = { iban, bic: nullable(text), currency: nullable(constant('EUR')) };
const common = {
  id: uuid,
  name: text,
  email: nullable(text),
  activity_tag: text,
  status: oneOf('pending', 'validated', 'declined'),
  trusted: flag,
  created_at: time,
  updated_at: time,
};

/** Flat, or with the account nested (facts 4.2). */
const beneficiary = either(
  answered({ ...common, ...account }),
  answered({ ...common, bank_account: answered(account) }),
);
const one = answered({ beneficiary });
const many = answered({ beneficiaries: listOf(beneficiary) });

const newBeneficiary = sent({
  beneficiary: sent({
    name: text,
    iban,
    'bic?': nullable(text),
    'email?': nullable(text),
    'activity_tag?': nullable(text),
  }),
});
const change = sent({
  beneficiary: sent({
    'name?': text,
    'email?': nullable(text),
    'activity_tag?': nullable(text),
  }),
});
const ids = sent({ ids: listOf(uuid, { minItems: 1, maxItems: 400 }) });

/** An object, or the bare string of older captures (facts 4.3). */
const proof = either(answered({ token: text }), text);
const matched = {
  match_result: oneOf(
    ...['MATCH_RESULT_MATCH', 'MATCH_RESULT_CLOSE_MATCH', 'MATCH_RESULT_NO_MATCH'],
    ...['MATCH_RESULT_NOT_POSSIBLE', 'MATCH_RESULT_UNSPECIFIED'],
  ),
  'matched_name?': text,
};

const scope = 'payment.write';
const read = 'organization.read';

/** Facts 4.2, 4.3. */
export const payeeOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/v2/sepa/beneficiaries', facts: '4.2', scope: read },
    summary: 'The payees that the organisation knows, 25 to a page',
    query: [
      ...paging,
      ...filters({
        'iban[]': iban,
        'status[]': oneOf('pending', 'validated', 'declined'),
        trusted: flag,
        updated_at_from: time,
        updated_at_to: time,
        sort_by: oneOf('updated_at:desc', 'updated_at:asc'),
      }),
    ],
    answers: { 200: page('beneficiaries', beneficiary) },
  },
  {
    ...{ method: 'get', path: '/v2/sepa/beneficiaries/{id}', facts: '4.2', scope: read },
    summary: 'One payee',
    answers: { 200: one },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/beneficiaries', facts: '4.2', scope },
    ...{ isKeyed: true, isSensitive: true },
    summary: 'Adds a payee',
    body: newBeneficiary,
    answers: { 200: one, 201: one },
  },
  ...(['patch', 'put'] as const).map(
    (method): Operation => ({
      ...{ method, path: '/v2/sepa/beneficiaries/{id}', facts: '4.2, 8 no. 12', scope },
      isSensitive: true,
      summary: 'Changes a payee; PUT is 404 unless a switch says otherwise',
      body: change,
      answers: { 200: one },
    }),
  ),
  {
    ...{ method: 'patch', path: '/v2/sepa/beneficiaries/trust', facts: '4.2' },
    ...{ scope: 'beneficiary.trust', isSensitive: true },
    summary: 'Trusts payees, who are then paid without an approval',
    body: ids,
    answers: { 200: many },
    refusals: [404],
  },
  {
    ...{ method: 'patch', path: '/v2/sepa/beneficiaries/untrust', facts: '4.2', scope },
    summary: 'Takes the trust back',
    body: ids,
    answers: { 200: many, 412: sessionOver, 422: validation, 428: challenge },
    refusals: [404],
  },
  {
    ...{ method: 'post', path: '/v2/sepa/verify_payee', facts: '4.3', scope },
    summary: 'Asks the payee’s bank who holds an account; errors of it carry a proof too',
    body: sent({ iban, beneficiary_name: textOf(1, 140) }),
    answers: { 200: answered({ ...matched, proof_token: proof }), 500: errors, 503: errors },
  },
  {
    ...{ method: 'post', path: '/v2/sepa/bulk_verify_payee', facts: '4.3', scope },
    summary: 'Asks for up to 400 payees; one proof for the exact set',
    body: sent({
      requests: listOf(sent({ 'id?': text, iban, beneficiary_name: textOf(1, 140) }), {
        ...{ minItems: 1, maxItems: 400 },
      }),
    }),
    answers: {
      200: answered({
        proof_token: proof,
        requests: listOf(
          either(
            answered({ 'id?': text, response: answered(matched) }),
            answered({ 'id?': text, error_code: text }),
            answered({ 'id?': text, error: answered({ code: text, detail: text }) }),
          ),
        ),
      }),
    },
  },
];
