import { type Language, messagesIn, withLanguage } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';

interface Layout {
  language: Language;
  title: string;
  head?: Html;
  main: Html;
}

/** What every page of the site has around its content. */
export function layout({ language, title, head, main }: Layout): string {
  const messages = messagesIn(language);
  const page = html`<!doctype html>
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
<a class="skip" href="#main">${messages.skipToInvoice}</a>
${header(language, messages)}
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot"><p>${messages.disclaimer}</p></footer>
</body>
</html>
`;
  return page.text;
}

function header(language: Language, messages: Messages): Html {
  const other = language === 'en' ? 'fr' : 'en';
  const otherName = other === 'fr' ? 'Français' : 'English';
  return html`<header class="bar">
<a class="brand" href="${withLanguage('/', language)}">
  <img src="/assets/ledgerly.svg" alt="" width="28" height="28">
  <span class="name">Ledgerly</span>
</a>
<span class="tagline">${messages.tagline}</span>
<a class="language" href="?lang=${other}" lang="${other}" hreflang="${other}">${otherName}</a>
</header>`;
}
