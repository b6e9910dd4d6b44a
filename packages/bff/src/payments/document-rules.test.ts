import { describe, expect, it } from 'vitest';
import { documentFileName, documentType, needsDocument, safeName } from './document-rules.js';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]);

describe('a document', () => {
  it.each([
    [1n, false],
    [2_999_999n, false],
    [3_000_000n, false],
    [3_000_001n, true],
    [99_999_999_999n, true],
  ])('of %d cents is needed: %s', (amountCents, is) => {
    expect(needsDocument({ amountCents })).toBe(is);
  });

  it.each<[type: string | undefined, content: Buffer]>([
    ['application/pdf', Buffer.from('%PDF-1.7\n…')],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['image/png', PNG],
    [undefined, Buffer.alloc(0)],
    [undefined, PNG.subarray(0, 7)],
    [undefined, Buffer.from('%PD')],
    [undefined, Buffer.from(' %PDF-1.7')],
    [undefined, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [undefined, Buffer.from('GIF89a')],
    [undefined, Buffer.from('PK\u0003\u0004')],
    [undefined, Buffer.from('<!doctype html><title>%PDF-</title>')],
  ])('is told by its first bytes: %s', (type, content) => {
    expect(documentType(content)).toBe(type);
  });

  it.each([
    ['INV-1042', 'INV-1042.pdf'],
    ['2026/17 (a)', '2026-17-a-.pdf'],
    ['../../etc/passwd', 'etc-passwd.pdf'],
    ['..\\x"\r\ny', 'x-y.pdf'],
    ['.hidden', 'hidden.pdf'],
    ['///', 'invoice.pdf'],
    ['x'.repeat(64), `${'x'.repeat(64)}.pdf`],
  ])('of the invoice %j is called %s', (externalRef, name) => {
    expect(documentFileName(externalRef, 'application/pdf')).toBe(name);
  });

  it('has the ending of its type', () => {
    const names = (['image/jpeg', 'image/png'] as const).map((type) => documentFileName('a', type));
    expect(names).toEqual(['a.jpg', 'a.png']);
    expect(safeName('"; filename=x')).toMatch(/^[\w.-]+$/);
  });
});
