import { z } from 'zod';
import { PAYMENT_STATUSES } from './status.js';

/** Why an intent cannot be paid (design: intents). */
export const WHY = ['paid', 'in-progress', 'withdrawn', 'lapsed'] as const;
/** What the payer can do now; `open`: something is to be done or read on the pay page. */
export const NEXT_ACTIONS = ['none', 'wait', 'phone', 'open'] as const;

const publicStatus = z.enum(['open', ...PAYMENT_STATUSES]).exclude(['approved', 'not_enrolled']);

/**
 * The public snapshot: all that whoever holds an intent's id may know. Times are ISO 8601 in UTC.
 * `seq` grows by one with each event of the intent, without gaps. It names no payer, payee or IBAN.
 */
export const Snapshot = z
  .strictObject({
    id: z.string(),
    seq: z.int(),
    kind: z.enum(['transfer', 'link']),
    status: publicStatus,
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
  })
  .meta({ id: 'Snapshot' });

export type Snapshot = z.infer<typeof Snapshot>;
