import { totalsOf } from '../invoice.js';
import { messagesIn, withLanguage } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';
import type { Intent } from '../partner-api.js';
import { endingsForm } from './endings-form.js';
import { formatsIn } from './format.js';
import { type Html, html } from './html.js';
import { invoiceSheet, stateBadge } from './invoice-sheet.js';
import { layout } from './layout.js';
import { outward } from './outward.js';
import type { InvoicePage, PageParts } from './page-parts.js';

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
${eventsCard(parts)}
</div>
<div class="column">
${invoiceList(parts)}
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

function serviceDown(messages: Messages): Html {
  return html`<p class="notice bad" role="alert">${messages.serviceDown} <a href="">${messages.tryAgain}</a></p>`;
}

function scriptSwitch({ invoice, isScriptBlocked, language, messages }: PageParts): Html {
  const query = new URLSearchParams(language === 'en' ? {} : { lang: language });
  if (!isScriptBlocked) query.set('block-script', '1');
  const text = isScriptBlocked ? messages.showWithScript : messages.showWithoutScript;
  return html`<a href="/invoices/${invoice.number}?${query.toString()}">${text}</a>`;
}

function eventsCard({ isScriptBlocked, messages }: PageParts): Html {
  return html`<section class="card" aria-labelledby="events-title">
<h2 id="events-title">${messages.events}</h2>
<p class="hint">${messages.eventsIntro}</p>
<p class="empty" id="no-events">${isScriptBlocked ? messages.noEventsWithoutScript : messages.noEventsYet}</p>
<div class="events" id="event-log" role="group" aria-labelledby="events-title" tabindex="0" hidden><ol id="events"></ol></div>
</section>`;
}

function invoiceList({ formats, invoice, language, messages, rows }: PageParts): Html {
  const items = rows.map((row) => {
    const isCurrent = row.invoice === invoice;
    return html`<li>
<a href="${withLanguage(`/invoices/${row.invoice.number}`, language)}"${isCurrent ? html` aria-current="page"` : undefined}>
<span class="who">${row.invoice.supplier.name}</span>
<span class="sum">${formats.money(totalsOf(row.invoice.lines).gross)}</span>
<span class="number">${row.invoice.number}</span>
${stateBadge(row.state, messages)}
</a></li>`;
  });
  return html`<nav class="card" aria-labelledby="list-title">
<h2 id="list-title">${messages.invoices}</h2>
<p class="hint">${messages.newVisitor}</p>
<ul class="invoices">${items}</ul>
</nav>`;
}
