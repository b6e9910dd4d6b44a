import type { Payable } from './payable.js';

const FIRST_LINE = 'BT /F1 20 Tf 72 770 Td 24 TL';
const OTHER_LINES = '/F1 12 Tf';

/** The invoice as a PDF of one page. Its bytes never change, since their hash stands in the intent. */
export function invoiceDocument({ externalRef, number, supplier, amount }: Payable): Buffer {
  const lines = [
    `Invoice ${number}`,
    `${supplier.name}  ->  ACME SAS`,
    `Total: ${amount} EUR`,
    `IBAN: ${supplier.iban}`,
    `Our reference: ${externalRef}`,
    'A document of a demo: nobody owes anything.',
  ];
  const [title = '', ...rest] = lines.map((line) => `(${escaped(line)}) Tj`);
  const text = [FIRST_LINE, title, OTHER_LINES, ...rest.map((line) => `T* ${line}`), 'ET'].join(
    '\n',
  );
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}

/** Within Latin-1 every character is one byte, so that lengths and offsets agree. */
function escaped(line: string): string {
  return line
    .replaceAll('’', "'")
    .replace(/[^\x20-\xff]/g, '?')
    .replace(/[\\()]/g, String.raw`\$&`);
}

function pdfOf(objects: string[]): Buffer {
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const entries = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, 'latin1');
}
