import type { PayItem, PayPayment, PayState, Review, ReviewItem } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import type { Language } from '../language.js';
import { plainContent } from './plain-content.js';
import { en } from './words.en.js';
import { fr } from './words.fr.js';

const AT = '2026-11-20T12:00:00.000Z';

function payItem(index: number, changes: Partial<PayItem> = {}): PayItem {
  return {
    index,
    externalRef: `INV-${index}`,
    payee: { name: `Atelier ${index}`, iban: 'FR7610278008281039295362036' },
    amount: '1234.50',
    reference: `Invoice ${index}`,
    referenceSimplified: false,
    dueDate: null,
    status: 'open',
    reason: null,
    scheduledOn: null,
    ...{ payable: true, cancelable: false, hasProof: false },
    ...changes,
  };
}

function reviewItem(index: number, changes: Partial<ReviewItem> = {}): ReviewItem {
  return {
    index,
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
  };
}

function review(items: ReviewItem[], changes: Partial<Review> = {}): Review {
  return {
    version: 7,
    items,
    selected: items.map(({ index }) => index),
    selectable: 'many',
    count: items.length,
    amount: '2469.00',
    check: 'done',
    accounts: [{ id: 'a', name: 'Main account', iban: 'FR76', balance: null }],
    accountId: 'a',
    ...{ balanceTooLow: false, approval: 'phone', decisionNeeded: false, payOn: 'now' },
    ...changes,
  };
}

function payment(changes: Partial<PayPayment> = {}): PayPayment {
  return {
    ...{ id: 'pay_1', kind: 'bulk', status: 'processing', reason: null },
    ...{ items: [0, 1], amount: '2469.00' },
    ...{ account: 'Main account', mine: true, approval: null },
    ...{ cancelable: false, reviewable: false },
    ...changes,
  };
}

function shown(changes: Partial<PayState>, language: Language = 'en') {
  const state: PayState = {
    intent: 'in_1',
    partner: { name: 'Ledgerly' },
    returnUrl: 'https://shop.example/1',
    serverTime: AT,
    signIn: null,
    member: { name: 'Alice Martin', organization: 'ACME SAS' },
    ...{ bankUnavailable: false, notAllowed: false, canAsk: false, bankTransfer: false },
    consents: { documents: null, ask: null, review: null, collect: null },
    link: null,
    snapshot: null,
    items: [payItem(0), payItem(1)],
    review: null,
    payment: null,
    ...changes,
  };
  const words = language === 'fr' ? fr : en;
  const { body, ...rest } = plainContent({ state, language, words, pageToken: 't' });
  return { ...rest, html: body.text };
}

const reviewed = (items: ReviewItem[], changes: Partial<Review> = {}) =>
  shown({ review: review(items, changes) }).html;

describe('the review of many rows', () => {
  it('offers nothing to confirm before the bank has checked what is selected', () => {
    const items = [reviewItem(0), reviewItem(1, { payeeCheck: UNCHECKED })];
    const { html, heading } = shown({ review: review(items, { check: 'needed' }) });
    expect(heading).toBe('Choose what to pay');
    expect(html).not.toContain('id="confirm"');
    expect(html).toContain('id="check-needed"');
    expect(html).toContain('Not checked yet');
    expect(html).toContain('name="check" value="yes"');
  });

  it('waits, and loads itself again, while the bank checks', () => {
    const page = shown({ review: review([reviewItem(0)], { check: 'pending' }) });
    expect(page).toMatchObject({ refreshSeconds: 3, dataStatus: 'review' });
  });

  it('has a box for each row, ticked where it is selected', () => {
    const html = reviewed([reviewItem(0), reviewItem(1)], { selected: [1], count: 1 });
    expect(html).toMatch(/type="checkbox" name="select" value="0" aria-label="Pay row 1" \/>/);
    expect(html).toMatch(/name="select" value="1" aria-label="Pay row 2" checked \/>/);
  });

  it('lets one row be chosen where Qonto takes one at a time', () => {
    const html = reviewed([reviewItem(0), reviewItem(1)], {
      ...{ selectable: 'one', selected: [0], count: 1 },
    });
    expect(html).toContain('type="radio" name="select" value="0"');
    expect(html).toContain('pays one invoice at a time');
  });

  it('asks for a decision of its own about each payee, in the words that are recorded', () => {
    const html = reviewed([
      reviewItem(0, { ...DECISION, payeeCheck: { result: 'no_match', bankName: null, was: null } }),
      reviewItem(1, { ...DECISION, warnings: ['iban-changed'], lastIban: 'FR7616958000' }),
    ]);
    expect(html.match(/name="accept" value="\d" required/g)).toHaveLength(2);
    expect(html).toContain('This may be fraud.');
    expect(html).toContain('I have checked the new IBAN with the supplier.');
    expect(html).toContain('FR76 1695 8000');
  });

  it('asks for none about a row that is not selected', () => {
    const html = reviewed([reviewItem(0), reviewItem(1, DECISION)], { selected: [0], count: 1 });
    expect(html).not.toContain('name="accept"');
  });

  it('says beforehand how each payment is sent, and from which account', () => {
    const html = reviewed([reviewItem(0, { speed: 'standard' }), reviewItem(1, ON_A_DAY)], {
      balanceTooLow: true,
      approval: 'none',
      payOn: 'due',
    });
    for (const sentence of [
      ...['As a standard transfer', 'On 1 December 2026', 'Each on its due date', 'Main account'],
      ...['The account holds less', 'Qonto will not ask on your phone'],
    ]) {
      expect(html).toContain(sentence);
    }
  });

  it.each<[document: ReviewItem['document'], text: string, hasUpload: boolean]>([
    ['missing', 'Add the invoice as PDF', true],
    ['failed', 'could not be read', true],
    ['fetching', 'on its way from the sender', false],
  ])('confirms nothing while a document is %s', (document, text, hasUpload) => {
    const html = reviewed([reviewItem(0, { document }), reviewItem(1)]);
    expect(html).toContain(text);
    expect(html.includes('enctype="multipart/form-data"')).toBe(hasUpload);
    expect(html).not.toContain('id="confirm"');
  });

  it('needs no document of a row that is not selected', () => {
    const items = [reviewItem(0, { document: 'missing' }), reviewItem(1)];
    const html = reviewed(items, { selected: [1], count: 1 });
    expect(html).not.toContain('id="documents"');
    expect(html).toContain('id="confirm"');
  });

  it('keeps whatever a partner writes as text', () => {
    const items = [payItem(0, { payee: { name: '<b>"A"</b>', iban: 'FR76' }, reference: "'x'" })];
    const { html } = shown({ items, review: review([reviewItem(0)]) });
    expect(html).not.toMatch(/<b>|'x'/);
    expect(html).toContain('&#60;b&#62;');
  });

  it('speaks French', () => {
    const state = { review: review([reviewItem(0), reviewItem(1)]) };
    const { html, heading } = shown(state, 'fr');
    expect(heading.replace(/\s/g, ' ')).toBe('Payer 2 factures · 2 469,00 €');
    expect(html).toContain('Le nom correspond');
    expect(html).not.toMatch(/Payee|Account|Select/);
  });
});

describe('for a member who may not pay', () => {
  const own = { notAllowed: true, canAsk: true };

  it('there is a way to ask, and none to pay', () => {
    const { html, heading } = shown({ ...own, review: review([reviewItem(0), reviewItem(1)]) });
    expect(heading).toBe('Ask a colleague');
    expect(html).toContain('/request"');
    expect(html).toContain('Prepare 2 and ask');
    expect(html).not.toMatch(/id="confirm"|name="check"/);
  });

  it('the permission comes first', () => {
    const consents = {
      documents: null,
      ask: '/pay/in_1/sign-in?for=ask',
      review: null,
      collect: null,
    };
    const { html } = shown({ ...own, consents, review: review([reviewItem(0)]) });
    expect(html).toContain('href="/pay/in_1/sign-in?for=ask"');
    expect(html).not.toContain('id="ask-button"');
  });

  it('who cannot ask either is told whom to turn to', () => {
    const page = shown({ notAllowed: true });
    expect(page).toMatchObject({ dataStatus: 'error', heading: en.notAllowed });
  });
});

describe('a payment of many rows', () => {
  const items = [
    payItem(0, { status: 'settled', payable: false, hasProof: true }),
    payItem(1, { status: 'declined', reason: 'payee-account-invalid' }),
  ];

  it('shows each row with its status, its reason and its proof', () => {
    const { html } = shown({ items, payment: payment({ status: 'partially_settled' }) });
    expect(html).toContain('1 of 2 paid.');
    expect(html).toContain('Declined, not paid');
    expect(html).toContain('The bank does not accept the payee’s bank details.');
    expect(html).toContain('/pay/api/intents/in_1/proof?item=0');
    expect(html).not.toContain('proof?item=1');
  });

  it('loads itself again while something moves, and not once all is over', () => {
    expect(shown({ items, payment: payment() }).refreshSeconds).toBe(3);
    const over = payment({ status: 'partially_settled' });
    expect(shown({ items, payment: over }).refreshSeconds).toBeUndefined();
  });

  it('keeps still under the hands of somebody who fills in a form', () => {
    const forms: Partial<PayState>[] = [
      { payment: payment({ status: 'requested', reviewable: true }) },
      { payment: payment(), review: review([reviewItem(1)]) },
      { payment: payment(), items: [payItem(0, { status: 'scheduled', cancelable: true })] },
    ];
    for (const state of forms) {
      const page = shown({ items, ...state });
      expect(page.refreshSeconds).toBeUndefined();
      expect(page.html).toContain('<form');
      expect(page.html).toContain('id="look"');
    }
  });

  it('that needs a fresh sign-in for the rest says why', () => {
    const signIn = { url: '/pay/in_1/sign-in?reason=fresh', reason: 'fresh' as const };
    const { html } = shown({ items, signIn, payment: payment({ status: 'partially_settled' }) });
    expect(html).toContain(en.fresh);
    expect(html).not.toContain('id="confirm"');
  });

  it('has words for every status, in both languages', () => {
    for (const words of [en, fr]) {
      expect(Object.keys(words.item).sort()).toEqual(
        ['open', ...Object.keys(words.payment)].sort(),
      );
    }
  });
});

const UNCHECKED = { result: 'unchecked', bankName: null, was: null } as const;
const DECISION = { decisionNeeded: true } as const;
const ON_A_DAY = { speed: 'scheduled', executesOn: '2026-12-01' } as const;
