import type { SwitchDefinition } from './switch-definition.js';

/** Switches of the orders: beneficiaries, bulk, recurring, internal, requests, attachments. The first value is the default. */
export const PAYMENT_SWITCHES = {
  beneficiary_create_sca: {
    values: ['never', 'always', 'sometimes'],
    facts: '3.1',
    decides: 'whether adding a beneficiary asks for approval',
  },
  beneficiary_update_verb: {
    values: ['PATCH', 'PUT', 'both'],
    facts: '4.2, 8 no. 12',
    decides: 'the verb that changes a beneficiary',
  },
  pending_beneficiary_update: {
    values: [404, 200],
    facts: '4.2, 8 no. 12',
    decides: 'answer to a change of a pending beneficiary',
  },
  cancel_sca: {
    values: [false, true],
    facts: '3.1',
    decides: 'whether cancelling a transfer, recurring or not, asks for approval',
  },
  proof_token_shape: {
    values: ['object', 'string'],
    facts: '4.3',
    decides: 'proof_token of a payee check: {token}, or the bare string of older captures',
  },
  transfer_proof_address: {
    values: ['download_proof', 'both'],
    facts: '4.4, 8 no. 13',
    decides: 'whether GET /v2/sepa/transfers/{id}/proof is there too',
  },
  bulk_check_error: {
    values: ['error_code', 'error'],
    facts: '4.3',
    decides: 'how bulk_verify_payee tells that one entry failed',
  },
  payee_check_quota: {
    // Room for some selections of 400, which one call may have (facts 4.3).
    values: [4000, 100, 30, 5],
    facts: '4.3, 5.4',
    decides: 'payee checks without a transfer that a member has per hour; only with rate_limits',
  },
  payment_policy: {
    values: ['none', 'approval_required', 'approver_missing'],
    facts: '4.4',
    decides: 'what the 4-eyes policy says of a payment above 1,000 EUR',
  },
  standard_settlement_seconds: {
    values: [10, 3600, 86_400],
    facts: '4.4',
    decides: 'bank time until a transfer that is not instant is settled',
  },
  unknown_attachments: {
    values: ['refused', 'taken'],
    facts: '4.9',
    decides: 'whether an order may name attachments that nobody has uploaded',
  },
  attachment_too_large_status: {
    values: [413, 422],
    facts: '4.9',
    decides: 'HTTP status of a document above 10 MB',
  },
  attachment_file_size: {
    values: ['number', 'string'],
    facts: '4.9',
    decides: 'type of file_size',
  },
  reference_max_length: {
    values: [140, 35],
    facts: '4.4, 8 no. 9',
    decides: 'how many characters a reference may have',
  },
  plan_refusal_status: {
    values: [403, 400, 422],
    facts: '2.4, 4.5',
    decides: 'HTTP status of what a plan does not allow',
  },
  bulk_answer: {
    values: ['wrapped', 'bare'],
    facts: '4.5',
    decides: 'whether one bulk transfer is wrapped in bulk_transfer',
  },
  bulk_errors: {
    values: ['nested', 'flat'],
    facts: '4.5, 8 no. 7',
    decides: 'errors of one payment of a bulk: [{errors: […]}] or […]',
  },
  recurring_cancel_status: {
    values: [204, 200],
    facts: '4.6',
    decides: 'HTTP status of cancelling a recurring transfer, 200 with a body',
  },
  recurring_status_and_note: {
    values: ['absent', 'shown'],
    facts: '4.6',
    decides: 'whether a recurring transfer has status and note',
  },
  bank_accounts_iban: {
    values: ['masked', 'real'],
    facts: '4.1',
    decides: 'IBANs of GET /v2/bank_accounts',
  },
  internal_transfer_answer: {
    values: ['numbers', 'strings'],
    facts: '4.7',
    decides: 'numbers with amount_currency, or strings with currency',
  },
  internal_not_found_status: {
    values: [404, 400, 422],
    facts: '4.7',
    decides: 'HTTP status of not_found for an IBAN of an internal transfer',
  },
  single_transfer_requests: {
    values: [true, false],
    facts: '4.8, 8 no. 6',
    decides: 'whether POST /v2/requests/transfers is there',
  },
  request_review: {
    values: ['works', 'forbidden'],
    facts: '4.8, 5.7',
    decides: "whether requests can be reviewed, or answer 403 as in the bank's own sandbox",
  },
  decided_request_status: {
    values: [422, 400, 404, 409],
    facts: '4.8',
    decides: 'HTTP status of reviewing a request that is decided',
  },
  idempotency_race: {
    values: [false, true],
    facts: '5.2, 8 no. 1',
    decides: 'whether the twin of a running call waits for it and then runs too',
  },
  idempotency_stuck_lock: {
    values: [false, true],
    facts: '5.2, 8 no. 1',
    decides: 'whether a call that is cut off keeps its key locked for 30 minutes, and no answer',
  },
} as const satisfies Record<string, SwitchDefinition>;
