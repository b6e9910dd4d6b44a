import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
const read = (status: number, json: unknown, withApproval = false) => {
  const {
    at: _at,
    traceId: _traceId,
    ...outcome
  } = sendAnswer({ status, json, at, traceId: 'trace' }, withApproval);
  return outcome;
};
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
  ])('%i %j is %j', (status, json, outcome) => {
    expect(read(status, json)).toEqual(outcome);
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
        expect(read(number, json, withApproval).kind).toBe('no_answer');
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 299 }), fc.jsonValue(), (number, json) => {
        expect(read(number, json).kind).toBe('no_answer');
      }),
    );
  });

  it('carries the clock and the trace of the bank', () => {
    expect(sendAnswer({ status: 500, json: {}, at, traceId: 'trace' }, false)).toMatchObject({
      at,
      traceId: 'trace',
    });
  });
});
