import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderItem } from '../payments/ports.js';
import { transferRequest } from './transfer-request.js';

const item = {
  clientTransferId: '01930000-0000-7000-8000-000000000001',
  payee: { name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' },
  amountCents: 123_400n,
  remittance: 'Invoice 1042',
  note: 'INV-1042 · QP-ABCDEFGH',
  scheduledOn: undefined,
  attachmentIds: [],
};
const order = { accountId: 'account-1', items: [item], proof: '1|a|1|b_-c' };
const requestOf = (...items: OrderItem[]) => transferRequest({ ...order, items });
const bodyOf = (...items: OrderItem[]) => JSON.parse(requestOf(...items).body.toString('utf8'));

describe('transferRequest of one item', () => {
  it('writes the documented body for a new payee', () => {
    const { path, body } = transferRequest(order);
    expect(path).toBe('/v2/sepa/transfers');
    expect(body.toString('utf8')).toBe(
      '{"vop_proof_token":"1|a|1|b_-c","transfer":{"bank_account_id":"account-1",' +
        '"beneficiary":{"name":"Atelier Lumière SARL","iban":"FR7610278008281039295362036"},' +
        '"reference":"Invoice 1042","amount":"1234.00","note":"INV-1042 · QP-ABCDEFGH"}}',
    );
  });

  it('names a known payee by id and nothing else, so that no stored name is overwritten', () => {
    const { transfer } = bodyOf({ ...item, payee: { id: 'b-1' } });
    expect(transfer.beneficiary_id).toBe('b-1');
    expect(transfer).not.toHaveProperty('beneficiary');
  });

  it('has a day and documents only where they are given', () => {
    expect(bodyOf(item).transfer).not.toHaveProperty('scheduled_date');
    expect(bodyOf(item).transfer).not.toHaveProperty('attachment_ids');
    const later = { ...item, scheduledOn: '2026-12-01', attachmentIds: ['d-1'] };
    expect(bodyOf(later).transfer).toMatchObject({
      scheduled_date: '2026-12-01',
      attachment_ids: ['d-1'],
    });
  });

  it('writes every amount as an exact decimal string', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 99_999_999_999n }), (amountCents) => {
        const { transfer } = bodyOf({ ...item, amountCents });
        expect(transfer.amount).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
        expect(BigInt(transfer.amount.replace('.', ''))).toBe(amountCents);
      }),
    );
  });

  it('makes the same bytes of the same order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (note) => {
        expect(requestOf({ ...item, note })).toEqual(requestOf({ ...item, note }));
      }),
    );
  });
});

describe('transferRequest of several items', () => {
  it('writes the documented flat body, each payment with an id of ours', () => {
    const other = {
      ...item,
      clientTransferId: '01930000-0000-7000-8000-000000000002',
      payee: { id: 'b-1' },
      scheduledOn: '2026-12-01',
      attachmentIds: ['d-1'],
    };
    const { path, body } = requestOf(item, other);
    expect(path).toBe('/v2/sepa/bulk_transfers');
    expect(body.toString('utf8')).toBe(
      '{"vop_proof_token":"1|a|1|b_-c","bank_account_id":"account-1","bulk_transfers":[' +
        '{"client_transfer_id":"01930000-0000-7000-8000-000000000001",' +
        '"beneficiary":{"name":"Atelier Lumière SARL","iban":"FR7610278008281039295362036"},' +
        '"reference":"Invoice 1042","amount":"1234.00","note":"INV-1042 · QP-ABCDEFGH"},' +
        '{"client_transfer_id":"01930000-0000-7000-8000-000000000002","beneficiary_id":"b-1",' +
        '"reference":"Invoice 1042","amount":"1234.00","note":"INV-1042 · QP-ABCDEFGH",' +
        '"scheduled_date":"2026-12-01","attachment_ids":["d-1"]}]}',
    );
  });

  it('keeps the order of the items', () => {
    const items = Array.from({ length: 400 }, (_, index) => ({
      ...item,
      clientTransferId: String(index),
    }));
    const ids = bodyOf(...items).bulk_transfers.map(
      (one: { client_transfer_id: string }) => one.client_transfer_id,
    );
    expect(ids).toEqual(items.map(({ clientTransferId }) => clientTransferId));
  });
});

it('makes nothing of an order without items', () => {
  expect(() => requestOf()).toThrow(RangeError);
});
