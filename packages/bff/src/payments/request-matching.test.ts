import { describe, expect, it } from 'vitest';
import type { BankTransfer, KnownPayee } from './ports.js';
import type { LeasedAttempt, PaymentItem } from './records.js';
import { matchTransfers } from './request-matching.js';

const TAG = 'QP-ABCD1234';
const APPROVED = Date.parse('2026-07-01T10:00:00Z');
const at = (seconds: number) => new Date(APPROVED + seconds * 1000);
const EARLY = at(5);
const LATE = at(61);

const row = (index: number, changes: Partial<PaymentItem> = {}): PaymentItem => ({
  index,
  ...{
    externalRef: `INV-${index}`,
    amountCents: 1000n,
    remittance: 'Invoice',
    status: 'processing',
  },
  ...{ payeeName: 'A', payeeIban: 'FR-A', beneficiaryId: undefined, scheduledOn: undefined },
  ...{ clientTransferId: '', reason: undefined, transferId: undefined, payeeVerified: false },
  ...changes,
});

const transfer = (id: string, changes: Partial<BankTransfer> = {}): BankTransfer => ({
  id,
  ...{ status: 'processing', declinedReason: undefined, amountCents: 1000n, currency: 'EUR' },
  ...{ accountId: 'any', beneficiaryId: 'b-A', reference: 'Invoice', note: TAG, createdAt: at(1) },
  ...changes,
});

/** Two payees; the bank lists one id of each, and `b-A2` is another one of the first. */
const IBANS: Record<string, string> = { 'b-A': 'FR-A', 'b-A2': 'FR-A', 'b-B': 'FR-B' };
const payee = (id: string): KnownPayee => ({ id, name: '', iban: IBANS[id] ?? '', trusted: false });
const bank = {
  findPayees: async (_connection: string, ibans: readonly string[]) => ({
    known: new Map(
      [payee('b-A'), payee('b-B')]
        .filter(({ iban }) => ibans.includes(iban))
        .map((one) => [one.iban, one]),
    ),
    at: EARLY,
  }),
  payee: async (_connection: string, id: string) => (IBANS[id] ? payee(id) : undefined),
};

async function match(rows: PaymentItem[], transfers: BankTransfer[], now = EARLY) {
  const leased = {
    payment: { items: rows, createdAt: at(-60) },
    attempt: { tag: TAG, connectionId: 'c', followedUntil: at(-120), firstSentAt: at(-30) },
  } as unknown as LeasedAttempt;
  const without = rows.filter(({ transferId }) => transferId === undefined);
  const found = await matchTransfers(bank, leased, { without, listing: { transfers, at: now } });
  const pairs = found.changes.map(({ index, transferId }) => [index, transferId]);
  return { pairs, ambiguous: found.ambiguous };
}

const nothing = { pairs: [], ambiguous: [] };

describe('matchTransfers', () => {
  it('ties each row to the transfer of its amount, reference and payee', async () => {
    const rows = [row(0), row(4, { payeeIban: 'FR-B' }), row(7, { remittance: 'Other' })];
    const transfers = [
      transfer('t-7', { reference: 'Other' }),
      transfer('t-4', { beneficiaryId: 'b-B' }),
      transfer('t-0'),
    ];
    const pairs = [
      [0, 't-0'],
      [4, 't-4'],
      [7, 't-7'],
    ];
    expect(await match(rows, transfers)).toEqual({ pairs, ambiguous: [] });
  });

  it('ties no transfer twice, however alike the rows are', async () => {
    const rows = [row(0), row(1), row(2)];
    const { pairs } = await match(rows, [transfer('x'), transfer('y')]);
    expect(pairs).toEqual([
      [0, 'x'],
      [1, 'y'],
    ]);
    const later = [row(0, { transferId: 'x' }), row(1)];
    expect((await match(later, [transfer('x'), transfer('y')])).pairs).toEqual([[1, 'y']]);
  });

  it.each<[string, Partial<BankTransfer>]>([
    ['another amount', { amountCents: 1001n }],
    ['another currency', { currency: 'USD' }],
    ['another reference', { reference: 'Invoice 2' }],
    ['another payee', { beneficiaryId: 'b-B' }],
    ['a payee that the bank does not know', { beneficiaryId: 'b-X' }],
    ['no payee', { beneficiaryId: undefined }],
    ['a time long before the approval', { createdAt: at(-121) }],
  ])('takes none of %s, even with our tag', async (_what, changes) => {
    expect(await match([row(0)], [transfer('x', changes)], LATE)).toEqual(nothing);
  });

  it('knows a payee by whichever of its ids', async () => {
    const found = await match([row(0)], [transfer('x', { beneficiaryId: 'b-A2' })]);
    expect(found.pairs).toEqual([[0, 'x']]);
  });

  it('takes the one with our tag, never one with the tag of another request', async () => {
    const others = [
      transfer('by-hand', { note: 'Thanks' }),
      transfer('another', { note: 'July · QP-ZZZZ9999' }),
    ];
    const ours = transfer('ours', { note: `July · ${TAG}` });
    expect((await match([row(0)], [...others, ours], LATE)).pairs).toEqual([[0, 'ours']]);
    expect(await match([row(0)], others.slice(1), LATE)).toEqual(nothing);
  });

  it('waits a minute for our tag, then takes the only one without any', async () => {
    const untagged = transfer('x', { note: '' });
    expect(await match([row(0)], [untagged])).toEqual(nothing);
    expect((await match([row(0)], [untagged], LATE)).pairs).toEqual([[0, 'x']]);
    const twins = [untagged, transfer('y', { note: '' })];
    expect((await match([row(0), row(1)], twins, LATE)).pairs).toHaveLength(2);
  });

  it('leaves to a person what two transfers without a tag could be', async () => {
    const twins = [transfer('x', { note: '' }), transfer('y', { note: 'By hand' })];
    const other = transfer('z', { note: '', beneficiaryId: 'b-B' });
    const rows = [row(0), row(1, { payeeIban: 'FR-B' })];
    expect(await match(rows, [...twins, other], LATE)).toEqual({
      pairs: [[1, 'z']],
      ambiguous: [0],
    });
  });
});
