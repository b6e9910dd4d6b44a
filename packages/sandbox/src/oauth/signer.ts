import type { Bank } from '../bank.js';
import { organizationOfRegistration } from '../data/organizations.js';
import type { Membership, Organization } from '../state.js';
import { userAccountId } from './accounts.js';

/** One person on the sign-in page, with the memberships that may be chosen. */
export interface Person {
  readonly member: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
}

/** Who consents, and for what. */
export interface Signer {
  readonly accountId: string;
  readonly name: string;
  readonly organizations: readonly Organization[];
  /** How the pages name this choice again. */
  readonly query: string;
}

type Params = Readonly<Record<string, unknown>>;

/** Who may sign in. `organization_id` locks the sign-in to one organisation (facts 2.1). */
export function peopleFor(bank: Bank, params: Params): Person[] {
  const people = new Map<string, Person & { readonly memberships: Membership[] }>();
  for (const membership of bank.store.current.memberships) {
    const { member, firstName, lastName } = membership;
    if (!isOffered(membership, params)) continue;
    const person = people.get(member) ?? {
      member,
      name: `${firstName} ${lastName}`,
      memberships: [],
    };
    person.memberships.push(membership);
    people.set(member, person);
  }
  return [...people.values()];
}

function isOffered({ organizationId }: Membership, params: Params): boolean {
  if (isUserFlow(params) || params.organization_id === undefined) return true;
  return params.organization_id === organizationId;
}

/** Facts 2.6. */
export function isUserFlow(params: Params): boolean {
  return params.identity_type === 'user';
}

/** The organisation that `registration_id` suggests, without locking the choice to it (facts 2.1). */
export function suggestedOrganization(params: Params): string | undefined {
  return organizationOfRegistration(String(params.registration_id ?? ''));
}

/** Who signs by the choice in a page's query; undefined while an organisation is still to be chosen. */
export function signerIn(
  bank: Bank,
  params: Params,
  choice: { readonly membership?: unknown; readonly member?: unknown },
): Signer | undefined {
  for (const { member, name, memberships } of peopleFor(bank, params)) {
    if (isUserFlow(params) && choice.member === member) {
      const organizations = memberships.map((one) => bank.organizationOf(one));
      return { accountId: userAccountId(member), name, organizations, query: `member=${member}` };
    }
    const chosen = memberships.find(({ id }) => id === choice.membership);
    if (isUserFlow(params) || !chosen) continue;
    const organizations = [bank.organizationOf(chosen)];
    return { accountId: chosen.id, name, organizations, query: `membership=${chosen.id}` };
  }
  return undefined;
}
