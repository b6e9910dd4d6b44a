import type { Bank } from '../bank.js';
import { groupedIban } from '../iban.js';
import { moneyText } from '../money.js';
import { type Html, html } from '../pages/html.js';
import type { Membership, ScaSession } from '../state.js';

const MOST_PAST = 5;

export interface Approval {
  readonly session: ScaSession;
  readonly result: 'waiting' | 'allow' | 'deny';
  readonly expiresAt: number;
}

/** A member's sessions, the newest first. */
export function approvalsOf(bank: Bank, member: Membership): Approval[] {
  return [...bank.store.current.scaSessions.values()]
    .filter(({ membershipId }) => membershipId === member.id)
    .reverse()
    .map((session) => ({
      session,
      result: bank.sca.decisionOf(session),
      expiresAt: bank.sca.expiresAt(session),
    }));
}

/** The part of the phone that changes by itself. */
export function approvalsMarkup(member: Membership, approvals: readonly Approval[]): Html {
  const waiting = approvals.filter(({ result }) => result === 'waiting');
  const past = approvals.filter(({ result }) => result !== 'waiting').slice(0, MOST_PAST);
  return html`${waiting.length > 0 ? waiting.map(card) : [nothing(member)]}
${past.length > 0 ? html`<h2>Earlier</h2><ul class="plain">${past.map(pastRow)}</ul>` : undefined}`;
}

function nothing({ hasPairedDevice }: Membership): Html {
  return hasPairedDevice
    ? html`<p class="card muted">Nothing to approve. Leave this page open: a payment appears here by itself.</p>`
    : html`<p class="card warn">This phone is not paired with the bank, so no approval can arrive here.</p>`;
}

/** Exactly what is signed: amount, payee, IBAN. */
function card({ session, expiresAt }: Approval): Html {
  const { summary, token } = session;
  const heading = `pay-${token.slice(0, 12)}`;
  const time = new Date(expiresAt).toISOString();
  return html`<section class="card" role="group" aria-labelledby="${heading}" data-approval="${token}">
<h2 id="${heading}">Pay ${summary.payee}</h2>
<p class="amount">${moneyText(summary.amountCents)}</p>
<dl>
<dt>To</dt><dd>${summary.payee}</dd>
<dt>IBAN</dt><dd>${groupedIban(summary.iban)}</dd>
<dt>From</dt><dd>${summary.debitAccount}</dd>
<dt>Reference</dt><dd>${summary.reference}</dd>
<dt>Answer by</dt><dd><time datetime="${time}">${time.slice(11, 16)} UTC</time></dd>
</dl>
<div class="actions">
<form method="post" action="/phone/${token}/approve"><button>Approve</button></form>
<form method="post" action="/phone/${token}/refuse"><button class="quiet">Refuse</button></form>
</div>
</section>`;
}

function pastRow({ session, result }: Approval): Html {
  const answer =
    result === 'allow'
      ? html`<strong class="ok">Approved</strong>`
      : html`<strong class="bad">${session.decidedAt === null ? 'Ran out' : 'Refused'}</strong>`;
  const { payee, amountCents } = session.summary;
  return html`<li class="card">${answer} – <span class="number">${moneyText(amountCents)}</span> to ${payee}</li>`;
}
