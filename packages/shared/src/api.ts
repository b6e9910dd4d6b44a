import { z } from 'zod';
import { CreateLinkIntent, PartnerLink } from './collect-api.js';
import { Snapshot } from './intent.js';
import { PAYMENT_REASONS, PAYMENT_STATUSES } from './status.js';

/**
 * Partner API. Shapes only: what an amount, an IBAN or a name must look like is checked by the
 * core (`money.ts`, `iban.ts`, `sepa-text.ts`), so that each fault has a code of its own.
 */
export const IntentItem = z
  .strictObject({
    externalRef: z.string().meta({ description: 'Your id of the invoice, 1-64 visible ASCII.' }),
    amount: z.string().meta({ description: 'Decimal string, at most two decimals.' }),
    currency: z.string(),
    payee: z.strictObject({ name: z.string(), iban: z.string() }),
    reference: z.string().meta({ description: 'Remittance information, at most 140 characters.' }),
    dueDate: z.string().optional().meta({ description: 'YYYY-MM-DD' }),
    attachments: z
      .array(z.strictObject({ url: z.string(), sha256: z.string() }))
      .max(5)
      .optional()
      .meta({ description: 'PDF, JPEG or PNG on a host that you registered; sha256 in hex.' }),
  })
  .meta({ id: 'IntentItem' });
export type IntentItem = z.infer<typeof IntentItem>;

export const CreateTransferIntent = z
  .strictObject({
    kind: z.literal('transfer'),
    items: z.array(IntentItem).min(1),
    returnUrl: z.string(),
  })
  .meta({ id: 'CreateTransferIntent' });
export type CreateTransferIntent = z.infer<typeof CreateTransferIntent>;

/** What is to be paid (`transfer`), or collected (`link`). */
export const CreateIntent = z
  .discriminatedUnion('kind', [CreateTransferIntent, CreateLinkIntent])
  .meta({ id: 'CreateIntent' });
export type CreateIntent = z.infer<typeof CreateIntent>;

/** What a partner sees of its own intent. */
export const PartnerIntent = z
  .strictObject({
    id: z.string(),
    url: z.url(),
    status: z.string(),
    payable: z.boolean(),
    why: z.string().nullable(),
    amount: z.string(),
    currency: z.literal('EUR'),
    count: z.int(),
    items: z.array(z.strictObject({ index: z.int(), externalRef: z.string(), status: z.string() })),
    link: PartnerLink.nullable()
      .optional()
      .meta({ description: 'Of an intent of kind `link`; `null` until there is one.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'PartnerIntent' });
export type PartnerIntent = z.infer<typeof PartnerIntent>;

/** A payment as its partner may know it: no payer data. `reason` says why the bank declined. */
export const PartnerPayment = z
  .strictObject({
    id: z.string(),
    intent: z.string(),
    status: z.enum(PAYMENT_STATUSES),
    final: z.boolean(),
    reason: z.enum(PAYMENT_REASONS).nullable(),
    count: z.int(),
    amount: z.string(),
    currency: z.literal('EUR'),
    items: z.array(
      z.strictObject({
        index: z.int().meta({ description: 'The row of its intent.' }),
        externalRef: z.string(),
        amount: z.string(),
        status: z.enum(PAYMENT_STATUSES),
        reason: z.enum(PAYMENT_REASONS).nullable(),
        transferId: z.string().nullable(),
        scheduledOn: z.string().nullable().meta({ description: 'YYYY-MM-DD, else at once.' }),
      }),
    ),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'PartnerPayment' });
export type PartnerPayment = z.infer<typeof PartnerPayment>;

export const PartnerPayments = z
  .strictObject({ payments: z.array(PartnerPayment) })
  .meta({ id: 'PartnerPayments' });

export const Snapshots = z.strictObject({ intents: z.array(Snapshot) }).meta({ id: 'Snapshots' });

/** An intent's id where a body names it. */
export const IntentId = z
  .string()
  .regex(/^in_[0-9a-z]{1,64}$/, { error: 'Send the id of an intent.' });

/** `PUT /v1/flows/{flow}`: the widget says which intent its window is for, or that there is none. */
export const FlowAnswer = z
  .union([z.strictObject({ intent: IntentId }), z.strictObject({ failed: z.literal(true) })])
  .meta({ id: 'FlowAnswer' });
