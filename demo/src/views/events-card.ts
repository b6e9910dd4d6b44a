import type { Messages } from '../messages/messages.js';
import { type Html, html } from './html.js';

/** Where the page's script writes the element's events. */
export function eventsCard(messages: Messages, isScriptBlocked = false): Html {
  return html`<section class="card" aria-labelledby="events-title">
<h2 id="events-title">${messages.events}</h2>
<p class="hint">${messages.eventsIntro}</p>
<p class="empty" id="no-events">${isScriptBlocked ? messages.noEventsWithoutScript : messages.noEventsYet}</p>
<div class="events" id="event-log" role="group" aria-labelledby="events-title" tabindex="0" hidden><ol id="events"></ol></div>
</section>`;
}
