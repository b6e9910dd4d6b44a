import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';

/** A link that leaves the site, in a tab of its own. */
export function outward(url: string, text: string, { opensInNewTab }: Messages): Html {
  return html`<a href="${url}" target="_blank" rel="noopener">${text}<span class="unseen"> ${opensInNewTab}</span></a>`;
}
