// A table of states, so longer than a source file should be.
import type { PayLink, PayState, ProviderStatus } from '@qonto-pay/shared';
import { state as plain, signedOut, snapshot } from './states.js';

type Link = NonNullable<PayLink['link']>;
type Snapshot = Extract<PayState['snapshot'], { kind: 'link' }>;

export const URL_OF_LINK = 'https://pay.qonto.example/links/pl_7fK2mQ9xT4bW8zRc';

const linkSnapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  ...{ ...snapshot(), kind: 'link', status: 'open', amount: '45.60', items: [], link: null },
  ...changes,
});

const basket: Pick<PayLink, 'kind' | 'rows' | 'invoice' | 'vats' | 'total'> = {
  kind: 'basket',
  rows: [
    {
      title: 'Desk lamp “Lumière”',
      description: 'Brushed brass, with a dimmer',
      quantity: '2',
      measureUnit: 'unit',
      type: 'good',
      unitPrice: '10.99',
      vatRate: '21.0',
      net: '21.98',
      vat: '4.61',
      gross: '26.59',
    },
    {
      title: 'Installation',
      description: null,
      quantity: '1.5',
      measureUnit: 'hour',
      type: 'service',
      unitPrice: '12.00',
      vatRate: '5.5',
      net: '18.00',
      vat: '1.01',
      gross: '19.01',
    },
  ],
  invoice: null,
  vats: [
    { rate: '21.0', net: '21.98', vat: '4.61' },
    { rate: '5.5', net: '18.00', vat: '1.01' },
  ],
  total: { net: '39.98', vat: '5.62', gross: '45.60' },
};

const invoice: typeof basket = {
  kind: 'invoice',
  rows: [],
  invoice: { number: 'F-2026-0077', debtor: 'Société Nouvelle des Établissements Garnier' },
  vats: [],
  total: { net: null, vat: null, gross: '1200.00' },
};

export const ACCOUNTS = [
  { id: 'acc_1', name: 'Main account', iban: 'FR7616958000011111111111101' },
  { id: 'acc_2', name: 'Taxes', iban: 'FR7616958000012222222222202' },
];

const payLink = (changes: Partial<PayLink> = {}): PayLink => ({
  externalRef: 'INV-77',
  reusable: false,
  ...basket,
  payee: null,
  provider: { status: 'enabled', location: null, accounts: [] },
  methods: [
    { name: 'credit_card', wanted: true, enabled: true },
    { name: 'apple_pay', wanted: true, enabled: false },
    { name: 'paypal', wanted: false, enabled: true },
    { name: 'ideal', wanted: true, enabled: true },
  ],
  others: [],
  creatable: true,
  link: null,
  ...changes,
});

/** An intent to collect; the basket, ready to have its link made. */
export const collect = (
  changes: Partial<PayLink> = {},
  snapshot: Partial<Snapshot> = {},
): PayState => ({
  ...plain(),
  items: [],
  snapshot: linkSnapshot(snapshot),
  link: payLink(changes),
});

const found = (changes: Partial<PayLink['others'][number]> = {}): PayLink['others'][number] => ({
  id: 'pl_other',
  url: 'https://pay.qonto.example/links/pl_other',
  amount: '1200.00',
  status: 'open',
  createdAt: '2026-11-12T09:30:00.000Z',
  ...changes,
});

export const ofInvoice = (changes: Partial<PayLink> = {}): PayState =>
  collect({ ...invoice, ...changes });

export const withOthers = (
  status: PayLink['others'][number]['status'] = 'open',
  creatable = status !== 'paid',
): PayState =>
  ofInvoice({
    others: [
      found({ status }),
      found({ id: 'pl_old', url: 'https://pay.qonto.example/links/pl_old', status: 'expired' }),
    ],
    creatable,
  });

export const provider = (status: ProviderStatus, location: string | null = null): PayState =>
  collect({
    provider: { status, location, accounts: ACCOUNTS },
    methods: payLink().methods.map((method) => ({ ...method, enabled: false })),
    creatable: false,
  });

/** The intent's link, or what became of the request for one. */
export function linked(
  status: Link['status'],
  changes: Partial<Link> = {},
  link: Partial<PayLink> = {},
): PayState {
  const isBorn = ['open', 'processing', 'paid', 'expired', 'canceled'].includes(status);
  const isOver = ['expired', 'canceled', 'refused', 'failed'].includes(status);
  const url = isBorn ? URL_OF_LINK : null;
  const why = status === 'paid' ? 'paid' : isOver ? null : 'in-progress';
  return collect(
    {
      ...(isOver ? {} : { provider: null, creatable: false }),
      ...link,
      link: {
        status,
        reason: null,
        url,
        expiresAt: isBorn ? '2026-12-20T12:00:00.000Z' : null,
        createdAt: new Date().toISOString(),
        mine: true,
        deactivatable: status === 'open',
        payments: [],
        candidates: [],
        mayBeNone: false,
        ...changes,
      },
    },
    {
      seq: 4,
      status: isBorn ? (status as Snapshot['status']) : 'open',
      payable: isOver,
      why,
      link: url === null ? null : { url, reusable: false, paidCount: 0 },
    },
  );
}

const payment = (status: 'pending' | 'paid' | 'failed', method = 'credit_card') => ({
  id: `pay_${status}_${method}`,
  amount: '45.60',
  status,
  method,
  createdAt: '2026-11-21T14:02:00.000Z',
  paidAt: status === 'paid' ? '2026-11-21T14:03:00.000Z' : null,
});

export const paidLink = (): PayState =>
  linked('paid', { payments: [payment('paid'), payment('failed', 'paypal')] });

export const reusableLink = (): PayState =>
  linked(
    'open',
    { payments: [payment('paid'), payment('paid', 'ideal'), payment('pending', 'giropay')] },
    { reusable: true },
  );

export const twoCandidates = (mayBeNone = false): PayState =>
  linked('unknown', {
    mayBeNone,
    candidates: [
      found({ id: 'pl_a', url: 'https://pay.qonto.example/links/pl_a', amount: '45.60' }),
      found({ id: 'pl_b', url: 'https://pay.qonto.example/links/pl_b', amount: '45.60' }),
    ],
  });

/** Looked for in vain for ten minutes. */
export const lostLink = (): PayState => linked('unknown', { mayBeNone: true });

/** Nobody, or nobody with the permission: nothing is known but where to sign in. */
export const collectSignedOut = (reason: 'signed-out' | 'consent' = 'signed-out'): PayState => ({
  ...signedOut(reason),
  items: [],
  signIn: { url: `/pay/in_test/sign-in?reason=${reason}&for=collect`, reason },
  ...(reason === 'consent' ? { snapshot: linkSnapshot(), link: payLink({ provider: null }) } : {}),
});

const stopped = (changes: Partial<PayState>): PayState => ({
  ...collect({ provider: null, creatable: false }),
  ...changes,
});

export const collectNotAllowed = (): PayState => stopped({ notAllowed: true });
export const collectBankSilent = (): PayState => stopped({ bankUnavailable: true });
export const collectClosed = (why: 'withdrawn' | 'lapsed'): PayState =>
  stopped({ snapshot: linkSnapshot({ payable: false, why }) });

/** Every state of the page that collects, by name: looked at by axe, and by us. */
export const COLLECT_STATES: Record<string, PayState> = {
  'link sign-in': collectSignedOut(),
  'link consent': collectSignedOut('consent'),
  'link review': collect({ payee: { name: 'Atelier Lumière', iban: ACCOUNTS[0]?.iban ?? '' } }),
  'fr link review': collect({ reusable: true }),
  'link of an invoice': ofInvoice(),
  'link with others': withOthers(),
  'link paid elsewhere': withOthers('paid'),
  'link perhaps paid elsewhere': withOthers('paid', true),
  'link without methods': collect({
    methods: payLink().methods.map((method) => ({ ...method, enabled: false })),
  }),
  'provider not connected': provider('not_connected'),
  'fr provider not connected': provider('not_connected'),
  'provider pending': provider('pending', 'https://my.mollie.example/onboarding'),
  'provider disabled': provider('disabled'),
  'provider unavailable': provider('unavailable'),
  'link making': linked('making'),
  'link unknown': linked('unknown'),
  'link candidates': twoCandidates(),
  'fr link candidates': twoCandidates(),
  'link candidates or none': twoCandidates(true),
  'link lost': lostLink(),
  'fr link lost': lostLink(),
  'link withdrawing': linked('withdrawing', { reason: 'amount-differs' }),
  'link open': linked('open'),
  'fr link open': linked('open', { deactivatable: false }),
  'link signed out': {
    ...linked('open'),
    signIn: { url: '/pay/in_test/sign-in?for=collect', reason: 'signed-out' },
  },
  'link reusable': reusableLink(),
  'link processing': linked('processing', { payments: [payment('pending')] }),
  'link paid': paidLink(),
  'link expired': linked('expired'),
  'link canceled': linked('canceled'),
  'link refused': linked('refused', { reason: 'amount-differs' }),
  'link failed': linked('failed', { reason: 'not-at-the-bank' }),
  'link not allowed': collectNotAllowed(),
  'link bank silent': collectBankSilent(),
  'link withdrawn': collectClosed('withdrawn'),
  'link lapsed': collectClosed('lapsed'),
};
