import { Router } from 'express';
import { MAGIC_AMOUNTS, MAGIC_PAYEES } from '../data/magic.js';
import { MEMBERSHIPS } from '../data/organizations.js';
import { groupedIban } from '../iban.js';
import { decimalOf } from '../money.js';
import { type Html, html } from './html.js';
import type { Page } from './page.js';
import { sendPage } from './send-page.js';

/** `/` explains the sandbox to who opens it in a browser. */
export function homeRoutes({ hasControl }: { readonly hasControl: boolean }): Router {
  const router = Router();
  router.get('/', (_req, res) => sendPage(res, homePage(hasControl)));
  return router;
}

function homePage(hasControl: boolean): Page {
  return {
    title: 'Welcome',
    body: html`<main class="wide">
<h1>Sandbox bank</h1>
<p>An offline bank that speaks the HTTP contract of Qonto's Business API. No account and no money is real.</p>
<p><a href="/phone">Open a member's phone</a> to approve payments.${control(hasControl)}</p>
<h2>Members</h2>
<ul>${MEMBERSHIPS.map(memberRow)}</ul>
<h2>Magic payees</h2>
<p class="muted">Pay or check one of these to see what happens.</p>
<div class="scroll"><table><thead><tr><th>Effect</th><th>Name</th><th>IBAN</th></tr></thead>
<tbody>${MAGIC_PAYEES.map(payeeRow)}</tbody></table></div>
<h2>Magic amounts</h2>
<div class="scroll"><table><thead><tr><th>Effect</th><th>Amount</th></tr></thead>
<tbody>${MAGIC_AMOUNTS.map(amountRow)}</tbody></table></div>
</main>`,
  };
}

function control(hasControl: boolean): Html {
  return hasControl
    ? html` The control API is on: see <a href="/_control/ledger">what the bank holds</a>.`
    : html` The control API is off; start with <code>SANDBOX_CONTROL=1</code> to have it.`;
}

function memberRow({
  member,
  firstName,
  lastName,
  role,
  hasPairedDevice,
}: (typeof MEMBERSHIPS)[number]): Html {
  const device = hasPairedDevice ? '' : ', no paired device';
  return html`<li><a href="/phone?member=${member}">${firstName} ${lastName}</a>, ${role}${device}</li>`;
}

function payeeRow({ effect, name, iban }: (typeof MAGIC_PAYEES)[number]): Html {
  return html`<tr><td>${effect}</td><td>${name}</td><td class="number">${groupedIban(iban)}</td></tr>`;
}

function amountRow({ effect, amountCents }: (typeof MAGIC_AMOUNTS)[number]): Html {
  return html`<tr><td>${effect}</td><td class="number">${decimalOf(amountCents)}</td></tr>`;
}
