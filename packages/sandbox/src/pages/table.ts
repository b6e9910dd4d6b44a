import { type Html, html } from './html.js';

/** A table that scrolls by itself where the screen is narrow. */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  const body = rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

export function code(text: string): Html {
  return html`<code>${text}</code>`;
}

export function figure(text: string): Html {
  return html`<span class="number">${text}</span>`;
}

/** A part of the page that opens where it is asked for; a link to its id opens it too. */
export function folded({ id, title }: { readonly id: string; readonly title: string }, body: Html) {
  return html`<details class="card"><summary><h2>${title}</h2></summary><div id="${id}">${body}</div></details>`;
}
