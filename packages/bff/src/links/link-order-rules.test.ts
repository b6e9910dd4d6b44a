import { type CreateLinkIntent, LINK_METHODS } from '@qonto-pay/shared';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refused } from '../../test/support/refused.js';
import { readLinkOrder, readMethods } from './link-order-rules.js';

type Row = NonNullable<CreateLinkIntent['basket']>['items'][number];

const ROW: Row = { title: 'Lamp', quantity: '2', unitPrice: '10.99', vatRate: '21.0' };
const INVOICE = {
  id: '019b4c6e-0A00-7000-8000-0123456789ab',
  ...{ number: 'F-2026-77', debtor: 'Café Zoë', amount: '120.00' },
};
const ORDER: CreateLinkIntent = {
  ...{ kind: 'link', externalRef: 'INV-77', currency: 'EUR', methods: ['credit_card'] },
  returnUrl: 'https://app.partner.com/invoices/1',
};

const read = (changes: Partial<CreateLinkIntent>, maxTotalCents?: bigint) =>
  readLinkOrder({ ...ORDER, ...changes }, { maxTotalCents });
const basket = (changes: Partial<Row> = {}) => ({ basket: { items: [{ ...ROW, ...changes }] } });
const invoice = (changes: Partial<typeof INVOICE> = {}) => ({
  invoice: { ...INVOICE, ...changes },
});
const rows = (count: number, row = ROW) => ({
  basket: { items: Array.from({ length: count }, () => row) },
});

describe('what is to be collected', () => {
  it('is read into cents and checked rows', () => {
    const more = { type: 'good', description: ' For the hall ', measureUnit: 'unit' } as const;
    expect(read({ ...basket(more), methods: ['ideal', 'credit_card', 'ideal'] })).toEqual({
      externalRef: 'INV-77',
      content: {
        kind: 'basket',
        items: [
          {
            ...{ title: 'Lamp', quantity: '2', unitPriceCents: 1099n, vatRate: '21.0' },
            ...{ type: 'good', description: 'For the hall', measureUnit: 'unit' },
          },
        ],
      },
      amountCents: 2660n,
      reusable: false,
      methods: ['credit_card', 'ideal'],
      payee: undefined,
      remittance: 'INV-77',
    });
  });

  it('may be an invoice, and name who is paid from another bank', () => {
    const payee = { name: 'Atelier Lumière', iban: 'fr76 1027 8008 2810 3929 5362 036' };
    expect(read({ ...invoice(), payee, reference: 'Facture n° 77 – été' })).toMatchObject({
      content: {
        ...{ kind: 'invoice', invoiceId: '019b4c6e-0a00-7000-8000-0123456789ab' },
        ...{ number: 'F-2026-77', debtor: 'Café Zoë' },
      },
      amountCents: 12_000n,
      payee: { name: 'Atelier Lumière', iban: 'FR7610278008281039295362036' },
      remittance: 'Facture n. 77 - ete',
    });
  });

  it('is composed text, whatever the keyboard', () => {
    expect(read(basket({ title: 'Cafe\u0301' })).content).toMatchObject({
      items: [{ title: 'Caf\u00e9' }],
    });
  });

  it.each([
    ['the least', basket({ quantity: '0.5', unitPrice: '0.01', vatRate: '0' }), 1n],
    ['the most', invoice({ amount: '999999999.99' }), 99_999_999_999n],
    ['a hundred rows', rows(100), 266_000n],
    ['a hundred per cent', basket({ vatRate: '100', quantity: '1' }), 2198n],
  ])('may be %s', (_what, given, amountCents) => {
    expect(read(given).amountCents).toBe(amountCents);
  });

  it('may be paid more than once when it is a basket', () => {
    expect(read({ ...basket(), reusable: true }).reusable).toBe(true);
  });
});

const IBAN = 'FR7610278008281039295362036';
const LONG = 'x'.repeat(256);
const NUMBERS = [
  ...['', ' ', '0', '0.0', '-1', '+1', '1.', '.5', '1e3', '01', '1,5', ' 1', '1 ', '0x1', 'NaN'],
];
const IN_ROW = 'basket.items[0]';

describe('what is refused, with its field:', () => {
  it.each<[string, Partial<CreateLinkIntent>, string, string | undefined]>([
    ['another currency', { ...basket(), currency: 'USD' }, 'invalid-currency', 'currency'],
    [
      'no reference of the partner',
      { ...basket(), externalRef: '' },
      'invalid-external-ref',
      'externalRef',
    ],
    [
      'one with a space',
      { ...basket(), externalRef: 'INV 1' },
      'invalid-external-ref',
      'externalRef',
    ],
    ['neither basket nor invoice', {}, 'invalid-basket', undefined],
    ['both of them', { ...basket(), ...invoice() }, 'invalid-basket', 'invoice'],
    ['no rows', rows(0), 'invalid-basket', 'basket.items'],
    ['too many rows', rows(101), 'invalid-basket', 'basket.items'],
    ['a title of nothing', basket({ title: ' ' }), 'invalid-basket', `${IN_ROW}.title`],
    ['a long title', basket({ title: LONG }), 'invalid-basket', `${IN_ROW}.title`],
    ['turned text', basket({ title: 'a\u202eb' }), 'invalid-basket', `${IN_ROW}.title`],
    ['half a character', basket({ title: 'a\ud800b' }), 'invalid-basket', `${IN_ROW}.title`],
    [
      'a description with a control character',
      basket({ description: 'a\u0007b' }),
      'invalid-basket',
      `${IN_ROW}.description`,
    ],
    [
      'a unit of its own',
      basket({ measureUnit: 'barrel' }),
      'invalid-measure-unit',
      `${IN_ROW}.measureUnit`,
    ],
    [
      'no unit at all',
      basket({ measureUnit: '' }),
      'invalid-measure-unit',
      `${IN_ROW}.measureUnit`,
    ],
    ['a row of nothing', basket({ quantity: '0.1', unitPrice: '0.01' }), 'invalid-amount', IN_ROW],
    [
      'more than can be written',
      rows(2, { ...ROW, unitPrice: '999999999.99' }),
      'invalid-amount',
      'basket.items',
    ],
    ['an id that is none', invoice({ id: 'F-1' }), 'invalid-invoice', 'invoice.id'],
    ['no number', invoice({ number: '' }), 'invalid-invoice', 'invoice.number'],
    ['a hidden debtor', invoice({ debtor: '\u200b' }), 'invalid-invoice', 'invoice.debtor'],
    ['an invoice paid twice', { ...invoice(), reusable: true }, 'invalid-invoice', 'reusable'],
    ['no methods', { ...basket(), methods: [] }, 'invalid-methods', 'methods'],
    ['another one', { ...basket(), methods: ['ideal', 'cash'] }, 'invalid-methods', 'methods'],
    ["an object's", { ...basket(), methods: ['toString'] }, 'invalid-methods', 'methods'],
    [
      'an IBAN that is none',
      { ...basket(), payee: { name: 'Zoë', iban: 'FR00' } },
      'invalid-iban',
      'payee.iban',
    ],
    [
      'a payee in another script',
      { ...basket(), payee: { name: 'Ζωή', iban: IBAN } },
      'invalid-payee-name',
      'payee.name',
    ],
    [
      'a reference that SEPA cannot carry',
      { ...basket(), reference: '請' },
      'invalid-reference',
      'reference',
    ],
    ['a long one', { ...basket(), reference: 'x'.repeat(141) }, 'invalid-reference', 'reference'],
  ])('%s', (_what, given, code, field) => {
    expect(refused(() => read(given))).toEqual([code, field]);
  });

  it.each([...NUMBERS, '1000000000', '1.0001'])('a quantity of "%s"', (quantity) => {
    const code = 'invalid-quantity';
    expect(refused(() => read(basket({ quantity })))).toEqual([code, `${IN_ROW}.quantity`]);
  });

  it.each([...NUMBERS, '1000000000', '1.001'])('a price of "%s"', (unitPrice) => {
    const code = 'invalid-amount';
    expect(refused(() => read(basket({ unitPrice })))).toEqual([code, `${IN_ROW}.unitPrice`]);
    expect(refused(() => read(invoice({ amount: unitPrice })))).toEqual([code, 'invoice.amount']);
  });

  it.each([...NUMBERS.filter((text) => Number(text) !== 0 || text.trim() === ''), '101', '100.01'])(
    'a rate of "%s"',
    (vatRate) => {
      const code = 'invalid-vat-rate';
      expect(refused(() => read(basket({ vatRate })))).toEqual([code, `${IN_ROW}.vatRate`]);
    },
  );

  it('more than the partner may collect', () => {
    expect(read(basket(), 2660n).amountCents).toBe(2660n);
    expect(refused(() => read(basket(), 2659n))).toEqual(['total-over-limit', 'basket']);
    expect(refused(() => read(invoice(), 11_999n))).toEqual(['total-over-limit', 'invoice']);
  });
});

/** Mostly one of these, so that some orders are accepted. */
const near = (...texts: string[]) =>
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...texts) }, fc.string());
const anyRow: fc.Arbitrary<Row> = fc.record(
  {
    title: near('Lamp', ''),
    quantity: near('1', '0.001', '999999999.999', '0.000', '2.50'),
    unitPrice: near('0.01', '10.99', '999999999.99', '0'),
    vatRate: near('0', '20', '5.5', '100', '100.00', '21.0'),
    type: fc.constantFrom('good' as const, 'service' as const),
    description: near('Blue'),
    measureUnit: near('hour', 'constructor'),
  },
  { requiredKeys: ['title', 'quantity', 'unitPrice', 'vatRate'] },
);
const anyOrder: fc.Arbitrary<CreateLinkIntent> = fc.record(
  {
    kind: fc.constant('link' as const),
    externalRef: near('INV-1', '___'),
    currency: near('EUR', 'EUR', 'EUR'),
    methods: fc.array(near(...LINK_METHODS), { minLength: 1, maxLength: 3 }),
    reusable: fc.boolean(),
    basket: fc.record({ items: fc.array(anyRow, { maxLength: 4 }) }),
    invoice: fc.record({
      ...{ id: near(INVOICE.id), number: near('F-1'), debtor: near('Zoë') },
      amount: near('0.01', '120'),
    }),
    payee: fc.record({ name: near('Zoë'), iban: near('FR7610278008281039295362036') }),
    reference: near('Invoice 1'),
    returnUrl: fc.constant(ORDER.returnUrl),
  },
  { requiredKeys: ['kind', 'externalRef', 'currency', 'methods', 'returnUrl'] },
);

describe('whatever is sent', () => {
  it('is refused with a problem, or comes to a sum above zero', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyOrder, (given) => {
        if (refused(() => readLinkOrder(given, { maxTotalCents: undefined }))) return;
        accepted += 1;
        const { amountCents, remittance } = readLinkOrder(given, { maxTotalCents: undefined });
        expect(amountCents).toBeGreaterThan(0n);
        expect(amountCents).toBeLessThanOrEqual(99_999_999_999n);
        expect(remittance).toMatch(/^[\x20-\x7e]{1,140}$/);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('as methods comes to some of the four, each once', () => {
    fc.assert(
      fc.property(fc.array(near(...LINK_METHODS)), (given) => {
        if (refused(() => readMethods(given, 'methods'))) return;
        const methods = readMethods(given, 'methods');
        expect(new Set(given)).toEqual(new Set(methods));
        expect(methods).toEqual([...new Set(methods)]);
      }),
    );
  });
});
