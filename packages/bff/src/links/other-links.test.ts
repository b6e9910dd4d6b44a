import { describe, expect, it } from 'vitest';
import {
  at,
  BASKET,
  bankLinkOf,
  INVOICE,
  linkOf,
  orderOf,
} from '../../test/support/link-samples.js';
import { foundLink, isStillPayable, otherLinks } from './other-links.js';

const order = orderOf({ content: INVOICE });
const ofInvoice = (id: string, invoice = { id: INVOICE.invoiceId, number: INVOICE.number }) =>
  bankLinkOf({ id, invoice, items: [] });

describe('other links of an invoice', () => {
  it('are those of its id or its number, but for our own', () => {
    const listed = [
      ofInvoice('own'),
      ofInvoice('same'),
      ofInvoice('renumbered', { id: INVOICE.invoiceId, number: 'F-0' }),
      ofInvoice('made again', { id: 'another', number: INVOICE.number }),
      ofInvoice('another', { id: 'another', number: 'F-0' }),
      bankLinkOf({ id: 'basket' }),
    ];
    const ids = (own?: string) =>
      otherLinks(listed, order, own === undefined ? undefined : linkOf({ bankId: own })).map(
        ({ id }) => id,
      );
    expect(ids('own')).toEqual(['same', 'renumbered', 'made again']);
    expect(ids()).toEqual(['own', 'same', 'renumbered', 'made again']);
  });

  it('are none of a basket: the same thing is sold twice', () => {
    expect(otherLinks([bankLinkOf()], orderOf({ content: BASKET }), undefined)).toEqual([]);
  });

  it('are told without what is in them', () => {
    expect(foundLink(ofInvoice('same'))).toEqual({
      ...{ id: 'same', url: 'https://pay.example.com/l/2', amount: '58.25', status: 'open' },
      createdAt: at(-4).toISOString(),
    });
  });
});

it('a client may pay a link that is open, or on its way to be paid', () => {
  const payable = (
    ['open', 'processing', 'paid', 'expired', 'canceled', 'unrecognized'] as const
  ).filter((status) => isStillPayable({ status }));
  expect(payable).toEqual(['open', 'processing']);
});
