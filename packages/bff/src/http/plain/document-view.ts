import { type Html, html } from '../html.js';
import { form, hidden, type ReviewRow, type Shown } from './shown.js';

const hasDocument = ({ reviewed: { document } }: ReviewRow): boolean =>
  document === 'ready' || document === 'not-needed';

export const hasAllDocuments = (rows: readonly ReviewRow[]): boolean => rows.every(hasDocument);

/** A way to add what is missing, row by row; nothing where nothing is. */
export function documentForms(shown: Shown, rows: readonly ReviewRow[]): Html | null {
  const missing = rows.filter((row) => !hasDocument(row));
  if (missing.length === 0) return null;
  const { words, state } = shown;
  const allow = state.consents.documents;
  const needsConsent = missing.some(({ reviewed }) => reviewed.document === 'consent');
  return html`<section id="documents"><h2>${words.documents.heading}</h2>
<p>${words.documents.why}</p>
${allow && needsConsent && html`<p><a class="button" href="${allow}">${words.documents.allow}</a></p>`}
${missing.map((row) => documentForm(shown, row))}</section>`;
}

function documentForm(shown: Shown, { item, reviewed }: ReviewRow): Html {
  const { row, documents } = shown.words;
  const { document } = reviewed;
  const isTheirTurn = document === 'missing' || document === 'failed';
  const name = html`<h3>${row} ${item.index + 1}: ${item.payee.name}</h3>`;
  if (!isTheirTurn)
    return html`${name}${document === 'fetching' && html`<p>${documents.fetching}</p>`}`;
  const id = `document-${item.index}`;
  return html`${name}<p>${documents[document]}</p>${form(
    shown,
    { action: 'documents', hasFile: true },
    html`${hidden('item', item.index)}<label for="${id}">${documents.file}</label>
<input id="${id}" type="file" name="file" accept="application/pdf,image/jpeg,image/png" required />
<button class="quiet">${documents.upload}</button>`,
  )}`;
}
