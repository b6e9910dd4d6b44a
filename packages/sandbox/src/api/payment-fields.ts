import { z } from 'zod';
import { centsOf } from '../money.js';
import { dayOf, isDay } from '../settlement.js';
import type { ApiCall } from './endpoint.js';
import { ibanField, text } from './fields.js';

/** Facts 4.4: above that a transfer needs an attachment. */
export const NEEDS_ATTACHMENT_ABOVE_CENTS = 3_000_000;

/** Facts 4.2: all 31 of them. */
const ACTIVITY_TAGS = [
  ...['atm', 'fallback', 'fees', 'finance', 'food_and_grocery', 'gas_station'],
  ...['hardware_and_equipment', 'hotel_and_lodging', 'insurance', 'it_and_electronics'],
  ...['legal_and_accounting', 'logistics', 'manufacturing', 'marketing', 'office_rental'],
  ...['office_supply', 'online_service', 'other_expense', 'other_income', 'other_service'],
  ...['pending', 'refund', 'restaurant_and_bar', 'sales', 'salary', 'subscription', 'tax'],
  ...['transport', 'treasury_and_interco', 'utility', 'voucher'],
];

/** A decimal string, as positive cents. */
export const amountField = z.string().transform((amount, context) => {
  const cents = centsOf(amount);
  if (cents !== undefined && cents > 0) return cents;
  context.addIssue({
    code: 'custom',
    message: 'must be a positive decimal with at most two decimals',
    params: { code: 'invalid_amount' },
  });
  return z.NEVER;
});

export const activityTagField = z.string().refine((tag) => ACTIVITY_TAGS.includes(tag), {
  error: 'is not an activity tag',
  params: { code: 'not_in_list' },
});

/** What a body is read by, beside its own shape. */
export interface BodyRules {
  /** The bank's own day. */
  readonly today: string;
  readonly mostReference: number;
}

export function bodyRules({ bank }: Pick<ApiCall, 'bank'>): BodyRules {
  return {
    today: dayOf(bank.clock.now()),
    mostReference: bank.switches.get('reference_max_length'),
  };
}

/** A day that may still be executed, told by the bank's own day. */
export const dayField = ({ today }: BodyRules) =>
  z.string().refine((day) => isDay(day) && day >= today, {
    error: 'must be a day, today or later',
    params: { code: 'invalid_date' },
  });

export const attachmentIdsField = z.array(z.uuid('must be a UUID')).optional();

export const BeneficiaryFields = z.object({
  name: text(140),
  iban: ibanField,
  bic: z.string().nullish(),
  email: z.string().nullish(),
  activity_tag: activityTagField.nullish(),
});

/** Who is paid: exactly one of the two. */
export const payeeFields = {
  beneficiary_id: z.string().optional(),
  beneficiary: BeneficiaryFields.optional(),
};

export interface PayeeFields {
  readonly beneficiary_id?: string | undefined;
  readonly beneficiary?: z.output<typeof BeneficiaryFields> | undefined;
}

/** Adds an issue when both or none of the two stand in the body. */
export function refineOnePayee(order: PayeeFields, context: z.RefinementCtx): void {
  if ((order.beneficiary_id === undefined) !== (order.beneficiary === undefined)) return;
  addIssue(context, 'beneficiary_id', {
    code: 'invalid',
    message: 'or beneficiary must be given, and not both',
  });
}

export function refineAttachment(
  order: { readonly amount: number; readonly attachment_ids?: readonly string[] | undefined },
  context: z.RefinementCtx,
): void {
  const hasAttachment = (order.attachment_ids ?? []).length > 0;
  if (order.amount <= NEEDS_ATTACHMENT_ABOVE_CENTS || hasAttachment) return;
  addIssue(context, 'attachment_ids', {
    code: 'attachment_required',
    message: 'is required above 30,000 EUR',
  });
}

export function addIssue(
  context: z.RefinementCtx,
  field: string,
  { code, message }: { readonly code: string; readonly message: string },
): void {
  context.addIssue({ code: 'custom', path: [field], message, params: { code } });
}
