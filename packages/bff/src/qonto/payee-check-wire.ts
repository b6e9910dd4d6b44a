// What Qonto answers of payee checks; only the fields that we use are required.
import { z } from 'zod';

/** Older answers give the proof as a bare string. */
const Proof = z.union([
  z.string().min(1),
  z.looseObject({ token: z.string().min(1) }).transform(({ token }) => token),
]);

const PayeeMatch = z.looseObject({
  match_result: z.string(),
  matched_name: z.string().nullish(),
});
export type PayeeMatch = z.infer<typeof PayeeMatch>;

export const PayeeCheckWire = PayeeMatch.extend({ proof_token: Proof });

/** The payee's bank failed: not an answer about the payee, but the proof is good for a transfer. */
export const PayeeCheckFailure = z.looseObject({
  errors: z
    .tuple([z.looseObject({ meta: z.looseObject({ proof_token: Proof }) })])
    .rest(z.unknown()),
});

export const BulkPayeeCheckWire = z.looseObject({
  proof_token: Proof,
  requests: z.array(z.unknown()),
});

/** One that failed has `error_code` or `error` in place of the response. */
export const BulkPayeeCheckEntry = z.looseObject({
  id: z.union([z.string(), z.int().transform(String)]),
  response: PayeeMatch,
  error_code: z.null().optional(),
  error: z.null().optional(),
});
