import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptKind } from '../payments/ports.js';
import { sendAnswer } from './send-answer.js';

const at = new Date('2026-11-20T12:00:00Z');
const transfer = {
  id: 't-1',
  status: 'pending',
  amount: 1100.5,
  amount_cents: 110_050,
  amount_currency: 'EUR',
  bank_account_id: 'a-1',
  beneficiary_id: 'b-1',
  reference: 'x',
  scheduled_date: '2026-11-20',
  created_at: '2026-11-20T12:00:00.000Z',
};
const KINDS: AttemptKind[] = ['transfer', 'bulk', 'request', 'request-approval'];
const readAs = (kind: AttemptKind, status: number, json: unknown, withApproval = false) => {
  const answer = { status, json, at, traceId: 'trace' };
  const { at: _at, traceId: _traceId, ...outcome } = sendAnswer(answer, { kind, withApproval });
  return outcome;
};
const read = (status: number, json: unknown, withApproval = false) =>
  readAs('transfer', status, json, withApproval);
const errors = (code: string, detail = 'words') => ({
  errors: [{ code, detail, source: { pointer: '/transfer' } }],
  trace_id: 'trace',
});
const refused = (reason: string, outcome = 'declined') => ({ kind: 'refused', reason, outcome });
const noAnswer = (cause: string) => ({ kind: 'no_answer', cause });
const notFound = { errors: { message: 'Not found' }, trace_id: 'trace' };

describe('a 2xx', () => {
  it.each([200, 201, 202])('%i with a transfer is accepted', (status) => {
    expect(read(status, { transfer })).toMatchObject({
      kind: 'accepted',
      transfer: { id: 't-1', status: 'processing', amountCents: 110_050n, currency: 'EUR' },
    });
  });

  it.each([
    ['no JSON', undefined, 'not-json'],
    ['null', null, 'unreadable-2xx'],
    ['another object', { bulk_transfer: {} }, 'unreadable-2xx'],
    [
      'cents that are no whole number',
      { transfer: { ...transfer, amount_cents: 1.5 } },
      'unreadable-2xx',
    ],
    ['no cents', { transfer: { ...transfer, amount_cents: undefined } }, 'unreadable-2xx'],
    ['an impossible date', { transfer: { ...transfer, created_at: 'soon' } }, 'unreadable-2xx'],
  ])('with %s leaves the outcome open', (_what, json, cause) => {
    expect(read(200, json)).toEqual(noAnswer(cause));
  });
});

describe('a 2xx to a bulk', () => {
  const bulk = {
    id: 'bulk-1',
    total_count: 1,
    results: [{ client_transfer_id: 'c-1', transfer_id: null, status: 'pending', errors: null }],
  };

  it.each([
    ['wrapped', { bulk_transfer: bulk }],
    ['bare', bulk],
  ])('is accepted %s, each payment by itself', (_shape, json) => {
    expect(readAs('bulk', 201, json)).toEqual({
      kind: 'bulk_accepted',
      bulk: {
        id: 'bulk-1',
        items: [
          {
            clientTransferId: 'c-1',
            status: 'pending',
            transferId: undefined,
            failedReason: undefined,
          },
        ],
      },
    });
  });

  it.each([
    ['a transfer', { transfer }],
    ['no results', { bulk_transfer: { id: 'bulk-1' } }],
    ['a result without our id', { bulk_transfer: { id: 'b', results: [{ status: 'pending' }] } }],
    ['nothing in it', { bulk_transfer: null }],
  ])('with %s leaves the outcome open', (_what, json) => {
    expect(readAs('bulk', 200, json)).toEqual(noAnswer('unreadable-2xx'));
  });
});

describe('a 2xx to a request', () => {
  const request = { id: 'r-1', status: 'pending', note: 'QP-1', created_at: transfer.created_at };
  const ours = { id: 'r-1', note: 'QP-1', createdAt: at, processedAt: undefined };

  it.each(['request_transfer', 'request_multi_transfer'])('is read under %s', (key) => {
    expect(readAs('request', 200, { [key]: request })).toEqual({
      kind: 'request_accepted',
      request: { ...ours, status: 'pending' },
    });
    const approved = { ...request, status: 'approved', processed_at: transfer.created_at };
    expect(readAs('request-approval', 200, { [key]: approved }, true)).toEqual({
      kind: 'request_accepted',
      request: { ...ours, status: 'approved', processedAt: at },
    });
  });

  it.each([
    ['pending', 'pending'],
    ['approved', 'approved'],
    ['declined', 'declined'],
    ['canceled', 'canceled'],
    ['APPROVED', 'unrecognized'],
    ['constructor', 'unrecognized'],
  ])('reads its status %s as %s', (raw, status) => {
    const json = { request_transfer: { ...request, status: raw } };
    expect(readAs('request', 200, json)).toMatchObject({ request: { status } });
  });

  it('of another kind leaves the outcome open', () => {
    expect(readAs('request', 200, { request_flash_card: request })).toEqual(
      noAnswer('unreadable-2xx'),
    );
    expect(readAs('request', 200, { transfer })).toEqual(noAnswer('unreadable-2xx'));
  });
});

describe('a challenge', () => {
  it('is known by its session, whatever its code', () => {
    const body = { code: 'sca_required', message: 'SCA required', sca_session_token: 's' };
    expect(read(428, body)).toEqual({ kind: 'approval_needed', session: 's' });
    expect(read(428, { message: 'Passkey verification required', sca_session_token: 's' })).toEqual(
      {
        kind: 'approval_needed',
        session: 's',
      },
    );
    expect(read(428, body, true)).toEqual({ kind: 'approval_needed', session: 's' });
  });

  it('tells a member without a device from an answer that makes no sense', () => {
    expect(read(428, { code: 'sca_not_enrolled', message: 'You must enable SCA' })).toEqual({
      kind: 'not_enrolled',
    });
    expect(read(428, { code: 'sca_required' })).toEqual(noAnswer('http-428'));
    expect(read(428, { sca_session_token: '' })).toEqual(noAnswer('http-428'));
    expect(read(428, undefined)).toEqual(noAnswer('not-json'));
  });
});

describe('a refusal', () => {
  it.each([
    [400, errors('insufficient_funds'), refused('insufficient-funds')],
    [400, errors('payment_policy_approval_required'), refused('needs-approver')],
    [400, errors('payment_policy_approver_missing'), refused('approver-missing')],
    [404, errors('bank_account_not_found'), refused('account-not-found')],
    [400, errors('bank_account_not_found'), refused('account-not-found')],
    [401, errors('vop_proof_token_missing'), refused('payee-check-expired', 'failed')],
    [400, errors('vop_proof_token_invalid'), refused('payee-check-expired', 'failed')],
    [422, errors('vop_proof_token_invalid'), refused('payee-check-expired', 'failed')],
    [401, errors('unauthorized'), refused('signed-out', 'failed')],
    [
      403,
      errors('forbidden', 'missing required oauth scope: payment.write'),
      refused('consent-needed', 'failed'),
    ],
    [403, errors('forbidden'), refused('not-allowed')],
    [422, errors('not_a_string'), refused('bank-refused')],
    [422, notFound, refused('bank-refused')],
    [400, { code: 'invalid', detail: 'flat' }, refused('bank-refused')],
    [400, errors('constructor'), refused('bank-refused')],
    [422, errors('attachment_required'), refused('document-missing')],
    [422, errors('invalid_iban'), refused('payee-account-invalid')],
    [422, errors('not_found'), refused('bank-refused')],
  ])('%i %j is %j', (status, json, outcome) => {
    expect(read(status, json)).toEqual(outcome);
  });

  it.each([
    ['/transfer/beneficiary_id', 'payee-not-usable'],
    ['/bulk_transfers/3/beneficiary_id', 'payee-not-usable'],
    ['/transfer/attachment_ids', 'document-missing'],
    ['/debit_iban', 'account-not-found'],
    ['/bank_account_id', 'account-not-found'],
  ])('for something that is not at %s says what', (pointer, reason) => {
    const json = { errors: [{ code: 'not_found', detail: 'words', source: { pointer } }] };
    expect(read(404, json)).toEqual(refused(reason));
    expect(read(422, json)).toEqual(refused(reason));
  });

  it('without a place that we know may be a gateway speaking', () => {
    expect(read(404, errors('not_found'))).toEqual(noAnswer('http-404'));
    expect(read(404, { errors: [{ code: 'not_found', source: 'x' }] })).toEqual(
      noAnswer('http-404'),
    );
  });

  it.each([
    ['transfer', 403, 'not-allowed'],
    ['bulk', 403, 'bulk-not-allowed'],
    ['request', 403, 'not-allowed'],
    ['request-approval', 403, 'not-allowed'],
    // A plan is not always refused with a 403.
    ['bulk', 400, 'bulk-not-allowed'],
    ['bulk', 422, 'bulk-not-allowed'],
    ['request', 422, 'not-allowed'],
  ] as const)('of a %s as forbidden (%i) is %s', (kind, status, reason) => {
    expect(readAs(kind, status, errors('forbidden'))).toEqual(refused(reason));
  });

  it.each(KINDS)('of a %s for a missing permission asks for it', (kind) => {
    const json = errors('forbidden', 'missing required oauth scope: request_review.write');
    expect(readAs(kind, 403, json)).toEqual(refused('consent-needed', 'failed'));
  });
});

describe('a replay', () => {
  it('with an approval that is over says so', () => {
    expect(read(412, { message: 'session expired' }, true)).toEqual({ kind: 'approval_over' });
    expect(read(412, { message: 'session expired' })).toEqual(noAnswer('http-412'));
  });

  it('answered 422 may be the echo of a send that succeeded', () => {
    expect(read(422, notFound, true)).toEqual(noAnswer('http-422'));
    expect(read(422, errors('not_a_string'), true)).toEqual(noAnswer('http-422'));
  });

  it('can still be refused for business reasons', () => {
    expect(read(400, errors('insufficient_funds'), true)).toEqual(refused('insufficient-funds'));
  });
});

describe('anything else', () => {
  it.each([
    [429, { error: 'Concurrent requests detected' }, 'rate-limited'],
    [429, undefined, 'rate-limited'],
    [409, { error: 'Concurrent requests detected' }, 'http-409'],
    [500, errors('insufficient_funds'), 'http-500'],
    [503, undefined, 'http-503'],
    [302, undefined, 'not-json'],
    [307, errors('insufficient_funds'), 'http-307'],
    [404, undefined, 'not-json'],
    [400, undefined, 'not-json'],
    [400, {}, 'unreadable-400'],
    [400, [], 'unreadable-400'],
    [400, { errors: [] }, 'unreadable-400'],
    [401, 'no', 'unreadable-401'],
    [408, errors('timeout'), 'http-408'],
    [410, errors('gone'), 'http-410'],
  ])('%i %j leaves the outcome open', (status, json, cause) => {
    expect(read(status, json)).toEqual(noAnswer(cause));
  });

  it('never becomes an outcome for a status or body that nobody has documented', () => {
    const documented = new Set([400, 401, 403, 404, 412, 422, 428]);
    const status = fc.integer({ min: 300, max: 599 }).filter((number) => !documented.has(number));
    fc.assert(
      fc.property(status, fc.jsonValue(), fc.boolean(), (number, json, withApproval) => {
        for (const kind of KINDS) {
          expect(readAs(kind, number, json, withApproval).kind).toBe('no_answer');
        }
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 299 }), fc.jsonValue(), (number, json) => {
        for (const kind of KINDS) {
          expect(readAs(kind, number, json).kind).toBe('no_answer');
        }
      }),
    );
  });

  it('carries the clock and the trace of the bank', () => {
    const answer = { status: 500, json: {}, at, traceId: 'trace' };
    expect(sendAnswer(answer, { kind: 'bulk', withApproval: false })).toMatchObject({
      at,
      traceId: 'trace',
    });
  });
});
