import { groupedDecimalOf } from '../money.js';
import { type Html, html } from '../pages/html.js';
import type { Page } from '../pages/page.js';
import type { LinkPayment, PaymentLink } from './payment-link.js';
import { TEST_CARDS } from './test-cards.js';

export interface Checkout {
  readonly link: PaymentLink;
  readonly payee: string;
  /** The payment that the client has just made. */
  readonly payment?: LinkPayment | undefined;
  readonly fault?: string | undefined;
}

const METHOD_NAMES: Readonly<Record<string, string>> = {
  apple_pay: 'Apple Pay',
  ideal: 'iDEAL',
  paypal: 'PayPal',
};

const CLOSED: Readonly<Record<string, string>> = {
  paid: 'This link has been paid.',
  processing: 'A payment of this link is on its way.',
  canceled: 'This link has been withdrawn.',
  expired: 'This link has expired.',
};

/** The public page of a payment link, where a client pays. */
export function checkoutPage(checkout: Checkout): Page {
  const { link, payee, payment, fault } = checkout;
  const total = `${groupedDecimalOf(link.amountCents)} ${link.currency}`;
  return {
    title: `Pay ${payee}`,
    body: html`<main>
<p class="brand">Sandbox payment page. No money is real.</p>
<h1>Pay ${payee}</h1>
<p class="amount">${total}</p>
${payment ? outcome(payment) : undefined}
${fault === undefined ? undefined : html`<p class="card bad" role="alert">${fault}</p>`}
${contents(link)}
${next(checkout, total)}
</main>`,
  };
}

function outcome({ status }: LinkPayment): Html {
  if (status === 'paid') return html`<p class="card ok" role="status">Paid. Thank you!</p>`;
  if (status === 'failed') {
    return html`<p class="card bad" role="alert">The payment was declined. Nothing was taken.</p>`;
  }
  return html`<p class="card warn" role="status">The payment is on its way. Nothing more is to be done.</p>`;
}

/** What can still be done with the link. */
function next({ link, payment }: Checkout, total: string): Html | undefined {
  if (link.status !== 'open') {
    return payment ? undefined : html`<p class="card">${CLOSED[link.status] ?? link.status}</p>`;
  }
  // Who has paid shall not pay twice by mistake.
  if (payment && payment.status !== 'failed') {
    return html`<p><a href="/pay/${link.id}">Pay this link again</a></p>`;
  }
  return form(link, total);
}

function contents({ items, invoice }: PaymentLink): Html {
  if (invoice) {
    return html`<dl><dt>Invoice</dt><dd>${invoice.number}</dd><dt>For</dt><dd>${invoice.debitorName}</dd></dl>`;
  }
  const rows = (items ?? []).map(
    (item) =>
      html`<tr><td>${item.title}</td><td class="number">${item.quantity}</td><td class="number">${item.unit_price.value}</td><td class="number">${item.vat_rate} %</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Items"><table><thead><tr><th scope="col">Item</th><th scope="col">Quantity</th><th scope="col">Price</th><th scope="col">VAT</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function form(link: PaymentLink, total: string): Html {
  const hasCard = link.methods.includes('credit_card');
  const others = link.methods.filter((method) => method !== 'credit_card');
  return html`<form method="post" action="/pay/${link.id}" class="fields">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email" required>
${hasCard ? cardFields(total) : undefined}
${others.map((method) => html`<button class="quiet" name="method" value="${method}" formnovalidate>Pay with ${METHOD_NAMES[method] ?? method}</button>`)}
</form>
${hasCard ? testCards() : undefined}`;
}

function cardFields(total: string): Html {
  return html`<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="cc-number" required>
<div class="pair">
<div><label for="expiry">Expires</label><input id="expiry" name="expiry" placeholder="12/29" autocomplete="cc-exp" required></div>
<div><label for="code">Security code</label><input id="code" name="code" inputmode="numeric" autocomplete="cc-csc" required></div>
</div>
<button name="method" value="credit_card">Pay ${total}</button>`;
}

function testCards(): Html {
  const rows = TEST_CARDS.map(
    ({ number, effect }) =>
      html`<li><span class="number">${number.replace(/(.{4})(?=.)/g, '$1 ')}</span>: ${effect}</li>`,
  );
  return html`<h2>Test cards</h2><ul>${rows}</ul><p class="muted">Any date to come and any code will do.</p>`;
}
