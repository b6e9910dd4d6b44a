import { z } from 'zod';
import { centsOf } from '../money.js';
import { dayOf, isDay } from '../settlement.js';
import { parseBody } from './body.js';
import type { ApiCall } from './endpoint.js';
import { ibanField, text } from './fields.js';

/** Facts 4.4: above that a transfer needs an attachment. */
const NEEDS_ATTACHMENT_ABOVE_CENTS = 3_000_000;

const amountField = z.string().transform((amount, context) => {
  const cents = centsOf(amount);
  if (cents !== undefined && cents > 0) return cents;
  context.addIssue({
    code: 'custom',
    message: 'must be a positive decimal with at most two decimals',
    params: { code: 'invalid_amount' },
  });
  return z.NEVER;
});

const InlineBeneficiary = z.object({
  name: text(140),
  iban: ibanField,
  bic: z.string().nullish(),
  email: z.string().nullish(),
  activity_tag: z.string().nullish(),
});

const Transfer = z
  .object({
    bank_account_id: z.string(),
    beneficiary_id: z.string().optional(),
    beneficiary: InlineBeneficiary.optional(),
    reference: text(140),
    amount: amountField,
    note: z.string().nullish(),
    scheduled_date: z.string().optional(),
    attachment_ids: z.array(z.uuid('must be a UUID')).optional(),
  })
  .superRefine((transfer, context) => {
    const refuse = (field: string, code: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message, params: { code } });
    if ((transfer.beneficiary_id === undefined) === (transfer.beneficiary === undefined)) {
      refuse('beneficiary_id', 'invalid', 'or beneficiary must be given, and not both');
    }
    const hasAttachment = (transfer.attachment_ids ?? []).length > 0;
    if (transfer.amount > NEEDS_ATTACHMENT_ABOVE_CENTS && !hasAttachment) {
      refuse('attachment_ids', 'attachment_required', 'is required above 30,000 EUR');
    }
  });

const CreateTransfer = z.object({
  vop_proof_token: z.string().optional(),
  transfer: Transfer,
});

export type TransferBody = z.output<typeof Transfer> & { readonly scheduledDate: string };

/** The body of a transfer, checked for everything that needs no look into the books. */
export function parseTransfer(call: ApiCall): {
  proof: string | undefined;
  transfer: TransferBody;
} {
  const today = dayOf(call.bank.clock.now());
  const schema = CreateTransfer.superRefine(({ transfer }, context) => {
    const day = transfer.scheduled_date;
    if (day === undefined || (isDay(day) && day >= today)) return;
    context.addIssue({
      code: 'custom',
      path: ['transfer', 'scheduled_date'],
      message: 'must be a day, today or later',
      params: { code: 'invalid_date' },
    });
  });
  const { transfer, vop_proof_token } = parseBody(call, schema);
  return {
    proof: vop_proof_token,
    transfer: { ...transfer, scheduledDate: transfer.scheduled_date ?? today },
  };
}
