import type { PayItem, PayState, Review, ReviewItem } from '@qonto-pay/shared';
import { decimal } from '../support/world.js';

/** Of so many payees one is no clear match: its row is open and asks for a decision. */
const DOUBTFUL_EVERY = 20;
const WORDS = ['Imprimerie', 'Boulangerie', 'Nordwind Logistik', 'Papeterie Centrale', 'Studio'];
const SUBJECTS = ['paper and printing', 'freight', 'rent of the second floor', 'coffee'];
const DUE = ['2026-12-01', '2026-12-15', '2026-11-28', null];

/** What the pay page is told of many rows: while their payees are checked, or after it. */
export function payState(count: number, check: 'pending' | 'done'): PayState {
  const items = Array.from({ length: count }, (_, index) => payItem(index));
  const amount = decimal(items.reduce((sum, { amount: text }) => sum + centsOf(text), 0));
  const statuses = items.map(({ index, status }) => ({ index, status }));
  const now = new Date().toISOString();
  return {
    intent: 'in_bench',
    partner: { name: 'Compta & Co' },
    returnUrl: 'https://app.example.com/invoices',
    serverTime: now,
    signIn: null,
    member: { name: 'Alice Martin', organization: 'Atelier Lumière' },
    bankUnavailable: false,
    notAllowed: false,
    bankTransfer: false,
    canAsk: false,
    consents: { documents: null, ask: null, review: null, collect: null },
    link: null,
    snapshot: {
      ...{ id: 'in_bench', seq: 1, kind: 'transfer', status: 'open', final: false },
      ...{ payable: true, why: null, count, amount, currency: 'EUR' },
      items: statuses as { index: number; status: 'open' }[],
      ...{ nextAction: 'open', pageSeenAt: null, expiresAt: null, serverTime: now },
    } as PayState['snapshot'],
    items,
    review: review(items, { amount, check }),
    payment: null,
  };
}

function review(
  items: readonly PayItem[],
  { amount, check }: { amount: string; check: 'pending' | 'done' },
): Review {
  const known = items.map(({ index }) => reviewItem(index, check));
  return {
    version: check === 'done' ? 2 : 1,
    items: known,
    selected: items.map(({ index }) => index),
    selectable: 'many',
    count: items.length,
    amount,
    check,
    accounts: [
      {
        ...{ id: 'acc_1', name: 'Main account', iban: 'FR7616958000011111111111101' },
        balance: '1250000.50',
      },
    ],
    accountId: 'acc_1',
    balanceTooLow: false,
    approval: 'phone',
    decisionNeeded: known.some(({ decisionNeeded }) => decisionNeeded),
    payOn: 'now',
  };
}

function payItem(index: number): PayItem {
  return {
    index,
    externalRef: `INV-${1000 + index}`,
    payee: {
      name: `${WORDS[index % WORDS.length]} ${index}`,
      iban: `FR76300060000112345${String(index).padStart(8, '0')}`,
    },
    amount: decimal(1250 + ((index * 7919) % 90_000)),
    reference: `Invoice ${1000 + index}, ${SUBJECTS[index % SUBJECTS.length]}`,
    referenceSimplified: false,
    dueDate: DUE[index % DUE.length] ?? null,
    status: 'open',
    reason: null,
    scheduledOn: null,
    payable: true,
    cancelable: false,
    hasProof: false,
  };
}

function reviewItem(index: number, check: 'pending' | 'done'): ReviewItem {
  const isDoubtful = check === 'done' && index % DOUBTFUL_EVERY === 3;
  const checked = isDoubtful ? 'close_match' : 'match';
  return {
    index,
    payeeCheck: {
      result: check === 'done' ? checked : 'pending',
      bankName: isDoubtful ? `Imprimerie ${index} et Fils` : null,
      was: null,
    },
    warnings: [],
    lastIban: null,
    decisionNeeded: isDoubtful,
    savedName: null,
    trusted: false,
    speed: 'instant',
    executesOn: null,
    document: 'not-needed',
  };
}

const centsOf = (amount: string): number => Number(amount.replace('.', ''));
