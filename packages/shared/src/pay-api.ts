import { z } from 'zod';
import { Snapshot } from './intent.js';
import { PAYMENT_REASONS, PAYMENT_STATUSES } from './status.js';

/** The API of our own pay page, `/pay/api`: same-origin only, with the payer's session. */

export const PAYEE_CHECKS = [
  'pending',
  'match',
  'close_match',
  'no_match',
  'not_possible',
] as const;
export type PayeeCheckResult = (typeof PAYEE_CHECKS)[number];

/** Why the page asks to sign in: nobody has, Qonto wants a permission, or the sign-in is too old. */
export const SIGN_IN_REASONS = ['signed-out', 'consent', 'fresh'] as const;

export const APPROVAL_METHODS = ['paired-device', 'passkey'] as const;
export type ApprovalMethod = (typeof APPROVAL_METHODS)[number];

const PayeeCheck = z.strictObject({
  result: z.enum(PAYEE_CHECKS),
  /** The holder's name by the bank, at a close match. Shown and recorded, never substituted. */
  bankName: z.string().nullable(),
});

const ReviewItem = z.strictObject({
  index: z.int(),
  payee: z.strictObject({ name: z.string(), iban: z.string() }),
  amount: z.string(),
  /** As it will be sent, in the SEPA character set. */
  reference: z.string(),
  /** The partner wrote it otherwise; the page says that it was simplified. */
  referenceSimplified: z.boolean(),
  dueDate: z.string().nullable(),
  payeeCheck: PayeeCheck,
  /** The name under which the payer's Qonto knows this IBAN, when it differs from the one given. */
  savedName: z.string().nullable(),
  trusted: z.boolean(),
});
export type ReviewItem = z.infer<typeof ReviewItem>;

const Account = z.strictObject({
  id: z.string(),
  name: z.string(),
  iban: z.string(),
  /** `null`: the member's role may not see it. */
  balance: z.string().nullable(),
});

export const Review = z
  .strictObject({
    /** Sent back with the confirmation; an older one is refused with `review-changed`. */
    version: z.int(),
    items: z.array(ReviewItem),
    accounts: z.array(Account),
    accountId: z.string(),
    /** The account holds less than the amount: a warning, the bank decides. */
    balanceTooLow: z.boolean(),
    /** `none`: every payee is trusted, so Qonto will not ask on the phone. */
    approval: z.enum(['phone', 'none']),
    /** `acceptPayee` must come with the confirmation (any result but a match). */
    decisionNeeded: z.boolean(),
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof Review>;

export const PayPayment = z
  .strictObject({
    status: z.enum(PAYMENT_STATUSES),
    /** Why it was declined or failed; told only here, and only to the member who confirmed. */
    reason: z.enum(PAYMENT_REASONS).nullable(),
    amount: z.string(),
    payee: z.strictObject({ name: z.string(), iban: z.string() }),
    reference: z.string(),
    account: z.string().nullable(),
    /** The signed-in member confirmed it. Others of the organisation see the status only. */
    mine: z.boolean(),
    approval: z
      .strictObject({
        method: z.enum([...APPROVAL_METHODS, 'mock']),
        startedAt: z.iso.datetime(),
        expiresAt: z.iso.datetime(),
      })
      .nullable(),
    cancelable: z.boolean(),
  })
  .meta({ id: 'PayPayment' });
export type PayPayment = z.infer<typeof PayPayment>;

/** Not `nullable()`: of a named schema it would say "object and null" in the OpenAPI document. */
const orNull = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()]);

/**
 * All that the pay page shows; also the one event of its stream (`event: state`). Before sign-in
 * `snapshot`, `member`, `review` and `payment` are null: the page tells nothing of the invoice.
 */
export const PayState = z
  .strictObject({
    intent: z.string(),
    partner: z.strictObject({ name: z.string() }),
    returnUrl: z.string(),
    serverTime: z.iso.datetime(),
    /** `null`: signed in, and nothing more is asked. */
    signIn: z.strictObject({ url: z.string(), reason: z.enum(SIGN_IN_REASONS) }).nullable(),
    member: z.strictObject({ name: z.string(), organization: z.string() }).nullable(),
    /** The bank does not answer: said in a sentence, and the page goes on trying. */
    bankUnavailable: z.boolean(),
    /** Qonto does not let this member prepare a payment (role or plan). */
    notAllowed: z.boolean(),
    snapshot: orNull(Snapshot),
    review: orNull(Review),
    payment: orNull(PayPayment),
  })
  .meta({ id: 'PayState' });
export type PayState = z.infer<typeof PayState>;

/** Fields of `POST /pay/api/intents/{id}/review`: the payer chooses another account. */
export const ReviewForm = z
  .strictObject({ pageToken: z.string(), account: z.string() })
  .meta({ id: 'ReviewForm' });

/** Fields of the one confirmation form; `acceptPayee=yes` is the decision about the payee. */
export const ConfirmForm = z
  .strictObject({
    idempotencyKey: z.string(),
    pageToken: z.string(),
    reviewVersion: z.string(),
    account: z.string(),
    acceptPayee: z.literal('yes').optional(),
    lang: z.string().optional(),
  })
  .meta({ id: 'ConfirmForm' });
export type ConfirmForm = z.infer<typeof ConfirmForm>;

export const PageForm = z.strictObject({ pageToken: z.string() }).meta({ id: 'PageForm' });

/** "Send again" or another method: ends the attempt and opens a new one in the same payment (I-4). */
export const ApprovalForm = z
  .strictObject({ pageToken: z.string(), method: z.enum(APPROVAL_METHODS) })
  .meta({ id: 'ApprovalForm' });

/** `GET /pay/api/flows/{flow}`: where the opening page goes on to. */
export const FlowState = z
  .strictObject({ state: z.enum(['waiting', 'ready', 'failed']), url: z.string().nullable() })
  .meta({ id: 'FlowState' });
export type FlowState = z.infer<typeof FlowState>;
