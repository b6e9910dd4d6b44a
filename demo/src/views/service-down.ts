import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';

/** In place of the button. */
export function serviceDown(messages: Messages): Html {
  return html`<p class="notice bad" role="alert">${messages.serviceDown} <a href="">${messages.tryAgain}</a></p>`;
}
