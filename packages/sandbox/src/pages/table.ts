import { type Html, html } from './html.js';

/** A table whose cells stand below one another where the screen is narrow. The roles outlive that. */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  const body = rows.map(
    (cells) => html`<tr role="row">${cells.map((cell) => html`<td role="cell">${cell}</td>`)}</tr>`,
  );
  return html`<table class="stack" role="table" aria-label="${name}">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${body}</tbody></table>`;
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
