// The table of what Qonto answers; only the fields that we use are required, and its enums stay open.
import { z } from 'zod';

const cents = z.int().transform(BigInt);
export const time = z.string().transform((text, context) => {
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

export const WireTransfer = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  amount_cents: cents,
  amount_currency: z.string(),
  bank_account_id: z.string(),
  beneficiary_id: z.string().nullish(),
  reference: z.string().nullish(),
  note: z.string().nullish(),
  declined_reason: z.string().nullish(),
  scheduled_date: z.string().nullish(),
  created_at: time,
});
export type WireTransfer = z.infer<typeof WireTransfer>;

export const TransferAnswer = z.looseObject({ transfer: WireTransfer });

export const Meta = z.looseObject({
  next_page: z.int().nullish(),
  total_pages: z.int().nullish(),
  total_count: z.int().nullish(),
});
export type PageMeta = z.infer<typeof Meta>;

export const TransfersAnswer = z.looseObject({
  transfers: z.array(WireTransfer),
  meta: Meta.nullish(),
});

/** The sandbox nests the IBAN in `bank_account`. */
const WireBeneficiary = z
  .looseObject({
    id: z.string().min(1),
    name: z.string(),
    status: z.string(),
    trusted: z.boolean(),
    iban: z.string().nullish(),
    bank_account: z.looseObject({ iban: z.string().nullish() }).nullish(),
  })
  .transform(({ iban, bank_account, ...rest }) => ({
    ...rest,
    iban: iban ?? bank_account?.iban ?? '',
  }));
export type WireBeneficiary = z.infer<typeof WireBeneficiary>;

export const BeneficiaryAnswer = z.looseObject({ beneficiary: WireBeneficiary });
export const BeneficiariesAnswer = z.looseObject({
  beneficiaries: z.array(WireBeneficiary),
  meta: Meta.nullish(),
});

const WireAccount = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  status: z.string(),
  main: z.boolean().nullish(),
  iban: z.string(),
  currency: z.string(),
  balance_cents: cents.nullish(),
  authorized_balance_cents: cents.nullish(),
  is_external_account: z.boolean().nullish(),
});
export type WireAccount = z.infer<typeof WireAccount>;

export const OrganizationAnswer = z.looseObject({
  organization: z.looseObject({
    id: z.string().nullish(),
    slug: z.string(),
    name: z.string().nullish(),
    legal_name: z.string().nullish(),
    bank_accounts: z.array(z.unknown()),
  }),
});

export const AccountsAnswer = z.looseObject({
  organization: z.looseObject({ bank_accounts: z.array(WireAccount) }),
});

export const MembershipAnswer = z.looseObject({
  membership: z.looseObject({
    id: z.string().min(1),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    role: z.string().nullish(),
  }),
});

export const ApprovalWire = z.looseObject({ result: z.string() });

export const ChallengeWire = z.looseObject({
  sca_session_token: z.string().min(1).nullish(),
  code: z.string().nullish(),
});

const text = z.string().nullish();
const Source = z.looseObject({ pointer: text }).nullish().catch(undefined);
const ErrorEntry = z.looseObject({ code: text, detail: text, message: text, source: Source });
const FlatError = ErrorEntry.extend({ error: text });

/** What an error says; each of the documented envelopes gives one. Any part may be missing: then it is empty. */
export interface WireProblem {
  code: string;
  detail: string;
  /** The place in our body that is at fault. */
  pointer: string;
}

/** Reads any documented JSON error envelope; undefined: this is none. */
export function readProblem(json: unknown): WireProblem | undefined {
  const list = z.looseObject({ errors: z.array(ErrorEntry).min(1) }).safeParse(json);
  const nested = z.looseObject({ errors: ErrorEntry }).safeParse(json);
  const entry = list.data?.errors[0] ?? nested.data?.errors;
  const flat = entry ? undefined : FlatError.safeParse(json).data;
  const found = entry ?? flat;
  const code = found?.code ?? flat?.error ?? '';
  const detail = found?.detail ?? found?.message ?? '';
  const pointer = found?.source?.pointer ?? '';
  return code === '' && detail === '' ? undefined : { code, detail, pointer };
}

/** The only sign that Qonto gives: its 403 has no code of its own for a scope. */
export function isMissingScope(detail: string): boolean {
  return /missing required oauth scope/i.test(detail);
}
