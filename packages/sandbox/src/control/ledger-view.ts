import type { Bank } from '../bank.js';
import type { Membership, ScaItem, ScaSession, Transfer } from '../state.js';
import { accountsView } from './accounts-view.js';
import { collectingView } from './collecting-view.js';
import { ordersView } from './orders-view.js';

/** What the bank really holds, as the control API tells it. */
export function ledgerView(bank: Bank) {
  const { transfers, scaSessions, calls } = bank.store.current;
  return {
    transfers: [...transfers.values()].map((transfer) => transferView(bank, transfer)),
    ...ordersView(bank),
    ...collectingView(bank),
    ...accountsView(bank),
    pushes: [...scaSessions.values()].map((session) => ({
      token: session.token,
      member: memberOf(bank, session.membershipId)?.member,
      action_type: session.actionType,
      at: new Date(session.createdAt).toISOString(),
      result: bank.sca.decisionOf(session),
    })),
    calls: Object.fromEntries(
      [...calls].map(([name, counts]) => [name, Object.fromEntries(counts)]),
    ),
  };
}

/** An SCA session with what its member signs. */
export function sessionView(bank: Bank, session: ScaSession) {
  const { amountCents, payee, iban, debitAccount, reference } = session.summary;
  const { title, terms, items } = session.summary;
  return {
    token: session.token,
    member: memberOf(bank, session.membershipId)?.member,
    action_type: session.actionType,
    summary: {
      amount_cents: amountCents,
      currency: 'EUR',
      ...{ payee, iban, debit_account: debitAccount, reference },
      ...(title === undefined ? {} : { title }),
      ...(terms === undefined ? {} : { terms }),
      ...(items === undefined ? {} : { count: items.length, items: items.map(itemView) }),
    },
    method: session.method,
    result: bank.sca.decisionOf(session),
    // Each session is one push; a further one is a session of its own.
    pushes: 1,
    created_at: new Date(session.createdAt).toISOString(),
    expires_at: new Date(bank.sca.expiresAt(session)).toISOString(),
  };
}

function itemView({ amountCents, payee, iban, reference }: ScaItem) {
  return { amount_cents: amountCents, payee, iban, reference };
}

function transferView(bank: Bank, transfer: Transfer) {
  return {
    id: transfer.id,
    amount_cents: transfer.amountCents,
    debit_iban: bank.store.current.accounts.get(transfer.accountId)?.iban,
    credit_iban: transfer.creditIban,
    credit_name: transfer.creditName,
    status: transfer.status,
    declined_reason: transfer.declinedReason,
    reference: transfer.reference,
    note: transfer.note,
    idempotency_key: transfer.idempotencyKey,
    request_sha256: transfer.requestSha256,
    initiator: memberOf(bank, transfer.initiatorId)?.member,
    created_at: new Date(transfer.createdAt).toISOString(),
  };
}

function memberOf(bank: Bank, membershipId: string): Membership | undefined {
  return bank.membership(membershipId);
}
