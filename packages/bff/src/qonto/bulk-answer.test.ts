import { describe, expect, it } from 'vitest';
import { BulkAnswer, BulksAnswer, itemFailedReason } from './bulk-answer.js';

const item = (result: object) => {
  const results = [{ client_transfer_id: 'c-1', ...result }];
  return BulkAnswer.parse({ bulk_transfer: { id: 'b-1', results } }).items[0];
};

describe('a payment of a bulk', () => {
  it.each([
    ['pending', null, 'pending', undefined],
    ['completed', 't-1', 'created', 't-1'],
    ['completed', null, 'unrecognized', undefined],
    ['completed', '', 'unrecognized', undefined],
    ['completed', undefined, 'unrecognized', undefined],
    ['failed', null, 'failed', undefined],
    // There is a transfer after all: it must not be paid anew.
    ['failed', 't-1', 'unrecognized', 't-1'],
    ['settled', 't-1', 'unrecognized', 't-1'],
    ['', null, 'unrecognized', undefined],
    ['constructor', null, 'unrecognized', undefined],
  ])('that reads %s with the transfer %s is %s', (raw, transfer_id, status, transferId) => {
    expect(item({ status: raw, transfer_id, errors: null })).toMatchObject({
      clientTransferId: 'c-1',
      status,
      transferId,
    });
  });

  it('has a reason only where it failed', () => {
    const errors = [{ code: 'insufficient_funds' }];
    expect(item({ status: 'failed', errors })?.failedReason).toBe('insufficient-funds');
    expect(item({ status: 'failed' })?.failedReason).toBe('bank-refused');
    expect(item({ status: 'pending', errors })?.failedReason).toBeUndefined();
  });
});

describe('itemFailedReason', () => {
  it.each([
    ['insufficient_funds', 'insufficient-funds'],
    ['payment_policy_approval_required', 'needs-approver'],
    ['payment_policy_approver_missing', 'approver-missing'],
    ['attachment_required', 'document-missing'],
    ['bank_account_not_found', 'account-not-found'],
    ['not_found', 'payee-not-usable'],
    ['invalid_iban', 'payee-account-invalid'],
    ['alien_invasion', 'bank-refused'],
    ['constructor', 'bank-refused'],
  ])('reads %s as %s, nested and flat', (code, reason) => {
    const error = { code, detail: 'words' };
    expect(itemFailedReason([{ errors: [error] }])).toBe(reason);
    expect(itemFailedReason([error])).toBe(reason);
    expect(itemFailedReason({ errors: [error] })).toBe(reason);
  });

  it('knows a document that is not there by its place', () => {
    const error = { code: 'not_found', source: { pointer: '/bulk_transfers/0/attachment_ids' } };
    expect(itemFailedReason([error])).toBe('document-missing');
  });

  it.each([undefined, null, [], [null], {}, 'no', 7, [[]]])(
    'says no more than that the bank refused of %j',
    (errors) => {
      expect(itemFailedReason(errors)).toBe('bank-refused');
    },
  );
});

it('lists bulks with what is to be read next', () => {
  const results = [{ client_transfer_id: 'c-1', status: 'pending' }];
  const list = { bulk_transfers: [{ id: 'b-1', results }], meta: { next_page: 2 } };
  expect(BulksAnswer.parse(list)).toMatchObject({
    bulk_transfers: [{ id: 'b-1', items: [{ clientTransferId: 'c-1' }] }],
    meta: { next_page: 2 },
  });
});
