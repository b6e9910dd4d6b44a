import type { LinkState } from '@qonto-pay/shared';
import { expect } from 'vitest';
import { canLinkBecome, holdsInvoice } from '../../src/links/link-state-machine.js';
import type { BankLinkRow } from './bank.js';
import type { LinkRow } from './link-journey.js';
import type { World } from './world.js';

interface StoredLink extends LinkRow {
  partner_id: string;
  external_ref: string;
  version: number;
  amount_cents: string;
  transitions: { seq: number; from_status: LinkState | null; to_status: LinkState }[];
  audited: string[];
  alarms: string[];
}

/**
 * The rules of links over everything that this world has done: one invoice, one link that may be
 * paid; one request, one send; every change appended and audited; each link at the bank is one's.
 */
export async function assertLinksSound(world: World): Promise<void> {
  const links = await readLinks(world);
  if (links.length === 0) return;
  for (const link of links) assertHistory(link);
  const held = links.filter(({ status }) => holdsInvoice(status) && status !== 'paid');
  assertOnce(held.map(invoiceOf));
  assertPaidOnce(links);
  assertOnce(links.flatMap(({ bank_id }) => bank_id ?? []));
  const atBank = new Map((await world.bank.ledger()).payment_links.map((link) => [link.id, link]));
  for (const link of links) assertAtBank(link, atBank.get(link.bank_id ?? ''));
}

const invoiceOf = (link: StoredLink): string => `${link.partner_id} ${link.external_ref}`;

/** Beside a link that is paid a client can pay no other one, or a person was told. */
function assertPaidOnce(links: StoredLink[]): void {
  const isPayable = ({ status }: StoredLink) => ['open', 'processing', 'paid'].includes(status);
  for (const paid of links.filter(({ status }) => status === 'paid')) {
    const both = links.filter((link) => isPayable(link) && invoiceOf(link) === invoiceOf(paid));
    if (both.length > 1) expect(both.flatMap(({ alarms }) => alarms)).toContain(BESIDE);
  }
}

const BESIDE = 'alarm:paid-beside-another-link';

const assertOnce = (names: string[]) => expect(names).toEqual([...new Set(names)]);

/** I-8: its state is the end of an unbroken, audited history that the table allows. */
function assertHistory({ id, transitions, audited, version, status }: StoredLink): void {
  expect([id, transitions.map(({ seq }) => seq)]).toEqual([
    id,
    Array.from({ length: version + 1 }, (_, seq) => seq),
  ]);
  let before: LinkState | null = null;
  for (const { from_status, to_status } of transitions) {
    expect([id, from_status]).toEqual([id, before]);
    expect([
      id,
      to_status,
      before ? canLinkBecome(before, to_status) : to_status === 'making',
    ]).toEqual([id, to_status, true]);
    before = to_status;
  }
  expect([id, status]).toEqual([id, before]);
  expect([id, audited]).toEqual([id, transitions.map(({ to_status }) => `link:${to_status}`)]);
}

function assertAtBank(link: StoredLink, bank: BankLinkRow | undefined): void {
  const { id, status, bank_id, named_by_bank } = link;
  if (bank_id === null) {
    expect(['making', 'unknown', 'refused', 'failed'], id).toContain(status);
    expect([id, named_by_bank]).toEqual([id, false]);
    return;
  }
  expect([id, bank?.amount_cents]).toEqual([id, Number(link.amount_cents)]);
  const isPaid = bank?.payments.some((payment) => payment.status === 'paid');
  if (status === 'paid') expect([id, isPaid]).toEqual([id, true]);
}

async function readLinks({ database }: World): Promise<StoredLink[]> {
  const { rows } = await database.query<StoredLink>(`
    select l.*,
      (select json_agg(t order by t.seq) from link_transitions t where t.link_id = l.id)
        as transitions,
      (select array_agg(a.action order by a.id) from audit_log a
        where a.detail->>'link' = l.id and a.action like 'link:%') as audited,
      array(select a.action from audit_log a
        where a.detail->>'link' = l.id and a.action like 'alarm:%') as alarms
    from links l`);
  return rows;
}
