import type {
  BankTransferRow,
  BankTransfers,
  PayeeCheckResult,
  PayItem,
  PayPayment,
  PayState,
  Review,
  ReviewItem,
} from '@qonto-pay/shared';

export type Snapshot = Extract<PayState['snapshot'], { kind: 'transfer' }>;

const payee = { name: 'ACME SARL', iban: 'FR7630006000011234567890189' };

export const snapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  id: 'in_test',
  seq: 1,
  kind: 'transfer',
  status: 'open',
  final: false,
  payable: true,
  why: null,
  count: 1,
  amount: '1234.00',
  currency: 'EUR',
  items: [{ index: 0, status: 'open' }],
  nextAction: 'open',
  pageSeenAt: null,
  expiresAt: null,
  serverTime: new Date().toISOString(),
  ...changes,
});

export const payItem = (changes: Partial<PayItem> = {}): PayItem => ({
  index: 0,
  externalRef: 'INV-1042',
  payee,
  amount: '1234.00',
  reference: 'Invoice 1042',
  referenceSimplified: false,
  dueDate: '2026-12-01',
  status: 'open',
  reason: null,
  scheduledOn: null,
  payable: true,
  cancelable: false,
  hasProof: false,
  ...changes,
});

export const state = (): PayState => ({
  intent: 'in_test',
  partner: { name: 'Compta & Co' },
  returnUrl: 'https://app.example.com/invoices/1042',
  serverTime: new Date().toISOString(),
  signIn: null,
  member: { name: 'Alice Martin', organization: 'Atelier Lumière' },
  bankUnavailable: false,
  notAllowed: false,
  bankTransfer: true,
  canAsk: false,
  consents: { documents: null, ask: null, review: null, collect: null },
  link: null,
  snapshot: snapshot(),
  items: [payItem()],
  review: null,
  payment: null,
});

export const signedOut = (reason: 'signed-out' | 'consent' | 'fresh' = 'signed-out'): PayState => ({
  ...state(),
  signIn: { url: '/auth/sign-in?intent=in_test', reason },
  member: reason === 'signed-out' ? null : state().member,
  snapshot: reason === 'signed-out' ? null : snapshot(),
  items: reason === 'signed-out' ? [] : state().items,
});

export const item = (changes: Partial<ReviewItem> = {}): ReviewItem => ({
  index: 0,
  payeeCheck: { result: 'match', bankName: null, was: null },
  warnings: [],
  lastIban: null,
  decisionNeeded: false,
  savedName: null,
  trusted: false,
  speed: 'instant',
  executesOn: null,
  document: 'not-needed',
  ...changes,
});

/** A review of one row. */
export const review = (
  changes: Partial<Review> = {},
  known: Partial<ReviewItem> = {},
  shown: Partial<PayItem> = {},
) => ({
  ...state(),
  items: [payItem(shown)],
  review: {
    version: 1,
    items: [item(known)],
    selected: [0],
    selectable: 'one' as const,
    count: 1,
    amount: '1234.00',
    check: 'done' as const,
    accounts: [
      {
        id: 'acc_1',
        name: 'Main account',
        iban: 'FR7616958000011111111111101',
        balance: '25000.50',
      },
      { id: 'acc_2', name: 'Taxes', iban: 'FR7616958000012222222222202', balance: '12.00' },
    ],
    accountId: 'acc_1',
    balanceTooLow: false,
    approval: 'phone' as const,
    decisionNeeded: false,
    payOn: 'now',
    ...changes,
  },
});

/** A review whose payee check ended with `result`. */
export const checked = (result: PayeeCheckResult, version = 2): PayState =>
  review(
    {
      version,
      check: result === 'pending' ? 'pending' : 'done',
      decisionNeeded: result !== 'match' && result !== 'pending',
    },
    {
      payeeCheck: {
        result,
        bankName: result === 'close_match' ? 'ACME S.A.R.L. Lyon' : null,
        was: null,
      },
    },
  );

/** A payment of the member in this status; the snapshot follows it. */
export function paying(
  status: PayPayment['status'],
  changes: Partial<PayPayment> = {},
  snapshotChanges: Partial<Snapshot> = {},
  shown: Partial<PayItem> = {},
): PayState {
  const now = Date.now();
  const asked = status === 'approval_needed' || status === 'approved';
  return {
    ...state(),
    bankTransfer: snapshotChanges.payable ?? false,
    snapshot: snapshot({ seq: 5, payable: false, ...snapshotChanges }),
    items: [payItem({ status, payable: false, ...shown })],
    payment: {
      id: 'pay_1',
      kind: 'transfer',
      status,
      reason: null,
      items: [0],
      amount: '1234.00',
      account: 'Main account',
      mine: true,
      approval: asked
        ? {
            method: 'paired-device',
            startedAt: new Date(now).toISOString(),
            expiresAt: new Date(now + 15 * 60_000).toISOString(),
          }
        : null,
      cancelable: asked || status === 'confirmed',
      reviewable: false,
      ...changes,
    },
  };
}

/** It ended without money, so the invoice may be paid anew. */
export const released = (
  status: PayPayment['status'],
  reason: PayPayment['reason'] = null,
): PayState => paying(status, { reason, cancelable: false }, { payable: true });

export const closed = (why: 'paid' | 'in-progress' | 'withdrawn' | 'lapsed'): PayState => ({
  ...state(),
  bankTransfer: false,
  snapshot: snapshot({ payable: false, why }),
});

export const bankSilent = (): PayState => ({
  ...state(),
  member: null,
  items: [],
  bankUnavailable: true,
});

/** What the BFF tells of a transfer from another bank. */
export const transfer = (changes: Partial<BankTransferRow> = {}): BankTransferRow => {
  const row = { index: 0, ...payee, amount: '1234.00', reference: 'Invoice 1042', ...changes };
  const lines = [row.name, row.iban, `EUR${row.amount}`, '', '', row.reference];
  return { payload: `BCD\n002\n1\nSCT\n\n${lines.join('\n')}`, ...row };
};

export const transfers = (...rows: BankTransferRow[]): BankTransfers => ({
  kind: 'transfer',
  transfers: rows.length > 0 ? rows : [transfer({ name: 'Café Lumière & Fils' })],
  why: null,
});

const agoMs = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** The phone was asked so many seconds ago. */
export const askedAgo = (
  seconds: number,
  changes: Partial<PayPayment> = {},
  shown: Partial<PayItem> = {},
): PayState =>
  paying(
    'approval_needed',
    {
      approval: {
        method: 'paired-device',
        startedAt: agoMs(seconds * 1000),
        expiresAt: agoMs((seconds - 900) * 1000),
      },
      ...changes,
    },
    {},
    shown,
  );

const longName = 'Société Générale d’Équipement et de Fournitures du Grand Ouest';

const everyWarning = review(
  { version: 3, balanceTooLow: true, decisionNeeded: true },
  {
    savedName: 'Old Name SA',
    payeeCheck: { result: 'no_match', bankName: null, was: 'match' },
    warnings: ['iban-changed'],
    lastIban: 'DE89370400440532013000',
    decisionNeeded: true,
  },
  {
    payee: { ...payee, name: longName },
    reference: 'Facture 2026-11-1042 Atelier Lumiere, lot numero 7, deuxieme echeance',
    referenceSimplified: true,
  },
);

/** Every state that the page can show, by name: looked at by axe, and by us. */
export const STATES: Record<string, PayState> = {
  'sign-in': signedOut(),
  consent: signedOut('consent'),
  fresh: signedOut('fresh'),
  'check pending': checked('pending'),
  match: checked('match'),
  'close match': checked('close_match'),
  'no match': checked('no_match'),
  'not possible': checked('not_possible'),
  trusted: review({ approval: 'none' }, { trusted: true }),
  'every warning': everyWarning,
  'fr every warning': everyWarning,
  confirmed: paying('confirmed'),
  approval: askedAgo(0),
  'approval with help': askedAgo(30),
  'fr approval with help': askedAgo(30),
  'approval nearly over': askedAgo(830),
  'approval in long words': askedAgo(
    0,
    { account: 'Compte principal des investissements' },
    { payee: { ...payee, name: longName }, reference: 'Invoice INV-TTJZXXTY-07' },
  ),
  'a passkey': paying('approval_needed', {
    approval: { method: 'passkey', startedAt: agoMs(0), expiresAt: agoMs(-900_000) },
  }),
  approved: paying('approved'),
  requested: paying('requested', { cancelable: false }),
  scheduled: paying('scheduled', { cancelable: false }),
  processing: paying('processing', { cancelable: false }),
  settled: paying('settled', { cancelable: false }),
  declined: released('declined', 'insufficient-funds'),
  denied: released('denied'),
  expired: released('expired'),
  'fr expired': released('expired'),
  'not enrolled': released('not_enrolled'),
  canceled: released('canceled'),
  failed: released('failed'),
  unknown: paying('unknown', { cancelable: false }),
  held: paying('held', { cancelable: false }),
  colleague: paying('approval_needed', { mine: false }),
  paid: closed('paid'),
  'in progress': closed('in-progress'),
  withdrawn: closed('withdrawn'),
  lapsed: closed('lapsed'),
  'bank silent': bankSilent(),
  'not allowed': { ...review(), review: null, notAllowed: true },
};
