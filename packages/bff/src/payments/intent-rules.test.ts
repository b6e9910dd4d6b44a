import type { CreateTransferIntent } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { refused } from '../../test/support/refused.js';
import { type ItemLimits, isWebUrl, readItems, readReturnUrl } from './intent-rules.js';

const ITEM: CreateTransferIntent['items'][number] = {
  externalRef: 'INV-1042',
  amount: '1234.50',
  currency: 'EUR',
  payee: { name: 'Atelier Lumière SARL', iban: 'fr76 1027 8008 2810 3929 5362 036' },
  reference: 'Facture n° 1042 – été',
  dueDate: '2026-12-01',
};

const LIMITS: ItemLimits = {
  attachmentHosts: ['https://files.partner.com', 'http://localhost:4000'],
  maxTotalCents: undefined,
};

const read = (given: CreateTransferIntent, limits: Partial<ItemLimits> = {}) =>
  readItems(given, { ...LIMITS, ...limits });

const SHA256 = 'ab'.repeat(32);

const items = (count: number, amount = '1.00') =>
  Array.from({ length: count }, (_, index) => ({ ...ITEM, externalRef: `INV-${index}`, amount }));

const intent = (changes: Partial<typeof ITEM> = {}, more: Partial<CreateTransferIntent> = {}) => ({
  kind: 'transfer' as const,
  items: [{ ...ITEM, ...changes }],
  returnUrl: 'https://app.partner.com/invoices/1',
  ...more,
});

describe('the items of an intent', () => {
  it('are read into cents, a plain IBAN and the text that SEPA carries', () => {
    expect(read(intent())).toEqual([
      {
        index: 0,
        externalRef: 'INV-1042',
        amountCents: 123_450n,
        payeeName: 'Atelier Lumière SARL',
        payeeIban: 'FR7610278008281039295362036',
        reference: 'Facture n° 1042 – été',
        remittance: 'Facture n. 1042 - ete',
        dueDate: '2026-12-01',
        attachments: [],
      },
    ]);
  });

  it('may be long overdue', () => {
    const [item] = read(intent({ dueDate: '2001-01-01' }));
    expect(item?.dueDate).toBe('2001-01-01');
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
    expect(refused(() => read(intent(changes)))).toEqual([code, field]);
  });

  it.each([1, 2, 399, 400])('may be %d, each with its row', (count) => {
    const rows = read(intent({}, { items: items(count) }));
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, row) => row));
  });

  it.each([
    [0, 'invalid-request'],
    [401, 'too-many-items'],
    [1000, 'too-many-items'],
  ])('are never %d', (count, code) => {
    expect(refused(() => read(intent({}, { items: items(count) })))).toEqual([code, 'items']);
  });

  it.each<[code: string, field: string, changes: Partial<typeof ITEM>]>([
    ['duplicate-external-ref', 'items[399].externalRef', { externalRef: 'INV-7' }],
    ['invalid-currency', 'items[399].currency', { currency: 'USD' }],
    ['invalid-iban', 'items[399].payee.iban', { payee: { ...ITEM.payee, iban: 'FR00' } }],
    ['invalid-due-date', 'items[399].dueDate', { dueDate: 'soon' }],
  ])('name the last of 400 that is at fault: %s', (code, field, changes) => {
    const last = { ...ITEM, externalRef: 'INV-last', ...changes };
    const given = intent({}, { items: [...items(399), last] });
    expect(refused(() => read(given))).toEqual([code, field]);
  });

  it('name the first fault of several', () => {
    const given = [...items(3, '0'), { ...ITEM, currency: 'USD' }];
    const readAll = () => read(intent({}, { items: given }));
    expect(refused(readAll)).toEqual(['invalid-amount', 'items[0].amount']);
  });
});

describe('the total of an intent', () => {
  const total = (maxTotalCents: bigint | undefined, given: CreateTransferIntent['items']) =>
    refused(() => read(intent({}, { items: given }), { maxTotalCents }));

  it('may come to the limit of the partner, and not to a cent more', () => {
    expect(total(40_000n, items(400))).toBeUndefined();
    expect(total(39_999n, items(400))).toEqual(['total-over-limit', 'items']);
    expect(total(39_999n, items(1, '400.00'))).toEqual(['total-over-limit', 'items']);
  });

  it('is counted in cents: ten times ten cents are one euro', () => {
    expect(total(100n, items(10, '0.10'))).toBeUndefined();
    expect(total(99n, items(10, '0.10'))).toEqual(['total-over-limit', 'items']);
  });

  it('has no limit where the partner has none', () => {
    expect(total(undefined, items(400, '999999999.99'))).toBeUndefined();
  });
});

describe('the documents of an item', () => {
  const URLS = ['https://files.partner.com/invoices/1.pdf?v=2', 'http://localhost:4000/a.png'];
  const withAttachments = (attachments: { url: string; sha256: string }[]) =>
    intent({}, { items: [...items(3), { ...ITEM, attachments }] });

  it('are read as they are, on the hosts that the partner registered', () => {
    const given = URLS.map((url) => ({ url, sha256: SHA256.toUpperCase() }));
    expect(read(withAttachments(given))[3]?.attachments).toEqual(
      URLS.map((url) => ({ url, sha256: SHA256 })),
    );
  });

  it.each([
    ['another host', 'https://evil.example/1.pdf'],
    ['a host that begins alike', 'https://files.partner.com.evil.example/1.pdf'],
    ['a host below', 'https://a.files.partner.com/1.pdf'],
    ['another port', 'https://files.partner.com:8443/1.pdf'],
    ['http', 'http://files.partner.com/1.pdf'],
    ['a user', 'https://user@files.partner.com/1.pdf'],
    ['a password', 'https://:secret@files.partner.com/1.pdf'],
    ['the host as a user', 'https://files.partner.com@evil.example/1.pdf'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:application/pdf;base64,JVBERi0='],
    ['a blob', 'blob:https://files.partner.com/1'],
    ['the metadata service', 'http://169.254.169.254/latest'],
    ['this machine by its number', 'http://127.0.0.1:4000/a.png'],
    ['a path alone', '/1.pdf'],
    ['nothing', ''],
  ])('are never at %s', (_what, url) => {
    const given = withAttachments([
      { url: URLS[0] ?? '', sha256: SHA256 },
      { url, sha256: SHA256 },
    ]);
    expect(refused(() => read(given))).toEqual([
      ...['invalid-attachment', 'items[3].attachments[1].url'],
    ]);
  });

  it.each(['', 'ab', 'g'.repeat(64), `${SHA256}0`, `sha256:${SHA256}`, `${SHA256}\n`])(
    'have a mark of 64 hex digits, not %j',
    (sha256) => {
      const given = withAttachments([{ url: URLS[0] ?? '', sha256 }]);
      expect(refused(() => read(given))).toEqual([
        ...['invalid-attachment', 'items[3].attachments[0].sha256'],
      ]);
    },
  );

  it('are at most five, and none without a registered host', () => {
    const [url = ''] = URLS;
    const five = Array.from({ length: 5 }, () => ({ url, sha256: SHA256 }));
    expect(read(withAttachments(five))[3]?.attachments).toHaveLength(5);
    const six = withAttachments([...five, { url, sha256: SHA256 }]);
    expect(refused(() => read(six))).toEqual(['invalid-attachment', 'items[3].attachments']);
    expect(refused(() => read(withAttachments(five), { attachmentHosts: [] }))).toEqual([
      ...['invalid-attachment', 'items[3].attachments[0].url'],
    ]);
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
    expect(refused(() => read(url))).toEqual(['invalid-return-url', 'returnUrl']);
  });

  it('is nowhere for a partner that registered nothing', () => {
    expect(refused(() => readReturnUrl('https://app.partner.com/', []))).toBeDefined();
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
