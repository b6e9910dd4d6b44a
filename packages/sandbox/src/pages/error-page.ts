import { html } from './html.js';
import type { Page } from './page.js';

export function errorPage(title: string, text: string): Page {
  return { title, body: html`<main><h1>${title}</h1><p>${text}</p></main>` };
}
