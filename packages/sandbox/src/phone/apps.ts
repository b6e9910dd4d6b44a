import type { Bank } from '../bank.js';
import { type Consent, consentsOf } from '../oauth/consents.js';
import { html } from '../pages/html.js';
import type { Page } from '../pages/page.js';
import type { Membership } from '../state.js';
import { phoneStyles } from './pages.js';

/** What a member has given access to, and how to take it back (facts 2.2, 2.6). */
export function appsPage(bank: Bank, { member, firstName, lastName }: Membership): Page {
  const consents = consentsOf(bank, member);
  const back = `/phone?member=${member}`;
  return {
    title: 'Connected apps',
    body: html`${phoneStyles()}<main>
<p class="brand">Sandbox bank on ${firstName}'s phone</p>
<h1>Connected apps</h1>
<p class="muted">What ${firstName} ${lastName} has allowed, and may take back.</p>
<p class="links"><a href="${back}">Back to the approvals</a></p>
${
  consents.length === 0
    ? html`<p class="card muted">No app has access.</p>`
    : html`<ul class="plain">${consents.map((consent) => consentRow(bank, member, consent))}</ul>`
}
</main>`,
  };
}

function consentRow(bank: Bank, member: string, { accountId, memberships }: Consent) {
  const names = memberships.map((membership) => bank.organizationOf(membership).name);
  return html`<li class="card"><h2>Qonto Pay</h2>
<p class="muted">May act for you at ${names.join(' and ')}.</p>
<form method="post" action="/phone/apps?member=${member}">
<input type="hidden" name="account" value="${accountId}">
<button class="quiet">Withdraw access</button></form></li>`;
}
