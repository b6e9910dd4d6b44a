import { describe, expect, it } from 'vitest';
import { colleagueRequest, requestApproval } from './colleague-request.js';

const item = {
  name: 'Atelier Lumière SARL',
  iban: 'FR7610278008281039295362036',
  amountCents: 123_400n,
  remittance: 'Invoice 1042',
  attachmentIds: [],
};
const order = {
  accountIban: 'FR7616958000011111111110107',
  note: 'July · QP-ABCDEFGH',
  scheduledOn: undefined,
  items: [item],
};

describe('colleagueRequest', () => {
  it('asks for one transfer as for a list of one, without an account where none is known', () => {
    const { path, body } = colleagueRequest({ ...order, accountIban: undefined });
    expect(path).toBe('/v2/requests/multi_transfers');
    expect(body.toString('utf8')).toBe(
      '{"request_multi_transfer":{"note":"July · QP-ABCDEFGH","transfers":[' +
        '{"amount":"1234.00","currency":"EUR","credit_iban":"FR7610278008281039295362036",' +
        '"credit_account_name":"Atelier Lumière SARL","credit_account_currency":"EUR",' +
        '"reference":"Invoice 1042"}]}}',
    );
  });

  it('asks for several at once, on one day, with their documents', () => {
    const items = [item, { ...item, amountCents: 1n, attachmentIds: ['d-1'] }];
    const { path, body } = colleagueRequest({ ...order, scheduledOn: '2026-12-01', items });
    expect(path).toBe('/v2/requests/multi_transfers');
    const payment = {
      amount: '1234.00',
      currency: 'EUR',
      credit_iban: item.iban,
      credit_account_name: item.name,
      credit_account_currency: 'EUR',
      reference: 'Invoice 1042',
    };
    expect(JSON.parse(body.toString('utf8'))).toEqual({
      request_multi_transfer: {
        note: order.note,
        debit_iban: order.accountIban,
        scheduled_date: '2026-12-01',
        transfers: [payment, { ...payment, amount: '0.01', attachment_ids: ['d-1'] }],
      },
    });
  });
});

describe('requestApproval', () => {
  it.each(['transfers', 'multi_transfers'] as const)('approves one of %s by its id', (type) => {
    const { path, body } = requestApproval({ id: 'a/b', type, accountIban: order.accountIban });
    expect(path).toBe(`/v2/requests/${type}/a%2Fb/approve`);
    expect(body.toString('utf8')).toBe('{"debit_iban":"FR7616958000011111111110107"}');
  });
});
