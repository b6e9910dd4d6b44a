import { html } from '../pages/html.js';
import type { Page } from '../pages/page.js';
import type { Organization } from '../state.js';
import { SCOPES } from './scopes.js';
import type { Person, Signer } from './signer.js';

const BRAND = html`<p class="brand">Sandbox bank – nothing here is real money</p>`;

interface ChoiceView {
  readonly organizations: readonly Organization[];
  readonly action: string;
}

/** Whose sign-in it is: one button per member, named exactly as the member is. */
export function signInPage(
  view: ChoiceView & { readonly people: readonly Person[]; readonly isUserFlow: boolean },
): Page {
  const rows = view.people.map((person) => {
    const [only, ...others] = person.memberships;
    const roles = person.memberships.map(({ role, organizationId }) => {
      return `${role}, ${nameOf(view.organizations, organizationId)}`;
    });
    const isByMember = view.isUserFlow || others.length > 0;
    const [field, value] = isByMember ? ['member', person.member] : ['membership', only?.id];
    return html`<li>
<button class="row" name="${field}" value="${value}" aria-describedby="about-${person.member}">${person.name}</button>
<p class="under muted" id="about-${person.member}">${roles.join('; ')}</p></li>`;
  });
  return {
    title: 'Sign in',
    body: html`<main>
${BRAND}
<h1>Sign in</h1>
<p class="muted">Who are you? There is no password in the sandbox.</p>
<form method="get" action="${view.action}"><ul class="plain">${rows}</ul></form>
</main>`,
  };
}

/** For which organisation a member of several signs in (facts 2.1). */
export function organizationPage(
  view: ChoiceView & {
    readonly person: Person;
    readonly suggested: string | undefined;
    readonly back: string;
  },
): Page {
  const rank = (organizationId: string) => (organizationId === view.suggested ? 0 : 1);
  const sorted = [...view.person.memberships].sort(
    (one, other) => rank(one.organizationId) - rank(other.organizationId),
  );
  const rows = sorted.map(({ id, role, organizationId }) => {
    const note = organizationId === view.suggested ? `${role}, suggested` : role;
    return html`<li>
<button class="row" name="membership" value="${id}" aria-describedby="about-${id}">${nameOf(view.organizations, organizationId)}</button>
<p class="under muted" id="about-${id}">${note}</p></li>`;
  });
  return {
    title: 'Choose an organisation',
    body: html`<main>
${BRAND}
<h1>For which organisation?</h1>
<p class="muted">${view.person.name}. <a href="${view.back}">Not you?</a></p>
<form method="get" action="${view.action}"><ul class="plain">${rows}</ul></form>
</main>`,
  };
}

/** What is asked, in words, and the member's answer. */
export function consentPage(view: {
  readonly signer: Signer;
  readonly scopes: readonly string[];
  readonly action: string;
  readonly back: string;
}): Page {
  const { name, organizations } = view.signer;
  const wishes = view.scopes.map((scope) => html`<li>${SCOPES[scope] ?? scope}</li>`);
  return {
    title: 'Allow access',
    body: html`<main>
${BRAND}
<h1>Allow Qonto Pay?</h1>
<p class="muted">${name}, ${organizations.map((one) => one.name).join(' and ')}. <a href="${view.back}">Not you?</a></p>
<div class="card"><h2>It asks to</h2><ul>${wishes}</ul></div>
<form method="post" action="${view.action}" class="actions">
<button name="decision" value="allow">Allow</button>
<button class="quiet" name="decision" value="deny">Deny</button>
</form>
</main>`,
  };
}

function nameOf(organizations: readonly Organization[], wanted: string): string {
  return organizations.find(({ id }) => id === wanted)?.name ?? '';
}
