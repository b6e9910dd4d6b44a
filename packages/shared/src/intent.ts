import { z } from 'zod';
import { LINK_STATUSES, PAYMENT_STATUSES } from './status.js';

/** Why an intent cannot be paid (design: intents). */
export const WHY = ['paid', 'in-progress', 'withdrawn', 'lapsed'] as const;
/** What the payer can do now; `open`: something is to be done or read on the pay page. */
export const NEXT_ACTIONS = ['none', 'wait', 'phone', 'open'] as const;

const publicStatus = z.enum(['open', ...PAYMENT_STATUSES]).exclude(['approved', 'not_enrolled']);

const frame = {
  id: z.string(),
  seq: z.int(),
  final: z.boolean(),
  payable: z.boolean(),
  why: z.enum(WHY).nullable(),
  count: z.int(),
  amount: z.string(),
  currency: z.literal('EUR'),
  items: z.array(z.strictObject({ index: z.int(), status: publicStatus })),
  nextAction: z.enum(NEXT_ACTIONS),
  pageSeenAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  serverTime: z.iso.datetime(),
};

/** Of an intent to pay. It names no payer, payee or IBAN. */
export const TransferSnapshot = z
  .strictObject({ ...frame, kind: z.literal('transfer'), status: publicStatus })
  .meta({ id: 'TransferSnapshot' });
export type TransferSnapshot = z.infer<typeof TransferSnapshot>;

/**
 * Of an intent to collect: `payable` means that a link may be made now. It names neither the client
 * nor how they paid.
 */
export const LinkSnapshot = z
  .strictObject({
    ...frame,
    kind: z.literal('link'),
    status: z.enum(LINK_STATUSES),
    /** `null`: there is none (yet). Its address is made to be shared. */
    link: z.strictObject({ url: z.url(), reusable: z.boolean(), paidCount: z.int() }).nullable(),
  })
  .meta({ id: 'LinkSnapshot' });
export type LinkSnapshot = z.infer<typeof LinkSnapshot>;

/**
 * The public snapshot: all that whoever holds an intent's id may know. Times are ISO 8601 in UTC.
 * `seq` grows by one with each event of the intent, without gaps.
 */
export const Snapshot = z
  .discriminatedUnion('kind', [TransferSnapshot, LinkSnapshot])
  .meta({ id: 'Snapshot' });
export type Snapshot = z.infer<typeof Snapshot>;
