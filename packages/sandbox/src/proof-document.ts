const PAGE = { width: 595, height: 842 };

/** A PDF of one page with these lines, the first of them as its title. */
export function pdfOf(lines: readonly string[]): Buffer {
  const text = lines
    .map((line, index) => {
      const place = index === 0 ? '/F1 18 Tf' : '/F1 11 Tf';
      return `BT ${place} 56 ${PAGE.height - 80 - index * 24} Td (${escaped(line)}) Tj ET`;
    })
    .join('\n');
  return documentOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${Buffer.byteLength(text, 'latin1')} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}

function documentOf(objects: readonly string[]): Buffer {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  // Every letter is one byte, so that the offsets counted above hold.
  return Buffer.from(file + table + trailer, 'latin1');
}

/** Letters that the page's font has not are shown as a question mark. */
function escaped(line: string): string {
  const known = [...line.normalize('NFC')].map((letter) =>
    /[\x20-\x7e\xa0-\xff]/.test(letter) ? letter : '?',
  );
  return known.join('').replace(/[\\()]/g, '\\$&');
}
