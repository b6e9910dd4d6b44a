import type { MagicAmount, MagicPayee } from '../endings.js';
import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';
import type { PageParts } from './page-parts.js';

/** Lets a visitor choose the payee and the amount by what they lead to. */
export function endingsForm({ endings, formats, language, messages }: PageParts): Html {
  const payees = endings.payees.map(
    (payee) =>
      html`<option value="${payee.effect}">${payeeEffect(payee, messages)} – ${payee.name}</option>`,
  );
  const amounts = endings.amounts.map(
    (amount) =>
      html`<option value="${amount.effect}">${amountEffect(amount, messages)} – ${formats.money(amount.amount)}</option>`,
  );
  return html`<section class="card" aria-labelledby="endings-title">
<h2 id="endings-title">${messages.endings}</h2>
<p class="hint">${messages.endingsIntro}</p>
<form method="post" action="/invoices">
<input type="hidden" name="lang" value="${language}">
<label for="payee">${messages.payee}</label>
<select id="payee" name="payee">${payees}</select>
<label for="amount">${messages.total}</label>
<select id="amount" name="amount"><option value="">${messages.ordinaryAmount}</option>${amounts}</select>
<button id="make-invoice">${messages.makeInvoice}</button>
</form>
<h3>${messages.byHand}</h3>
<ul class="tips">${messages.byHandTips.map((tip) => html`<li>${tip}</li>`)}</ul>
</section>`;
}

function payeeEffect({ effect }: MagicPayee, messages: Messages): string {
  const known = messages.payeeEffects[effect];
  if (known) return known;
  return effect.includes('-error-') ? messages.payeeCheckFails(inWords(effect)) : inWords(effect);
}

function amountEffect({ effect }: MagicAmount, messages: Messages): string {
  const [kind, reason] = effect.split(':');
  if (kind === 'declined' && reason) return messages.amountDeclined(inWords(reason));
  return messages.amountEffects[effect] ?? inWords(effect);
}

/** An effect that this page has no words for is shown by its name: `bank-not-available` reads well enough. */
function inWords(effect: string): string {
  const words = effect.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
