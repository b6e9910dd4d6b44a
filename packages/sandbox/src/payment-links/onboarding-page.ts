import { html } from '../pages/html.js';
import type { Page } from '../pages/page.js';
import type { PaymentConnection } from './payment-link.js';

export const ONBOARDING_ANSWERS = {
  enabled: 'Everything is in order: payments can begin',
  pending: 'Something is missing: a person looks at it, for days perhaps',
  disabled: 'The provider does not want this business',
} as const;

/** The provider's page, where a business says who it is. */
export function onboardingPage({ token, status }: PaymentConnection, account: string): Page {
  const answers = Object.entries(ONBOARDING_ANSWERS).map(
    ([value, words]) =>
      html`<label class="choice"><input type="radio" name="answer" value="${value}"${value === 'enabled' ? html` checked` : undefined}> <span>${words}</span></label>`,
  );
  const form = html`<form method="post" action="/onboarding/${token}">
<fieldset><legend>How does the provider decide?</legend>${answers}</fieldset>
<button>Send and go back</button>
</form>`;
  return {
    title: 'Accept payments',
    body: html`<main>
<p class="brand">Sandbox payment provider</p>
<h1>Accept payments</h1>
<p>A real provider asks here who you are and what you sell. This one asks only how it shall decide.</p>
<p>Money from clients goes to <strong>${account}</strong>.</p>
${status === 'enabled' ? html`<p class="card ok">This connection works already.</p>` : form}
</main>`,
  };
}
