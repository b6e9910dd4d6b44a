import { type Language, messagesIn, withLanguage } from '../messages/languages.js';
import { html } from './html.js';
import { layout } from './layout.js';

/** What a visitor sees at the address of an invoice that is not theirs. */
export function missingPage(language: Language): string {
  const messages = messagesIn(language);
  return layout({
    language,
    title: messages.noSuchInvoice,
    main: html`<section class="card lonely">
<h1>${messages.noSuchInvoice}</h1>
<p>${messages.noSuchInvoiceHint}</p>
<p><a href="${withLanguage('/', language)}">${messages.toYourInvoices}</a></p>
</section>`,
  });
}
