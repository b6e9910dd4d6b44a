import type { Bank } from '../bank.js';
import type { Membership } from '../state.js';

const USER = 'user:';

/** Whom a token of the user OAuth flow is for: a person, in all their organisations (facts 2.6). */
export function userAccountId(member: string): string {
  return USER + member;
}

export function isUserAccount(accountId: string): boolean {
  return accountId.startsWith(USER);
}

/** What a token's account may act as: one membership, or all of a person. */
export function membershipsOf(bank: Bank, accountId: string): Membership[] {
  return bank.store.current.memberships.filter(({ id, member }) =>
    isUserAccount(accountId) ? accountId === userAccountId(member) : accountId === id,
  );
}
