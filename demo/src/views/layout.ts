import { type Language, messagesIn, withLanguage } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';

interface Layout {
  language: Language;
  title: string;
  /** Which of the site's pages it belongs to. */
  page?: 'one' | 'many' | 'collect';
  head?: Html;
  main: Html;
}

/** What every page of the site has around its content. */
export function layout({ language, title, page, head, main }: Layout): string {
  const messages = messagesIn(language);
  const whole = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Ledgerly</title>
<link rel="icon" href="/assets/ledgerly.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/ledgerly.css">
${head}
</head>
<body>
<a class="skip" href="#main">${messages.skipToContent}</a>
${header(language, messages, page)}
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot"><p>${messages.disclaimer}</p></footer>
</body>
</html>
`;
  return whole.text;
}

function header(language: Language, messages: Messages, page: Layout['page']): Html {
  const other = language === 'en' ? 'fr' : 'en';
  const otherName = other === 'fr' ? 'Français' : 'English';
  return html`<header class="bar">
<a class="brand" href="${withLanguage('/', language)}">
  <img src="/assets/ledgerly.svg" alt="" width="28" height="28">
  <span class="name">Ledgerly</span>
</a>
<nav class="pages" aria-label="${messages.pages}">
${pageLink(withLanguage('/', language), messages.oneInvoice, page === 'one')}
${pageLink(withLanguage('/payables', language), messages.manyInvoices, page === 'many')}
${pageLink(withLanguage('/receivables', language), messages.receivables.page, page === 'collect')}
</nav>
<span class="tagline">${messages.tagline}</span>
<a class="language" href="?lang=${other}" lang="${other}" hreflang="${other}">${otherName}</a>
</header>`;
}

function pageLink(address: string, text: string, isCurrent: boolean): Html {
  return html`<a href="${address}"${isCurrent ? html` aria-current="true"` : undefined}>${text}</a>`;
}
