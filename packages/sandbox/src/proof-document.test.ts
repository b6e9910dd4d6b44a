import { expect, it } from 'vitest';
import { pdfOf } from './proof-document.js';

it('has a table whose offsets point at its objects', () => {
  const file = pdfOf(['Title', 'Café (Été) \\ 漢']).toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
  const table = file.slice(start);
  expect(table).toMatch(/^xref\n0 6\n0000000000 65535 f \n/);
  const offsets = [...table.matchAll(/(\d{10}) 00000 n /g)].map(([, offset]) => Number(offset));
  offsets.forEach((offset, index) => {
    expect(file.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
  });
});

it('tells the true length of its text', () => {
  const file = pdfOf(['Café']).toString('latin1');
  const [, length, text = ''] = /\/Length (\d+) >>\nstream\n([\s\S]*)\nendstream/.exec(file) ?? [];
  expect(text.length).toBe(Number(length));
});

it('escapes what would end a text, and marks letters it has not', () => {
  expect(pdfOf(['a(b)\\c 漢']).toString('latin1')).toContain('(a\\(b\\)\\\\c ?)');
});
