import type {
  BankLink,
  BankLinkPayment,
  Link,
  LinkOrder,
  LinkView,
} from '../../src/links/records.js';

const NOW = new Date('2026-11-20T10:00:00Z');
/** So many minutes after the samples' now. */
export const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

export const BASKET: LinkOrder['content'] & { kind: 'basket' } = {
  kind: 'basket',
  items: [
    {
      ...{ title: 'Lamp', quantity: '2', unitPriceCents: 1099n, vatRate: '21.0' },
      ...{ type: 'good', description: 'For the hall', measureUnit: 'unit' },
    },
    {
      ...{ title: 'Hanging it', quantity: '0.50', unitPriceCents: 6000n, vatRate: '5.5' },
      ...{ type: undefined, description: undefined, measureUnit: undefined },
    },
  ],
};
export const INVOICE: LinkOrder['content'] & { kind: 'invoice' } = {
  kind: 'invoice',
  invoiceId: '019b4c6e-0a00-7000-8000-0123456789ab',
  number: 'F-2026-77',
  debtor: 'Secret debtor',
};

export const orderOf = (changes: Partial<LinkOrder> = {}): LinkOrder => ({
  externalRef: 'INV-77',
  content: BASKET,
  amountCents: 5825n,
  reusable: false,
  methods: ['credit_card', 'ideal'],
  payee: { name: 'Secret payee', iban: 'FR7610278008281039295362036' },
  remittance: 'Secret reference',
  ...changes,
});

export const linkOf = (changes: Partial<Link> = {}): Link => ({
  ...{ id: 'lnk_secret', partnerId: 'secret-partner', intentId: 'in_1', externalRef: 'INV-77' },
  ...{ connectionId: 'secret-connection', organizationId: 'secret-organisation' },
  ...{ status: 'open', reason: undefined, version: 1, amountCents: 5825n, reusable: false },
  request: { path: '/v2/payment_links', body: Buffer.from('{"secret":true}') },
  ...{ sends: 1, inFlight: false, firstSentAt: at(-5), listedBefore: [] },
  ...{ cleanListings: 0, firstCleanListingAt: undefined, candidates: [], bankId: 'secret-id' },
  ...{ namedByBank: true, url: 'https://pay.example.com/l/1', bankExpiresAt: at(525_600) },
  ...{ payments: [], changedAt: at(-5), createdAt: at(-5) },
  ...changes,
});

export const viewOf = (
  link?: Partial<Link>,
  intent: Partial<LinkView['intent']> = {},
): LinkView => ({
  intent: {
    ...{ id: 'in_1', partnerId: 'secret-partner', seq: 7, order: orderOf() },
    ...{ returnUrl: 'https://app.partner.com/invoices/1', pageSeenAt: undefined },
    ...{ withdrawnAt: undefined, createdAt: at(-60), expiresAt: at(60) },
    ...intent,
  },
  link: link && linkOf(link),
  isSignedOut: false,
  now: NOW,
});

export const paymentOf = (changes: Partial<BankLinkPayment> = {}): BankLinkPayment => ({
  ...{ id: 'secret-payment', amountCents: 5825n, status: 'paid', method: 'ideal' },
  ...{ createdAt: at(-2), paidAt: at(-1) },
  ...changes,
});

/** The link of the sample order, as the bank lists it. */
export const bankLinkOf = (changes: Partial<BankLink> = {}): BankLink => ({
  ...{ id: 'bank-1', status: 'open', url: 'https://pay.example.com/l/2', amountCents: 5825n },
  ...{ currency: 'EUR', reusable: false, createdAt: at(-4), expiresAt: undefined },
  invoice: undefined,
  items: BASKET.items.map(({ title, quantity, unitPriceCents, vatRate }) => ({
    ...{ title, quantity, unitPriceCents, vatRate },
  })),
  ...changes,
});
