import { totalsOf } from '../../invoice.js';
import { messagesIn } from '../../messages/languages.js';
import type { Intent } from '../../partner-api.js';
import { RECEIVABLE_KINDS } from '../../receivables/receivable.js';
import { eventsCard } from '../events-card.js';
import { formatsIn } from '../format.js';
import { type Html, html } from '../html.js';
import { invoiceList } from '../invoice-list.js';
import { layout } from '../layout.js';
import { outward } from '../outward.js';
import { serviceDown } from '../service-down.js';
import type { ReceivablePage, ReceivableParts } from './receivable-parts.js';
import { receivableSheet } from './receivable-sheet.js';

/** The page of one invoice of the company's own: the document, and the link to have it paid by. */
export function receivablePage(page: ReceivablePage): string {
  const { config, invoice, language } = page;
  const messages = messagesIn(language);
  const parts = { ...page, messages, formats: formatsIn(language) };
  return layout({
    language,
    title: `${messages.invoice} ${invoice.number}`,
    page: 'collect',
    head: html`<script type="module" src="/assets/invoice.js"></script>
<script type="module" src="${config.bffUrl}/widget/v1/qonto-pay-button.js"></script>`,
    main: html`<div class="desk">
${receivableSheet(parts)}
<div class="column side">
${collectCard(parts)}
${clientCard(parts)}
${eventsCard(messages)}
</div>
<div class="column">
${invoiceList(parts, {
  title: messages.receivables.list,
  words: messages.receivables,
  address: '/receivables',
  nameOf: ({ client }) => client?.name ?? messages.receivables.anybody,
})}
${makeForm(parts)}
</div>
</div>`,
  });
}

function collectCard(parts: ReceivableParts): Html {
  const { intent, messages } = parts;
  return html`<section class="card" aria-labelledby="collect-title">
<h2 id="collect-title">${messages.receivables.collectThis}</h2>
${intent ? button(intent, parts) : serviceDown(messages)}
<p class="hint">${messages.receivables.memberHint}</p>
</section>`;
}

function button({ id }: Intent, { config, invoice, messages }: ReceivableParts): Html {
  const { gross } = totalsOf(invoice.lines);
  return html`<qonto-pay-button mode="collect" intent="${id}" amount="${gross}" currency="EUR">
<a class="pay-link" href="${config.bffUrl}/pay/${id}">${messages.receivables.makeLink}</a>
</qonto-pay-button>`;
}

function clientCard({ config, messages }: ReceivableParts): Html {
  const { receivables } = messages;
  const cards = receivables.cards.map(
    ({ number, what }) => html`<li><span class="number">${number}</span> – ${what}</li>`,
  );
  return html`<section class="card" aria-labelledby="client-title">
<h2 id="client-title">${receivables.clientTitle}</h2>
<p class="hint">${receivables.clientHint}</p>
<ul class="tips">${cards}</ul>
<p class="hint">${receivables.clientEnd}</p>
<ul class="links"><li>${outward(config.sandboxUrl, messages.bank, messages)}</li></ul>
</section>`;
}

function makeForm({ language, messages }: ReceivableParts): Html {
  const { receivables } = messages;
  const kinds = RECEIVABLE_KINDS.map(
    (kind) => html`<option value="${kind}">${receivables.kinds[kind]}</option>`,
  );
  return html`<section class="card" aria-labelledby="make-title">
<h2 id="make-title">${receivables.make}</h2>
<p class="hint">${receivables.makeIntro}</p>
<form method="post" action="/receivables">
<input type="hidden" name="lang" value="${language}">
<label for="kind">${receivables.kind}</label>
<select id="kind" name="kind">${kinds}</select>
<button id="make-invoice">${receivables.makeThis}</button>
</form>
</section>`;
}
