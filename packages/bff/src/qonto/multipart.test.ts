import { expect, it } from 'vitest';
import { fileForm } from './multipart.js';

const pdf = { fileName: 'invoice.pdf', contentType: 'application/pdf' };

it('is a form that others can read, byte for byte', async () => {
  const content = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0x0d, 0x0a, 0x2d, 0x2d, 0xff, 0x00]);
  const { body, contentType } = fileForm('file', { ...pdf, content });
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) return expect.unreachable('no file');
  expect([file.name, file.type]).toEqual(['invoice.pdf', 'application/pdf']);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(content);
});

it('keeps a name from outside within its quotes', () => {
  const fileName = 'a"\r\nX-Evil: 1\r\n\r\nb é.pdf';
  const { body } = fileForm('file', { ...pdf, fileName, content: Buffer.from('%PDF-') });
  const [head = ''] = body.toString('utf8').split('\r\n\r\n');
  expect(head.split('\r\n')).toHaveLength(3);
  expect(head).toContain('filename="a%22%0D%0AX-Evil: 1%0D%0A%0D%0Ab é.pdf"');
});

it('has a boundary that is not in the file', () => {
  const first = fileForm('file', { ...pdf, content: Buffer.from('one') });
  const boundary = /boundary=(.+)$/.exec(first.contentType)?.[1] ?? '';
  const hostile = Buffer.from(`--${boundary}--`);
  const { body, contentType } = fileForm('file', { ...pdf, content: hostile });
  expect(contentType).not.toContain(boundary);
  expect(body.includes(hostile)).toBe(true);
});
