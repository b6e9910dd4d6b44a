import type { Bank } from '../bank.js';
import { type Html, html } from '../pages/html.js';
import type { Membership } from '../state.js';
import type { Approval } from './approval.js';
import { card } from './card.js';
import { history } from './history.js';

/** A member's sessions in all their organisations, the newest first. */
export function approvalsOf(bank: Bank, { member }: Membership): Approval[] {
  const own = bank.store.current.memberships.filter((membership) => membership.member === member);
  const names = new Map(own.map((one) => [one.id, bank.organizationOf(one).name]));
  return [...bank.store.current.scaSessions.values()]
    .filter(({ membershipId }) => names.has(membershipId))
    .reverse()
    .map((session) => ({
      session,
      result: bank.sca.decisionOf(session),
      expiresAt: bank.sca.expiresAt(session),
      organization: own.length > 1 ? names.get(session.membershipId) : undefined,
    }));
}

/** The part of the phone that changes by itself. */
export function approvalsMarkup(member: Membership, approvals: readonly Approval[]): Html {
  const waiting = approvals.filter(({ result }) => result === 'waiting');
  const past = approvals.filter(({ result }) => result !== 'waiting');
  return html`${waiting.length > 0 ? waiting.map(card) : [nothing(member)]}
${past.length > 0 ? history(past) : undefined}`;
}

function nothing({ hasPairedDevice }: Membership): Html {
  return hasPairedDevice
    ? html`<p class="card muted">Nothing to approve. Leave this page open: a payment appears here by itself.</p>`
    : html`<p class="card warn">This phone is not paired with the bank, so no approval can arrive here.</p>`;
}
