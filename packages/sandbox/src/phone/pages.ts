import { Html, html } from '../pages/html.js';
import { NONCE_MARK, type Page } from '../pages/page.js';
import type { Membership } from '../state.js';
import type { Approval } from './approval.js';
import { approvalsMarkup } from './approvals.js';
import { PHONE_SCRIPT } from './script.js';
import { PHONE_STYLES } from './styles.js';

/** The phone of one member. */
export function phonePage(member: Membership, approvals: readonly Approval[]): Page {
  const name = `${member.firstName} ${member.lastName}`;
  return {
    title: `${name}'s phone`,
    script: PHONE_SCRIPT,
    body: html`${phoneStyles()}<main>
<p class="brand">Sandbox bank on ${member.firstName}'s phone</p>
<h1>To approve</h1>
<p class="links"><a href="/phone">Another member</a><a href="/phone/apps?member=${member.member}">Connected apps</a></p>
<p id="announcement" role="status" class="muted"></p>
<div id="approvals" tabindex="-1" aria-label="Approvals" role="region" data-member="${member.member}">${approvalsMarkup(member, approvals)}</div>
</main>`,
  };
}

/** Whose phone? */
export function memberPicker(members: readonly Membership[]): Page {
  const people = new Map(members.map((membership) => [membership.member, membership]));
  const rows = [...people.values()].map(
    ({ member, firstName, lastName }) =>
      html`<li><a class="row" href="/phone?member=${member}">${firstName} ${lastName}</a></li>`,
  );
  return {
    title: 'Phones',
    body: html`<main>
<p class="brand">Sandbox bank</p>
<h1>Whose phone?</h1>
<p class="muted">Payments wait here for the approval of the member who sent them.</p>
<ul class="plain">${rows}</ul>
</main>`,
  };
}

export function phoneStyles(): Html {
  return html`<style nonce="${NONCE_MARK}">${new Html(PHONE_STYLES)}</style>`;
}
