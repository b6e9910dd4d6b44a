import type { Handler } from './endpoint.js';
import { pageOf } from './pagination.js';
import { membershipOnWire, organizationOnWire } from './wire.js';

/** Facts 4.1: the one endpoint with real IBANs and balances. */
export const showOrganization: Handler = ({ bank, caller }) => ({
  status: 200,
  body: { organization: organizationOnWire(bank, bank.organizationOf(caller)) },
});

/** Facts 4.12. */
export const showMembership: Handler = ({ caller }) => ({
  status: 200,
  body: { membership: membershipOnWire(caller) },
});

export const listMemberships: Handler = ({ bank, caller, query }) => {
  const colleagues = bank.store.current.memberships.filter(
    ({ organizationId }) => organizationId === caller.organizationId,
  );
  const { items, meta } = pageOf(colleagues, query, { perPage: 100 });
  return { status: 200, body: { memberships: items.map(membershipOnWire), meta } };
};
