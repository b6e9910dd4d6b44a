import { messagesIn } from '../../messages/languages.js';
import type { Messages } from '../../messages/messages.js';
import { SET_SIZES } from '../../payables/make-payables.js';
import { payablesAddress, payablesQuery } from '../../payables/payables-address.js';
import { formatsIn } from '../format.js';
import { type Html, html } from '../html.js';
import { layout } from '../layout.js';
import { outward } from '../outward.js';
import type { PayablesPage, PayablesParts } from './payables-parts.js';
import { payablesTable, tickedRows } from './payables-table.js';

/** The page on which a company ticks its suppliers' invoices and pays them all at once. */
export function payablesPage(page: PayablesPage): string {
  const { config, language } = page;
  const messages = messagesIn(language);
  const parts = { ...page, messages, formats: formatsIn(language) };
  return layout({
    language,
    title: messages.payables.title,
    page: 'many',
    head: html`<link rel="stylesheet" href="/assets/payables.css">
<script type="module" src="/assets/payables.js"></script>
<script type="module" src="${config.bffUrl}/widget/v1/qonto-pay-button.js"></script>`,
    main: html`<div class="desk payables">
<section class="card list" aria-labelledby="payables-title">
${heading(parts)}
${presets(messages)}
${payablesTable(parts)}
<p class="total-bar"><span class="total-text" aria-hidden="true"></span> <a href="#payment">${messages.payables.toPayment}</a></p>
</section>
<div class="column side">
${payCard(parts)}
${membersCard(parts)}
</div>
</div>`,
  });
}

function heading({ language, messages, set, size }: PayablesParts): Html {
  const { payables } = messages;
  const sizes = SET_SIZES.map(
    (each) =>
      html`<a href="${payablesAddress(each, language)}"${each === size ? html` aria-current="true"` : undefined}>${payables.size(each)}</a>`,
  );
  const query = payablesQuery(size, language).toString();
  return html`<header class="head">
<h1 id="payables-title">${payables.title}</h1>
<nav class="sizes" aria-label="${payables.sizes}">${sizes}</nav>
<form method="post" action="/payables/sets${query && `?${query}`}">
<button class="quiet" id="make-set" aria-describedby="set-hint">${payables.makeSet}</button></form>
</header>
<p class="hint">${payables.intro} <span id="set-hint">${payables.makeSetHint}</span> <span class="unseen" id="set-number">${set.number}</span></p>`;
}

function presets({ payables }: Messages): Html {
  const buttons = Object.entries(payables.presets).map(
    ([preset, text]) =>
      html`<button class="quiet" type="button" data-preset="${preset}">${text}</button>`,
  );
  return html`<div class="presets" role="group" aria-label="${payables.select}"><span aria-hidden="true">${payables.select}:</span> ${buttons}</div>`;
}

function payCard(parts: PayablesParts): Html {
  const { messages, overview } = parts;
  const { payables } = messages;
  return html`<section class="card" id="payment" aria-labelledby="pay-title">
<h2 id="pay-title">${payables.pay}</h2>
<p class="sum-line">${totalOutput(messages)}</p>
${overview ? undefined : html`<p class="notice bad" role="alert">${messages.serviceDown} <a href="">${messages.tryAgain}</a></p>`}
${button(parts)}
<p><button type="button" class="quiet" id="start-another" hidden>${payables.startAnother}</button></p>
<p class="hint">${payables.payHint}</p>
</section>`;
}

/** The page's script writes the total there; the words depend on how many it is. */
function totalOutput({ payables }: Messages): Html {
  const { ticked, inPayment } = payables;
  return html`<output form="payables" id="total" data-ticked-one="${ticked(1)}" data-ticked-many="${ticked(2)}" data-shown-one="${inPayment(1)}" data-shown-many="${inPayment(2)}"><span class="total-text"></span></output>`;
}

/** The page's script keeps the hints and the address of the ticked rows up to date. */
function button(parts: PayablesParts): Html {
  const { language, messages, overview, set, size } = parts;
  const query = payablesQuery(size, language);
  query.set('set', String(set.number));
  const intent = overview?.current?.intent;
  return html`<qonto-pay-button${intent ? html` intent="${intent}"` : undefined} count="${tickedRows(parts).length}" currency="EUR" data-intent-url="/payables/intent?${query.toString()}">
<button class="pay-link" form="payables">${messages.payWithQonto}</button>
</qonto-pay-button>`;
}

function membersCard({ config, messages }: PayablesParts): Html {
  const { payables } = messages;
  const members = payables.members.map(
    ({ name, what }) => html`<li><strong>${name}</strong>, ${what}</li>`,
  );
  const phones = payables.members.map(({ name }) => {
    const [firstName = ''] = name.split(' ');
    const url = `${config.sandboxUrl}/phone?member=${firstName.toLowerCase()}`;
    return html`<li>${outward(url, payables.phoneOf(firstName), messages)}</li>`;
  });
  return html`<section class="card" aria-labelledby="members-title">
<h2 id="members-title">${payables.whoPays}</h2>
<ul class="tips">${members}</ul>
<ul class="links">${phones}
<li>${outward(config.sandboxUrl, messages.bank, messages)}</li></ul>
</section>`;
}
