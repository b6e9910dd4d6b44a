import type { CreateIntent } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { PaymentError } from './errors.js';
import { isWebUrl, readItems, readReturnUrl } from './intent-rules.js';

const ITEM: CreateIntent['items'][number] = {
  externalRef: 'INV-1042',
  amount: '1234.50',
  currency: 'EUR',
  payee: { name: 'Atelier Lumière SARL', iban: 'fr76 1027 8008 2810 3929 5362 036' },
  reference: 'Facture n° 1042 – été',
  dueDate: '2026-12-01',
};

const intent = (changes: Partial<typeof ITEM> = {}, more: Partial<CreateIntent> = {}) => ({
  kind: 'transfer',
  items: [{ ...ITEM, ...changes }],
  returnUrl: 'https://app.partner.com/invoices/1',
  ...more,
});

function refusal(act: () => unknown): [code: string, field: string | undefined] | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof PaymentError) return [error.code, error.field];
    throw error;
  }
  return undefined;
}

describe('the items of an intent', () => {
  it('are read into cents, a plain IBAN and the text that SEPA carries', () => {
    expect(readItems(intent())).toEqual([
      {
        index: 0,
        externalRef: 'INV-1042',
        amountCents: 123_450n,
        payeeName: 'Atelier Lumière SARL',
        payeeIban: 'FR7610278008281039295362036',
        reference: 'Facture n° 1042 – été',
        remittance: 'Facture n. 1042 - ete',
        dueDate: '2026-12-01',
      },
    ]);
  });

  it.each<[code: string, field: string, changes: Partial<typeof ITEM>]>([
    ['invalid-amount', 'items[0].amount', { amount: '0.00' }],
    ['invalid-amount', 'items[0].amount', { amount: '1e3' }],
    ['invalid-amount', 'items[0].amount', { amount: '-5.00' }],
    ['invalid-amount', 'items[0].amount', { amount: '1,50' }],
    ['invalid-currency', 'items[0].currency', { currency: 'USD' }],
    ['invalid-currency', 'items[0].currency', { currency: 'eur' }],
    ['invalid-external-ref', 'items[0].externalRef', { externalRef: '' }],
    ['invalid-external-ref', 'items[0].externalRef', { externalRef: 'a b' }],
    ['invalid-external-ref', 'items[0].externalRef', { externalRef: 'é' }],
    ['invalid-external-ref', 'items[0].externalRef', { externalRef: 'a\n' }],
    ['invalid-external-ref', 'items[0].externalRef', { externalRef: 'x'.repeat(65) }],
    ['invalid-iban', 'items[0].payee.iban', { payee: { ...ITEM.payee, iban: 'FR00' } }],
    ['invalid-payee-name', 'items[0].payee.name', { payee: { ...ITEM.payee, name: 'АСМЕ' } }],
    ['invalid-reference', 'items[0].reference', { reference: '' }],
    ['invalid-reference', 'items[0].reference', { reference: '漢字' }],
    ['invalid-due-date', 'items[0].dueDate', { dueDate: '2026-02-30' }],
    ['invalid-due-date', 'items[0].dueDate', { dueDate: '2026-2-3' }],
    ['invalid-due-date', 'items[0].dueDate', { dueDate: '2026-12-01T00:00:00Z' }],
    ['invalid-due-date', 'items[0].dueDate', { dueDate: '' }],
  ])('are refused as %s at %s: %j', (code, field, changes) => {
    expect(refusal(() => readItems(intent(changes)))).toEqual([code, field]);
  });

  it('are one at a time, and transfers', () => {
    const two = intent({}, { items: [ITEM, { ...ITEM, externalRef: 'INV-2' }] });
    expect(refusal(() => readItems(two))).toEqual(['too-many-items', 'items']);
    for (const kind of ['link', 'Transfer', '']) {
      expect(refusal(() => readItems(intent({}, { kind })))).toEqual([
        'kind-not-supported',
        'kind',
      ]);
    }
  });
});

describe('the way back', () => {
  const PREFIXES = ['https://app.partner.com/invoices', 'http://localhost:4000/shop/'];
  const read = (text: string) => readReturnUrl(text, PREFIXES);

  it.each([
    'https://app.partner.com/invoices',
    'https://app.partner.com/invoices/',
    'https://app.partner.com/invoices/1042?tab=pay#top',
    'https://app.partner.com:443/invoices/1',
    'http://localhost:4000/shop/1',
  ])('may be %s', (url) => {
    expect(read(url)).toBe(new URL(url).href);
  });

  it.each([
    ['another host', 'https://evil.example/invoices/1'],
    ['a host that begins alike', 'https://app.partner.com.evil.example/invoices/1'],
    ['a host that ends alike', 'https://evilapp.partner.com/invoices/1'],
    ['a path that begins alike', 'https://app.partner.com/invoices-evil'],
    ['a path that begins alike in another case', 'https://app.partner.com/Invoices/1'],
    ['a path outside', 'https://app.partner.com/other'],
    ['dots out of the path', 'https://app.partner.com/invoices/../evil'],
    ['encoded dots out of the path', 'https://app.partner.com/invoices/%2e%2e/evil'],
    ['backslashes out of the path', 'https://app.partner.com/invoices\\..\\evil'],
    ['a backslash before another host', 'https://app.partner.com\\@evil.example/invoices/1'],
    ['the host as a user', 'https://app.partner.com@evil.example/invoices/1'],
    ['a user', 'https://user@app.partner.com/invoices/1'],
    ['a password', 'https://:secret@app.partner.com/invoices/1'],
    ['another port', 'https://app.partner.com:8443/invoices/1'],
    ['http', 'http://app.partner.com/invoices/1'],
    ['a script', 'javascript:alert(1)//app.partner.com/invoices'],
    ['data', 'data:text/html,app.partner.com/invoices'],
    ['a blob', 'blob:https://app.partner.com/invoices'],
    ['another scheme', 'ftp://app.partner.com/invoices/1'],
    ['no scheme', '//app.partner.com/invoices/1'],
    ['a path alone', '/invoices/1'],
    ['nothing', ''],
    ['a prefix without its last slash', 'http://localhost:4000/shop'],
    ['a prefix without its last slash, and more', 'http://localhost:4000/shopping'],
    ['another port of this machine', 'http://localhost:4001/shop/1'],
    ['this machine by its number', 'http://127.0.0.1:4000/shop/1'],
  ])('is never %s', (_what, url) => {
    expect(refusal(() => read(url))).toEqual(['invalid-return-url', 'returnUrl']);
  });

  it('is nowhere for a partner that registered nothing', () => {
    expect(refusal(() => readReturnUrl('https://app.partner.com/', []))).toBeDefined();
  });
});

describe('an address on the web', () => {
  it.each([
    ['https://a.example', true],
    ['http://localhost:4000', true],
    ['http://shop.localhost', true],
    ['http://a.example', false],
    ['http://localhost.evil.example', false],
    ['http://evillocalhost', false],
    ['http://127.0.0.1', false],
    ['ws://localhost', false],
  ])('%s: %s', (url, is) => {
    expect(isWebUrl(new URL(url))).toBe(is);
  });
});
