import { describe, expect, it } from 'vitest';
import { BASKET, bankLinkOf, INVOICE, orderOf } from '../../test/support/link-samples.js';
import { isSameContent } from './link-search.js';
import type { BankLink } from './records.js';

const rows = (change: (row: BankLink['items'][number]) => object) => ({
  items: bankLinkOf().items.map((row, index) => ({ ...row, ...(index === 1 && change(row)) })),
});

describe('a basket of the bank is what was asked for', () => {
  it.each<[string, Partial<BankLink>]>([
    ['row by row', {}],
    ['with other zeros', rows(() => ({ quantity: '0.5', vatRate: '5.50' }))],
    ['whatever has become of it', { status: 'canceled' }],
  ])('%s', (_what, changes) => {
    expect(isSameContent(bankLinkOf(changes), orderOf())).toBe(true);
  });

  it.each<[string, Partial<BankLink>]>([
    ['another sum', { amountCents: 5824n }],
    ['to be paid more than once', { reusable: true }],
    ['another title', rows(() => ({ title: 'hanging it' }))],
    ['another price', rows(() => ({ unitPriceCents: 6001n }))],
    ['another quantity', rows(() => ({ quantity: '0.05' }))],
    ['a quantity that only begins alike', rows(() => ({ quantity: '0.5e1' }))],
    ['no number', rows(() => ({ quantity: 'half' }))],
    ['another rate', rows(() => ({ vatRate: '55' }))],
    ['another order of rows', { items: bankLinkOf().items.toReversed() }],
    ['a row less', { items: bankLinkOf().items.slice(1) }],
    ['a row more', { items: [...bankLinkOf().items, ...bankLinkOf().items] }],
    ['an invoice', { invoice: { id: INVOICE.invoiceId, number: INVOICE.number } }],
  ])('but not with %s', (_what, changes) => {
    expect(isSameContent(bankLinkOf(changes), orderOf({ content: BASKET }))).toBe(false);
  });

  it('nor where another number of places makes the same digits', () => {
    const [first] = BASKET.items;
    const content = { ...BASKET, items: first ? [{ ...first, quantity: '123.456' }] : [] };
    const items = bankLinkOf()
      .items.slice(0, 1)
      .map((row) => ({ ...row, quantity: '1.23456' }));
    expect(isSameContent(bankLinkOf({ items }), orderOf({ content }))).toBe(false);
  });
});

describe('an invoice of the bank', () => {
  const order = orderOf({ content: INVOICE });
  const listed = (invoice: BankLink['invoice']) => bankLinkOf({ invoice, items: [] });

  it('is what was asked for by its id and its number', () => {
    const { invoiceId: id, number } = INVOICE;
    expect(isSameContent(listed({ id, number }), order)).toBe(true);
    expect(isSameContent(listed({ id, number: 'F-0' }), order)).toBe(false);
    expect(isSameContent(listed({ id: 'another', number }), order)).toBe(false);
    expect(isSameContent(bankLinkOf(), order)).toBe(false);
  });
});
