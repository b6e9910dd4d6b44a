import { moneyText } from '../money.js';
import { type Html, html } from '../pages/html.js';
import type { Approval } from './approval.js';
import { titleOf } from './card.js';

const MOST_AT_ONCE = 5;
const MOST = 100;

/** What the member has answered, the newest first. */
export function history(past: readonly Approval[]): Html {
  const [recent, older] = [past.slice(0, MOST_AT_ONCE), past.slice(MOST_AT_ONCE, MOST)];
  return html`<h2>Earlier</h2><ul class="plain">${recent.map(pastRow)}</ul>
${
  older.length === 0
    ? undefined
    : html`<details id="older"><summary>Show ${older.length} older</summary>
<ul class="plain">${older.map(pastRow)}</ul></details>`
}`;
}

function pastRow({ session, result, expiresAt }: Approval): Html {
  const { amountCents } = session.summary;
  const time = new Date(session.decidedAt ?? expiresAt).toISOString();
  return html`<li class="card past"><span class="split"><span>${titleOf(session.summary)}</span>${
    amountCents === null ? undefined : html`<span class="number">${moneyText(amountCents)}</span>`
  }</span>
<span class="split"><span>${answerOf(session.decidedAt, result)}</span>
<time class="muted" datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 16)} UTC</time></span></li>`;
}

function answerOf(decidedAt: number | null, result: Approval['result']): Html {
  return result === 'allow'
    ? html`<strong class="ok">Approved</strong>`
    : html`<strong class="bad">${decidedAt === null ? 'Ran out' : 'Refused'}</strong>`;
}
