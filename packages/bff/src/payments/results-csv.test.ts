import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntentView, Member, Payment } from './records.js';
import { memberResults, paymentResults, type ResultRow, resultsCsv } from './results-csv.js';

const HEADER =
  'row,invoice,payee,IBAN,amount,currency,reference,status,reason,scheduled on,transfer id';

const ROW: ResultRow = {
  index: 0,
  externalRef: 'INV-1042',
  payeeName: 'Atelier Lumière SARL',
  payeeIban: 'FR7610278008281039295362036',
  amountCents: 123_450n,
  remittance: 'Invoice 1042',
  status: 'settled',
  reason: undefined,
  scheduledOn: undefined,
  transferId: 'tr-1',
};

/** RFC 4180, by the book: a second reading of the format. */
function parse(text: string): string[][] {
  const lines: string[][] = [];
  let [cells, cell, isQuoted] = [[] as string[], '', false];
  for (let at = 0; at < text.length; at += 1) {
    const [char, next] = [text[at] ?? '', text[at + 1]];
    if (isQuoted && char === '"' && next === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted || (char !== ',' && char !== '\r')) cell += char;
    else {
      cells.push(cell);
      cell = '';
      if (char === ',') continue;
      if (next !== '\n') throw new Error('a line ends with CR LF');
      at += 1;
      lines.push(cells);
      cells = [];
    }
  }
  if (cells.length > 0 || cell !== '' || isQuoted) throw new Error('the last line has no end');
  return lines;
}

const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

describe('the table of results', () => {
  it('is CSV with a byte order mark, a header and one line for each row', () => {
    const failed = { ...ROW, index: 9, status: 'declined', reason: 'insufficient-funds' };
    const later = { ...ROW, index: 10, scheduledOn: '2026-12-01', transferId: undefined };
    expect(resultsCsv([ROW, failed, later])).toBe(
      `\uFEFF${[
        HEADER,
        '1,INV-1042,Atelier Lumière SARL,FR7610278008281039295362036,1234.50,EUR,Invoice 1042,settled,,,tr-1',
        '10,INV-1042,Atelier Lumière SARL,FR7610278008281039295362036,1234.50,EUR,Invoice 1042,declined,insufficient-funds,,tr-1',
        '11,INV-1042,Atelier Lumière SARL,FR7610278008281039295362036,1234.50,EUR,Invoice 1042,settled,,2026-12-01,',
        '',
      ].join('\r\n')}`,
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+33 1 23', "'+33 1 23"],
    ['-SUM(A1)', "'-SUM(A1)"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    ['a=1', 'a=1'],
  ])('is never a formula: %j', (remittance, written) => {
    expect(resultsCsv([{ ...ROW, remittance }])).toContain(`,EUR,${written},settled,`);
  });

  it('reads back as it was written, whatever the texts are', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aé ,;"\'\r\n\t=+-@|') });
    const rows = fc.array(fc.tuple(text, text, text), { maxLength: 20 });
    fc.assert(
      fc.property(rows, (texts) => {
        const csv = resultsCsv(
          texts.map(([externalRef, payeeName, remittance], index) => ({
            ...ROW,
            ...{ index, externalRef, payeeName, remittance },
          })),
        );
        const [header, ...lines] = parse(csv.slice(1));
        expect(header?.join(',')).toBe(HEADER);
        expect(lines.map((cells) => cells.length)).toEqual(texts.map(() => 11));
        const read = lines.map((cells) => [cells[1], cells[2], cells[6]]);
        expect(read).toEqual(texts.map((one) => one.map(harmless)));
        expect(lines.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
    );
  });
});

describe('what the table tells', () => {
  const member = { connectionId: 'mine' } as Member;
  const state = { reason: 'insufficient-funds', scheduledOn: undefined, transferId: 'tr-1' };
  const states = [
    { ...state, index: 0, status: 'declined', connectionId: 'mine' },
    { ...state, index: 1, status: 'not_enrolled', connectionId: 'theirs' },
    { ...state, index: 2, status: 'settled', connectionId: 'theirs' },
    { index: 3, status: 'open', connectionId: undefined, transferId: undefined },
  ];

  it('a member of their own rows, and of others what the world may know', () => {
    const intent = { items: states.map(({ index }) => ({ ...ROW, index })) };
    const rows = memberResults({ intent, items: states } as unknown as IntentView, member);
    expect(rows.map(({ status, reason, transferId }) => [status, reason, transferId])).toEqual([
      ['declined', 'insufficient-funds', 'tr-1'],
      ['declined', undefined, undefined],
      ['settled', undefined, undefined],
      ['open', undefined, undefined],
    ]);
  });

  it('a partner why the bank declined, and nothing of the payer', () => {
    const items = [
      { ...ROW, status: 'declined', reason: 'payee-not-reachable' },
      { ...ROW, status: 'failed', reason: 'signed-out' },
    ];
    const payment = { items, accountName: 'Main account', accountIban: 'FR00' };
    const rows = paymentResults(payment as unknown as Payment);
    expect(rows.map(({ status, reason }) => [status, reason])).toEqual([
      ['declined', 'payee-not-reachable'],
      ['failed', undefined],
    ]);
    expect(resultsCsv(rows)).not.toMatch(/Main account|FR00/);
  });
});
