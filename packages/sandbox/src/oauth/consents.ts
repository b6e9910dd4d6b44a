import type { Bank } from '../bank.js';
import type { Membership } from '../state.js';
import { isUserAccount, membershipsOf } from './accounts.js';
import { CLIENT_ID } from './provider.js';

/** Something that a member has allowed and not withdrawn. */
export interface Consent {
  readonly accountId: string;
  readonly memberships: readonly Membership[];
  readonly isForUser: boolean;
}

/** A member's consents in force, one per organisation and one for the user flow. */
export function consentsOf(bank: Bank, member: string): Consent[] {
  const accountIds = new Set<string>();
  for (const [key, { accountId }] of bank.store.current.oauthRows) {
    if (key.startsWith('Grant:') && typeof accountId === 'string') accountIds.add(accountId);
  }
  return [...accountIds]
    .map((accountId) => ({
      ...{ accountId, memberships: membershipsOf(bank, accountId) },
      isForUser: isUserAccount(accountId),
    }))
    .filter(({ memberships }) => memberships.some((one) => one.member === member));
}

/** The member withdraws a consent in the bank's app: every token is dead, and subscribers are told (facts 2.6). */
export function withdrawConsent(bank: Bank, { accountId, memberships }: Consent): void {
  const rows = bank.store.current.oauthRows;
  for (const [key, row] of rows) if (row.accountId === accountId) rows.delete(key);
  for (const membership of memberships) {
    bank.news.tell({ kind: 'consent-revoked', membership, clientId: CLIENT_ID });
  }
  bank.store.touch();
}
