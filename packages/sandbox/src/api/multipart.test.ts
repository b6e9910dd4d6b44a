import { expect, it } from 'vitest';
import { fileIn } from './multipart.js';

const TYPE = 'multipart/form-data; boundary=XyZ';

function form(...parts: readonly string[]): Buffer {
  return Buffer.from(
    `${parts.map((part) => `--XyZ\r\n${part}\r\n`).join('')}--XyZ--\r\n`,
    'latin1',
  );
}

const file = (content: string, head = 'name="file"; filename="a.pdf"') =>
  `Content-Disposition: form-data; ${head}\r\nContent-Type: application/pdf\r\n\r\n${content}`;

const find = (body: Buffer, contentType = TYPE) => fileIn(body, { contentType, part: 'file' });

it('finds the file among other fields, byte for byte (facts 4.9)', () => {
  const other = 'Content-Disposition: form-data; name="note"\r\n\r\nhello';
  const content = 'a\r\n--Xy\r\n\0\xff--XyZ inside a line';
  const found = find(form(other, file(content)));
  expect(found?.name).toBe('a.pdf');
  expect(found?.content.toString('latin1')).toBe(content);
});

it('reads a quoted boundary, an empty file and names in any order (facts 4.9)', () => {
  const type = 'multipart/form-data; charset=utf-8; boundary="XyZ"';
  const found = find(form(file('', 'filename="C:\\\\docs\\\\b.pdf"; name="file"')), type);
  expect(found).toMatchObject({ name: 'b.pdf', content: Buffer.alloc(0) });
});

it.each([
  ['another part name', form(file('x', 'name="document"; filename="a.pdf"')), TYPE],
  ['a field without a file name', form(file('x', 'name="file"')), TYPE],
  ['no boundary', form(file('x')), 'multipart/form-data'],
  ['another boundary', form(file('x')), 'multipart/form-data; boundary=other'],
  ['another type', form(file('x')), 'application/json'],
  ['no end', Buffer.from(`--XyZ\r\n${file('x')}`), TYPE],
  ['no headers', Buffer.from('--XyZ\r\n--XyZ--'), TYPE],
  ['nothing', Buffer.alloc(0), TYPE],
])('finds no file in a body with %s (facts 4.9)', (_what, body, type) => {
  expect(find(body, type)).toBeUndefined();
});
