import { z } from 'zod';
import type { Beneficiary, ScaItem } from '../state.js';
import { parseBody } from './body.js';
import type { ApiCall, Handler } from './endpoint.js';
import { text } from './fields.js';
import { activityTagField, BeneficiaryFields } from './payment-fields.js';
import { inlinePayeeOf, requirePayingRole } from './payment-rules.js';
import { notFound, refusal } from './refusal.js';
import { requireApproval } from './sca-gate.js';
import { beneficiaryOnWire } from './wire.js';

const MOST_IDS = 400;

const CreateBeneficiary = z.object({ beneficiary: BeneficiaryFields });
const UpdateBeneficiary = z.object({
  beneficiary: z
    .object({
      name: text(140).optional(),
      email: z.string().nullish(),
      activity_tag: activityTagField.optional(),
    })
    .refine((changes) => Object.values(changes).some((change) => change !== undefined), {
      error: 'must have at least one of name, email and activity_tag',
      params: { code: 'invalid' },
    }),
});
const Ids = z.object({
  ids: z
    .array(z.uuid('must be a UUID'))
    .min(1, 'must not be empty')
    .max(MOST_IDS, `must have at most ${MOST_IDS} entries`),
});

/** Facts 4.2: a new one is pending; whether adding it asks for approval is a switch (facts 3.1). */
export const createBeneficiary: Handler = (call) => {
  requirePayingRole(call);
  const { bank, caller } = call;
  const payee = inlinePayeeOf(parseBody(call, CreateBeneficiary).beneficiary);
  if (asksForApproval(call)) {
    approve(call, 'beneficiary.create', { title: `Add ${payee.name}`, payees: [payee] });
  }
  if (bank.beneficiaries.findByIban(caller.organizationId, payee.iban)) {
    throw refusal(400, 'invalid', 'This IBAN has already been taken', {
      pointer: '/beneficiary/iban',
    });
  }
  const beneficiary = bank.beneficiaries.add(caller.organizationId, payee);
  return { status: 201, body: { beneficiary: beneficiaryOnWire(bank, beneficiary) } };
};

/** Facts 3.1, 4.2: needs approval while untrusted. The IBAN cannot be changed. */
export const updateBeneficiary: Handler = (call) => {
  requirePayingRole(call);
  const { bank, caller, params } = call;
  const { name, email, activity_tag } = parseBody(call, UpdateBeneficiary).beneficiary;
  const beneficiary = bank.beneficiaries.find(caller.organizationId, params.id ?? '');
  const isHidden =
    beneficiary?.status === 'pending' && bank.switches.get('pending_beneficiary_update') === 404;
  if (!beneficiary || isHidden) throw notFound('Beneficiary');
  if (!beneficiary.trusted) {
    const payee = { name: name ?? beneficiary.name, iban: beneficiary.iban };
    approve(call, 'beneficiary.update', { title: `Change ${beneficiary.name}`, payees: [payee] });
  }
  bank.beneficiaries.change(beneficiary, {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(activity_tag === undefined ? {} : { activityTag: activity_tag }),
  });
  return { status: 200, body: { beneficiary: beneficiaryOnWire(bank, beneficiary) } };
};

export const trustBeneficiaries: Handler = (call) => {
  requirePayingRole(call);
  const payees = namedIn(call);
  const title = payees.length === 1 ? `Trust ${payees[0]?.name}` : `Trust ${payees.length} payees`;
  approve(call, 'beneficiary.trust', { title, payees });
  return trusted(call, payees, true);
};

export const untrustBeneficiaries: Handler = (call) => {
  requirePayingRole(call);
  return trusted(call, namedIn(call), false);
};

function trusted({ bank }: ApiCall, payees: readonly Beneficiary[], isTrusted: boolean) {
  for (const payee of payees) {
    // Trust is given to a payee that has been looked at.
    const status = isTrusted ? 'validated' : payee.status;
    bank.beneficiaries.change(payee, { trusted: isTrusted, status });
  }
  const beneficiaries = payees.map((payee) => beneficiaryOnWire(bank, payee));
  return { status: 200, body: { beneficiaries } };
}

function namedIn(call: ApiCall): Beneficiary[] {
  const { bank, caller } = call;
  const ids = [...new Set(parseBody(call, Ids).ids)];
  return ids.map((id) => {
    const found = bank.beneficiaries.find(caller.organizationId, id);
    if (!found) throw notFound('Beneficiary');
    return found;
  });
}

/** Facts 3.1: the tested client met both; `sometimes` is every second time. */
function asksForApproval(call: ApiCall): boolean {
  const wish = call.bank.switches.get('beneficiary_create_sca');
  if (wish !== 'sometimes') return wish === 'always';
  const isReplay = call.header('X-Qonto-Sca-Session-Token') !== undefined;
  return isReplay || call.bank.store.current.beneficiaries.size % 2 === 1;
}

function approve(
  call: ApiCall,
  actionType: string,
  what: { readonly title: string; readonly payees: readonly { name: string; iban: string }[] },
): void {
  const [first] = what.payees;
  const items = what.payees.map(
    ({ name, iban }): ScaItem => ({ amountCents: null, payee: name, iban, reference: '' }),
  );
  requireApproval(call, {
    actionType,
    signed: what.payees.map(({ iban }) => iban),
    summary: {
      ...{ title: what.title, amountCents: null, debitAccount: '', reference: '' },
      ...{ payee: first?.name ?? '', iban: first?.iban ?? '' },
      ...(items.length > 1 ? { items } : {}),
    },
  });
}
