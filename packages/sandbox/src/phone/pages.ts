import { html } from '../pages/html.js';
import type { Page } from '../pages/page.js';
import type { Membership } from '../state.js';
import type { Approval } from './approval.js';
import { approvalsMarkup } from './approvals.js';
import { PHONE_SCRIPT } from './script.js';

/** The phone of one member. */
export function phonePage(member: Membership, approvals: readonly Approval[]): Page {
  const name = `${member.firstName} ${member.lastName}`;
  return {
    title: `${name}'s phone`,
    script: PHONE_SCRIPT,
    body: html`<main>
<p class="brand">Sandbox bank on ${member.firstName}'s phone</p>
<h1>To approve</h1>
<p class="muted">${name}. <a href="/phone">Another member</a>, <a href="/phone/apps?member=${member.member}">connected apps</a></p>
<p id="announcement" role="status" class="muted"></p>
<div id="approvals" tabindex="-1" data-member="${member.member}">${approvalsMarkup(member, approvals)}</div>
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
