import { html } from '../pages/html.js';
import type { Page } from '../pages/page.js';
import type { Membership, Organization } from '../state.js';
import { SCOPES } from './scopes.js';

/** Whose sign-in it is: one button per member, named exactly as the member is. */
export function signInPage(view: {
  readonly members: readonly Membership[];
  readonly organizations: readonly Organization[];
  readonly action: string;
}): Page {
  const rows = view.members.map((member) => {
    const organization = view.organizations.find(({ id }) => id === member.organizationId);
    return html`<li>
<button class="row" name="membership" value="${member.id}" aria-describedby="about-${member.member}">${member.firstName} ${member.lastName}</button>
<p class="under muted" id="about-${member.member}">${member.role}, ${organization?.name}</p></li>`;
  });
  return {
    title: 'Sign in',
    body: html`<main>
<p class="brand">Sandbox bank – nothing here is real money</p>
<h1>Sign in</h1>
<p class="muted">Who are you? There is no password in the sandbox.</p>
<form method="get" action="${view.action}"><ul class="plain">${rows}</ul></form>
</main>`,
  };
}

/** What is asked, in words, and the member's answer. */
export function consentPage(view: {
  readonly membership: Membership;
  readonly organization: Organization;
  readonly scopes: readonly string[];
  readonly action: string;
  readonly back: string;
}): Page {
  const { membership, organization } = view;
  const wishes = view.scopes.map((scope) => html`<li>${SCOPES[scope] ?? scope}</li>`);
  return {
    title: 'Allow access',
    body: html`<main>
<p class="brand">Sandbox bank – nothing here is real money</p>
<h1>Allow Qonto Pay?</h1>
<p class="muted">${membership.firstName} ${membership.lastName}, ${organization.name}. <a href="${view.back}">Not you?</a></p>
<div class="card"><h2>It asks to</h2><ul>${wishes}</ul></div>
<form method="post" action="${view.action}" class="actions">
<button name="decision" value="allow">Allow</button>
<button class="quiet" name="decision" value="deny">Deny</button>
</form>
</main>`,
  };
}
