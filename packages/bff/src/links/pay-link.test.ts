import { PayLink } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import {
  at,
  bankLinkOf,
  INVOICE,
  linkOf,
  orderOf,
  paymentOf,
  viewOf,
} from '../../test/support/link-samples.js';
import type { Member } from '../payments/records.js';
import { linkPayments, payLink } from './pay-link.js';
import type { ProviderState } from './provider-service.js';

const MEMBER = {
  ...{ connectionId: 'secret-connection', organizationId: 'secret-organisation' },
} as Member;
const COLLEAGUE = { ...MEMBER, connectionId: 'another' };
const STRANGER = { ...COLLEAGUE, organizationId: 'another' };

const provider = (changes: Partial<ProviderState> = {}): ProviderState => ({
  ...{ status: 'enabled', location: undefined, accounts: [], enabled: ['ideal'], listed: [] },
  ...changes,
});

const read = (...[view, member, state]: Parameters<typeof payLink>) => {
  const link = payLink(view, member, state);
  expect(PayLink.safeParse(link).error).toBeUndefined();
  return link;
};

describe('what the pay page shows of an intent to collect', () => {
  it('is each row, the VAT by rate, and sums that add up', () => {
    const { rows, vats, total } = read(viewOf(), MEMBER, provider());
    expect(rows).toEqual([
      {
        ...{ title: 'Lamp', description: 'For the hall', quantity: '2', measureUnit: 'unit' },
        ...{ type: 'good', unitPrice: '10.99', vatRate: '21.0' },
        ...{ net: '21.98', vat: '4.62', gross: '26.60' },
      },
      {
        ...{ title: 'Hanging it', description: null, quantity: '0.50', measureUnit: null },
        ...{ type: null, unitPrice: '60.00', vatRate: '5.5' },
        ...{ net: '30.00', vat: '1.65', gross: '31.65' },
      },
    ]);
    expect(vats).toEqual([
      { rate: '5.5', net: '30.00', vat: '1.65' },
      { rate: '21.0', net: '21.98', vat: '4.62' },
    ]);
    expect(total).toEqual({ net: '51.98', vat: '6.27', gross: '58.25' });
  });

  it('is the invoice, whose VAT nobody tells', () => {
    const view = viewOf(undefined, { order: orderOf({ content: INVOICE }) });
    expect(read(view, MEMBER, provider())).toMatchObject({
      ...{ kind: 'invoice', rows: [], vats: [] },
      invoice: { number: 'F-2026-77', debtor: 'Secret debtor' },
      total: { net: null, vat: null, gross: '58.25' },
    });
  });

  it('is each method: wanted by the partner, enabled by the provider', () => {
    expect(read(viewOf(), MEMBER, provider()).methods).toEqual([
      { name: 'credit_card', wanted: true, enabled: false },
      { name: 'apple_pay', wanted: false, enabled: false },
      { name: 'paypal', wanted: false, enabled: false },
      { name: 'ideal', wanted: true, enabled: true },
    ]);
  });

  it.each([
    ['while the provider has not enabled it', viewOf(), provider({ status: 'pending' })],
    ['while nobody has asked the provider', viewOf(), undefined],
    [
      'when another link of the invoice was paid',
      viewOf(undefined, { order: orderOf({ content: INVOICE }) }),
      provider({
        listed: [
          bankLinkOf({
            status: 'paid',
            invoice: { id: INVOICE.invoiceId, number: INVOICE.number },
          }),
        ],
      }),
    ],
  ])('lets nobody make a link %s', (_what, view, state) => {
    expect(read(view, MEMBER, state).creatable).toBe(false);
  });

  it('lets one be made otherwise', () => {
    expect(read(viewOf(), MEMBER, provider()).creatable).toBe(true);
  });
});

describe('the link on the pay page', () => {
  const candidates = [bankLinkOf(), bankLinkOf({ id: 'bank-2' })];
  const view = viewOf({ payments: [paymentOf()], candidates, reason: 'bank-refused' });

  it("is the member's own", () => {
    expect(read(view, MEMBER, undefined).link).toMatchObject({
      ...{ status: 'open', mine: true, deactivatable: true, url: 'https://pay.example.com/l/1' },
      ...{ reason: 'bank-refused', payments: [{ amount: '58.25' }] },
      candidates: [{ id: 'bank-1' }, { id: 'bank-2' }],
    });
  });

  it('may be deactivated by a colleague, too', () => {
    const { link } = read(view, COLLEAGUE, undefined);
    expect(link).toMatchObject({ mine: false, deactivatable: true, payments: [{}] });
  });

  it('tells a member of another organisation that it is there, and no more', () => {
    expect(read(view, STRANGER, undefined).link).toMatchObject({
      ...{ url: 'https://pay.example.com/l/1', mine: false, deactivatable: false },
      ...{ reason: null, payments: [], candidates: [] },
    });
  });

  it.each([
    ['is not open', { status: 'processing' }],
    ['was found in the list', { namedByBank: false }],
  ] as const)('is not to be deactivated when it %s', (_what, changes) => {
    expect(read(viewOf(changes), MEMBER, undefined).link?.deactivatable).toBe(false);
  });

  it('has no address while it is not to be shared', () => {
    expect(read(viewOf({ status: 'withdrawing' }), MEMBER, undefined).link?.url).toBeNull();
  });
});

it('payments are told newest first, and an unknown word of the bank is not finished', () => {
  const payments = [
    paymentOf({ id: 'old', createdAt: at(-9) }),
    paymentOf({ id: 'new', status: 'unrecognized', paidAt: undefined }),
  ];
  expect(linkPayments(linkOf({ payments }))).toEqual([
    {
      ...{ id: 'new', amount: '58.25', status: 'pending', method: 'ideal' },
      ...{ createdAt: at(-2).toISOString(), paidAt: null },
    },
    {
      ...{ id: 'old', amount: '58.25', status: 'paid', method: 'ideal' },
      ...{ createdAt: at(-9).toISOString(), paidAt: at(-1).toISOString() },
    },
  ]);
});
