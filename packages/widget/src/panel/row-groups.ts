import type { Snapshot } from '@qonto-pay/shared';

type Status = Snapshot['items'][number]['status'];

/** Rows that fare alike, in the order in which they are told of. */
export const GROUPS = ['paid', 'failed', 'checked', 'scheduled', 'waiting', 'open'] as const;
export type Group = (typeof GROUPS)[number];

const FAILED: Status[] = ['declined', 'denied', 'expired', 'canceled', 'failed'];
const MEMBERS: Partial<Record<Group, Status[]>> = {
  paid: ['settled', 'sent_unconfirmed'],
  failed: FAILED,
  scheduled: ['scheduled'],
  waiting: ['confirmed', 'sending', 'approval_needed', 'requested', 'processing'],
  open: ['open'],
};

/** Row numbers by group. Rows count from 1, as people do. */
export function rowsByGroup({ items }: Snapshot): Record<Group, number[]> {
  const rows: Record<Group, number[]> = {
    paid: [],
    failed: [],
    checked: [],
    scheduled: [],
    waiting: [],
    open: [],
  };
  for (const { index, status } of items) {
    // A status that we do not know never reads as paid or failed.
    const group = GROUPS.find((it) => MEMBERS[it]?.includes(status)) ?? 'checked';
    rows[group].push(index + 1);
  }
  return rows;
}

/** How many rows may still be paid. */
export const freeCount = ({ items }: Snapshot): number =>
  items.filter(({ status }) => status === 'open' || FAILED.includes(status)).length;
