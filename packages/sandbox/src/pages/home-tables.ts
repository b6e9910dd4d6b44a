import { MAGIC_AMOUNTS, MAGIC_PAYEES } from '../data/magic.js';
import { ACME, MEMBERSHIPS } from '../data/organizations.js';
import { groupedIban } from '../iban.js';
import { decimalOf } from '../money.js';
import { TEST_CARDS } from '../payment-links/test-cards.js';
import { SWITCHES } from '../switches.js';
import { type Html, html } from './html.js';
import { code, figure, folded, table } from './table.js';

export function connectSection(): Html {
  return html`<section id="connect"><h2>Connect</h2>
<dl class="facts">
<dt>Client</dt><dd><code>qonto-pay-demo</code></dd>
<dt>Secret</dt><dd><code>qonto-pay-demo-secret</code>, in the body of the request</dd>
<dt>Sign-in</dt><dd><code>/oauth2/auth</code></dd>
<dt>Tokens</dt><dd><code>/oauth2/token</code>, <code>/oauth2/revoke</code></dd>
<dt>API</dt><dd><code>/v2/…</code>, every address in the <a href="/openapi.json">OpenAPI document</a></dd>
</dl></section>`;
}

export function membersSection(): Html {
  const rows = MEMBERSHIPS.map(({ member, firstName, lastName, role, ...membership }) => [
    html`<a href="/phone?member=${member}">${firstName} ${lastName}</a>`,
    code(member),
    role,
    membership.organizationId === ACME.id ? ACME.name : 'Solo',
    membership.hasPairedDevice ? 'paired' : 'not paired',
  ]);
  return folded(
    { id: 'members', title: 'Members' },
    html`<p class="muted">Owners and admins may pay. Each has a phone, where their payments wait for approval.</p>
${table('Members', ['Name', 'Key', 'Role', 'Organisation', 'Phone'], rows)}`,
  );
}

export function magicSection(): Html {
  const payees = MAGIC_PAYEES.map(({ effect, name, iban }) => [
    effect,
    name,
    figure(groupedIban(iban)),
  ]);
  const amounts = MAGIC_AMOUNTS.map(({ effect, amountCents }) => [
    figure(decimalOf(amountCents)),
    effect,
  ]);
  return html`${folded(
    { id: 'magic', title: 'Magic payees' },
    html`<p class="muted">Pay or check one of these to see what happens. Anybody else is a match.</p>
${table('Magic payees', ['Effect', 'Name', 'IBAN'], payees)}`,
  )}
${folded(
  { id: 'amounts', title: 'Magic amounts' },
  table('Magic amounts', ['Amount in euros', 'Effect'], amounts),
)}`;
}

export function cardsSection(): Html {
  const rows = TEST_CARDS.map(({ number, effect }) => [
    figure(number.replace(/(.{4})(?=.)/g, '$1 ')),
    effect,
  ]);
  return folded(
    { id: 'cards', title: 'Test cards' },
    html`<p class="muted">For the public page of a payment link.</p>
${table('Test cards', ['Number', 'Effect'], rows)}`,
  );
}

export function switchesSection(): Html {
  const rows = Object.entries(SWITCHES).map(([name, { values, decides, facts }]) => {
    const [standard, ...others] = values.map((value) => JSON.stringify(value));
    return [
      code(name),
      html`<strong>${standard}</strong>${others.map((value) => html`, ${value}`)}`,
      decides,
      facts,
    ];
  });
  return folded(
    { id: 'switches', title: 'Switches' },
    html`<p class="muted">Where nobody knows what the real bank does, you choose. The first value is the default.</p>
${table('Switches', ['Switch', 'Values', 'Decides', 'Facts'], rows)}`,
  );
}
