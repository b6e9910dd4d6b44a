import { z } from 'zod';
import { parseBody } from './body.js';
import type { ApiCall } from './endpoint.js';
import { text } from './fields.js';
import {
  amountField,
  attachmentIdsField,
  type BodyRules,
  bodyRules,
  dayField,
  payeeFields,
  refineAttachment,
  refineOnePayee,
} from './payment-fields.js';

const transferSchema = (rules: BodyRules) =>
  z.object({
    vop_proof_token: z.string().optional(),
    transfer: z
      .object({
        ...payeeFields,
        bank_account_id: z.string(),
        reference: text(rules.mostReference),
        amount: amountField,
        note: z.string().nullish(),
        scheduled_date: dayField(rules).optional(),
        attachment_ids: attachmentIdsField,
      })
      .superRefine((transfer, context) => {
        refineOnePayee(transfer, context);
        refineAttachment(transfer, context);
      }),
  });

export type TransferBody = z.output<ReturnType<typeof transferSchema>>['transfer'] & {
  readonly scheduledDate: string;
};

/** The body of a transfer, checked for everything that needs no look into the books. */
export function parseTransfer(call: ApiCall): {
  proof: string | undefined;
  transfer: TransferBody;
} {
  const rules = bodyRules(call);
  const { transfer, vop_proof_token } = parseBody(call, transferSchema(rules));
  return {
    proof: vop_proof_token,
    transfer: { ...transfer, scheduledDate: transfer.scheduled_date ?? rules.today },
  };
}
