import type { Bank } from '../bank.js';
import { CLIENT_ID } from '../oauth/provider.js';
import type { Membership } from '../state.js';

/** The member withdraws their consent in the bank's app: every token is dead, and subscribers are told. */
export function revokeConsent(bank: Bank, membership: Membership): void {
  const rows = bank.store.current.oauthRows;
  for (const [key, { accountId }] of rows) if (accountId === membership.id) rows.delete(key);
  bank.news.tell({ kind: 'consent-revoked', membership, clientId: CLIENT_ID });
  bank.store.touch();
}
