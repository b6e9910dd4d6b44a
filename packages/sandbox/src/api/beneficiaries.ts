import type { Beneficiary } from '../state.js';
import type { Handler } from './endpoint.js';
import { isOldestFirst, listFilter, pageOf, timeFilter } from './pagination.js';
import { notFound } from './refusal.js';
import { beneficiaryOnWire } from './wire.js';

/** Facts 4.2; 25 to a page, unlike the other lists. */
export const listBeneficiaries: Handler = ({ bank, caller, query }) => {
  const found = [...bank.store.current.beneficiaries.values()]
    .filter(({ organizationId }) => organizationId === caller.organizationId)
    .filter(filterOf(query));
  const direction = isOldestFirst(query) ? 1 : -1;
  found.sort((one, other) => direction * (one.updatedAt - other.updatedAt));
  const { items, meta } = pageOf(found, query, { perPage: 25 });
  const beneficiaries = items.map((beneficiary) => beneficiaryOnWire(bank, beneficiary));
  return { status: 200, body: { beneficiaries, meta } };
};

export const showBeneficiary: Handler = ({ bank, caller, params }) => {
  const beneficiary = bank.beneficiaries.find(caller.organizationId, params.id ?? '');
  if (!beneficiary) throw notFound('Beneficiary');
  return { status: 200, body: { beneficiary: beneficiaryOnWire(bank, beneficiary) } };
};

function filterOf(query: URLSearchParams): (beneficiary: Beneficiary) => boolean {
  const ibans = listFilter(query, 'iban');
  const statuses = listFilter(query, 'status');
  const trusted = query.get('trusted');
  const from = timeFilter(query, 'updated_at_from') ?? Number.NEGATIVE_INFINITY;
  const to = timeFilter(query, 'updated_at_to') ?? Number.POSITIVE_INFINITY;
  return (beneficiary) =>
    (ibans?.has(beneficiary.iban) ?? true) &&
    (statuses?.has(beneficiary.status) ?? true) &&
    (trusted === null || String(beneficiary.trusted) === trusted) &&
    beneficiary.updatedAt >= from &&
    beneficiary.updatedAt <= to;
}
