import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferRequest } from './transfer-request.js';

const order = {
  accountId: 'account-1',
  payee: { name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' },
  amountCents: 123_400n,
  remittance: 'Invoice 1042',
  note: 'INV-1042 · QP-ABCDEFGH',
  proof: '1|a|1|b_-c',
};

describe('transferRequest', () => {
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
    const { transfer } = JSON.parse(
      transferRequest({ ...order, payee: { id: 'b-1' } }).body.toString(),
    );
    expect(transfer.beneficiary_id).toBe('b-1');
    expect(transfer).not.toHaveProperty('beneficiary');
  });

  it('writes every amount as an exact decimal string', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 99_999_999_999n }), (amountCents) => {
        const { transfer } = JSON.parse(transferRequest({ ...order, amountCents }).body.toString());
        expect(transfer.amount).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
        expect(BigInt(transfer.amount.replace('.', ''))).toBe(amountCents);
      }),
    );
  });

  it('makes the same bytes of the same order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (note) => {
        expect(transferRequest({ ...order, note })).toEqual(transferRequest({ ...order, note }));
      }),
    );
  });
});
