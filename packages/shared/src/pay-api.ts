import { z } from 'zod';
import { PayLink } from './collect-api.js';
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

/** What needs a permission of its own, asked for when it is first needed. */
export const CONSENTS = ['documents', 'ask', 'review', 'collect'] as const;
export type Consent = (typeof CONSENTS)[number];

export const APPROVAL_METHODS = ['paired-device', 'passkey'] as const;
export type ApprovalMethod = (typeof APPROVAL_METHODS)[number];

/** One row of the intent, whatever happens to it. Rows keep their `index` for ever. */
const PayItem = z
  .strictObject({
    index: z.int(),
    externalRef: z.string(),
    payee: z.strictObject({ name: z.string(), iban: z.string() }),
    amount: z.string(),
    /** As it will be sent, in the SEPA character set. */
    reference: z.string(),
    /** The partner wrote it otherwise; the page says that it was simplified. */
    referenceSimplified: z.boolean(),
    dueDate: z.string().nullable(),
    /** `open`: never paid here. Of a payment that is not the member's own: as the world sees it. */
    status: z.enum(['open', ...PAYMENT_STATUSES]),
    /** Why it was declined or failed; told only to the member who confirmed. */
    reason: z.enum(PAYMENT_REASONS).nullable(),
    /** YYYY-MM-DD: the bank sends it on this day. */
    scheduledOn: z.string().nullable(),
    /** May be selected for a new payment now. */
    payable: z.boolean(),
    /** Accepted for a later day and not sent yet: the member may still withdraw it. */
    cancelable: z.boolean(),
    /** Settled by this member: the bank has a PDF that proves it. */
    hasProof: z.boolean(),
  })
  .meta({ id: 'PayItem' });
export type PayItem = z.infer<typeof PayItem>;

export const PAYEE_WARNINGS = [
  /** Another selected row has the same IBAN under another name. */
  'shared-iban',
  /** This supplier was last paid to another IBAN: `lastIban`. */
  'iban-changed',
] as const;
export type PayeeWarning = (typeof PAYEE_WARNINGS)[number];

/** What the bank knows of a payable row, and how it would be paid. In the order of the rows. */
const ReviewItem = z
  .strictObject({
    index: z.int(),
    payeeCheck: z.strictObject({
      /** `unchecked`: not among those that were checked last. */
      result: z.enum(['unchecked', ...PAYEE_CHECKS]),
      /** The holder's name by the bank, at a close match. Shown and recorded, never substituted. */
      bankName: z.string().nullable(),
      /** A later check says otherwise than this earlier one: shown, and decided anew. */
      was: z.enum(PAYEE_CHECKS).nullable(),
    }),
    warnings: z.array(z.enum(PAYEE_WARNINGS)),
    /** With `iban-changed`: where the last payment went. */
    lastIban: z.string().nullable(),
    /** The row must be among `accept` of the confirmation. */
    decisionNeeded: z.boolean(),
    /** The name under which the payer's Qonto knows this IBAN, when it differs from the one given. */
    savedName: z.string().nullable(),
    trusted: z.boolean(),
    /** `instant` is what the bank tries by its limits; it may fall back to `standard`. */
    speed: z.enum(['instant', 'standard', 'scheduled']),
    /** YYYY-MM-DD with `scheduled`. */
    executesOn: z.string().nullable(),
    /** Above 30,000 EUR one is needed. `fetching`: from the partner, on its way to the bank. */
    document: z.enum(['not-needed', 'missing', 'consent', 'fetching', 'failed', 'ready']),
  })
  .meta({ id: 'ReviewItem' });
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
    /** Every payable row. */
    items: z.array(ReviewItem),
    /** The rows that the payer wants to pay now. */
    selected: z.array(z.int()),
    /** `one`: this member or plan may not pay many at once, so rows are paid one after the other. */
    selectable: z.enum(['many', 'one']),
    /** Of the selected rows. */
    count: z.int(),
    amount: z.string(),
    /**
     * The bank's check of exactly the selected payees. `needed`: the selection has changed since
     * the last one, so the payer asks for it (`check=yes`) before there is something to confirm.
     */
    check: z.enum(['needed', 'pending', 'done']),
    accounts: z.array(Account),
    accountId: z.string(),
    /** The account holds less than the amount: a warning, the bank decides. */
    balanceTooLow: z.boolean(),
    /** `none`: every payee is trusted, so Qonto will not ask on the phone. */
    approval: z.enum(['phone', 'none']),
    /** At least one selected row needs a decision. */
    decisionNeeded: z.boolean(),
    /** `now`, `due` (each row on its due date) or YYYY-MM-DD. */
    payOn: z.string(),
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof Review>;

/** The payment that the intent shows; what became of each row stands in `PayState.items`. */
export const PayPayment = z
  .strictObject({
    id: z.string(),
    /** `request`: a colleague was asked to pay it. */
    kind: z.enum(['transfer', 'bulk', 'request']),
    status: z.enum(PAYMENT_STATUSES),
    /** Why it was declined or failed; told only here, and only to the member who confirmed. */
    reason: z.enum(PAYMENT_REASONS).nullable(),
    /** Its rows. */
    items: z.array(z.int()),
    amount: z.string(),
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
    /** The whole payment may be stopped: it waits for its approval. */
    cancelable: z.boolean(),
    /** A request that waits for an owner or admin of the member's own organisation. */
    reviewable: z.boolean(),
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
    /** `GET …/bank-transfer` has something to show: how to pay from any bank. */
    bankTransfer: z.boolean(),
    /** The selected rows can be passed on to a colleague who may pay ("Prepare and ask"). */
    canAsk: z.boolean(),
    /** Where to allow what Qonto has not been allowed yet; `null`: allowed, or not needed here. */
    consents: z.strictObject({
      documents: z.string().nullable(),
      ask: z.string().nullable(),
      review: z.string().nullable(),
      collect: z.string().nullable(),
    }),
    snapshot: orNull(Snapshot),
    /** Every row of the intent, in order; empty before sign-in. */
    items: z.array(PayItem),
    review: orNull(Review),
    payment: orNull(PayPayment),
    /** Of an intent to collect; then `items` is empty, `review` and `payment` are null. */
    link: orNull(PayLink),
  })
  .meta({ id: 'PayState' });
export type PayState = z.infer<typeof PayState>;

/** Rows as a form sends them: a repeated field, or one with `0,3-7`. */
const Rows = z.union([z.string(), z.array(z.string())]);

/**
 * Fields of `POST /pay/api/intents/{id}/review`: what the payer chooses before the confirmation.
 * `select` are the rows to pay (`all`, `0,3-7`, or repeated); `check=yes` asks the bank about them.
 */
export const ReviewForm = z
  .strictObject({
    pageToken: z.string(),
    account: z.string().optional(),
    select: Rows.optional(),
    payOn: z.string().optional(),
    check: z.literal('yes').optional(),
  })
  .meta({ id: 'ReviewForm' });

/**
 * Fields of the one confirmation form. `accept` are the rows whose decision the payer has made, as
 * in `select`; with one row `acceptPayee=yes` says the same.
 */
export const ConfirmForm = z
  .strictObject({
    idempotencyKey: z.string(),
    pageToken: z.string(),
    reviewVersion: z.string(),
    account: z.string(),
    accept: Rows.optional(),
    acceptPayee: z.literal('yes').optional(),
    lang: z.string().optional(),
  })
  .meta({ id: 'ConfirmForm' });
export type ConfirmForm = z.infer<typeof ConfirmForm>;

/** `POST …/cancel`: the payment that waits for its approval, or these scheduled `items`. */
export const CancelForm = z
  .strictObject({ pageToken: z.string(), items: Rows.optional() })
  .meta({ id: 'CancelForm' });

/**
 * `POST …/request`: "Prepare and ask" for the rows that the page shows as selected; others are
 * refused with `review-changed`. The note is read by the colleague.
 */
export const RequestForm = z
  .strictObject({
    idempotencyKey: z.string(),
    pageToken: z.string(),
    reviewVersion: z.string(),
    select: Rows,
    account: z.string().optional(),
    note: z.string().max(140).optional(),
    lang: z.string().optional(),
  })
  .meta({ id: 'RequestForm' });

/**
 * `POST …/request/approve` (then the phone) and `POST …/request/decline` (with a `note`): of the
 * `payment` that the page shows; another one by now is refused with `review-changed`.
 */
export const RequestDecisionForm = z
  .strictObject({
    idempotencyKey: z.string(),
    pageToken: z.string(),
    payment: z.string(),
    note: z.string().max(500).optional(),
  })
  .meta({ id: 'RequestDecisionForm' });

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
