import { totalsOf } from '../invoice.js';
import { messagesIn } from '../messages/languages.js';
import type { Intent } from '../partner-api.js';
import { endingsForm } from './endings-form.js';
import { eventsCard } from './events-card.js';
import { formatsIn } from './format.js';
import { type Html, html } from './html.js';
import { invoiceList } from './invoice-list.js';
import { invoiceSheet } from './invoice-sheet.js';
import { layout } from './layout.js';
import { outward } from './outward.js';
import type { InvoicePage, PageParts } from './page-parts.js';
import { serviceDown } from './service-down.js';

/** The page of one invoice: the document, the way to pay it, and what a visitor may try. */
export function invoicePage(page: InvoicePage): string {
  const { config, invoice, isScriptBlocked, language } = page;
  const parts = { ...page, messages: messagesIn(language), formats: formatsIn(language) };
  const widget = `${config.bffUrl}/widget/v1/qonto-pay-button.js`;
  return layout({
    language,
    title: `${parts.messages.invoice} ${invoice.number}`,
    page: 'one',
    head: html`<script type="module" src="/assets/invoice.js"></script>
${isScriptBlocked ? undefined : html`<script type="module" src="${widget}"></script>`}`,
    main: html`<div class="desk">
${invoiceSheet(parts)}
<div class="column side">
${payCard(parts)}
${eventsCard(parts.messages, isScriptBlocked)}
</div>
<div class="column">
${invoiceList(parts, {
  title: parts.messages.invoices,
  words: parts.messages,
  address: '/invoices',
  nameOf: ({ supplier }) => supplier.name,
})}
${endingsForm(parts)}
</div>
</div>`,
  });
}

function payCard(parts: PageParts): Html {
  const { config, intent, messages } = parts;
  return html`<section class="card" aria-labelledby="pay-title">
<h2 id="pay-title">${messages.payThis}</h2>
${intent ? button(intent, parts) : serviceDown(messages)}
<p class="hint">${messages.phoneHint}</p>
<ul class="links">
<li>${outward(`${config.sandboxUrl}/phone?member=alice`, messages.phone, messages)}</li>
<li>${outward(config.sandboxUrl, messages.bank, messages)}</li>
<li>${scriptSwitch(parts)}</li>
</ul>
</section>`;
}

function button(intent: Intent, { config, invoice, isScriptBlocked, messages }: PageParts): Html {
  const { gross } = totalsOf(invoice.lines);
  const payUrl = `${config.bffUrl}/pay/${intent.id}`;
  return html`<qonto-pay-button intent="${intent.id}" amount="${gross}" currency="EUR">
<a class="pay-link" href="${payUrl}">${messages.payWithQonto}</a>
</qonto-pay-button>
${isScriptBlocked ? html`<p class="notice">${messages.scriptBlocked}</p>` : undefined}`;
}

function scriptSwitch({ invoice, isScriptBlocked, language, messages }: PageParts): Html {
  const query = new URLSearchParams(language === 'en' ? {} : { lang: language });
  if (!isScriptBlocked) query.set('block-script', '1');
  const text = isScriptBlocked ? messages.showWithScript : messages.showWithoutScript;
  return html`<a href="/invoices/${invoice.number}?${query.toString()}">${text}</a>`;
}
