import type { PayItem, PayState, ReviewItem } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { type Html, html } from '../html.js';
import { type Language, localeOf } from '../language.js';
import type { Words } from './words.en.js';

/** Progress is seen by loading the page again. */
export const REFRESH_SECONDS = 3;

/** What a view of the page without script is made of. */
export interface Shown {
  state: PayState;
  language: Language;
  words: Words;
  pageToken: string;
}

/** A row that may be paid, with what the bank knows of it. */
export interface ReviewRow {
  item: PayItem;
  reviewed: ReviewItem;
}

/** One view, as it goes into the page. */
export interface Content {
  heading: string;
  body: Html;
  dataStatus: string;
  refreshSeconds?: number;
  isWide?: boolean;
}

/** A form of our own page, with its token. */
export function form(
  { state, pageToken }: Shown,
  { action, hasFile = false }: { action: string; hasFile?: boolean },
  body: Html,
): Html {
  return html`<form method="post" action="/pay/api/intents/${state.intent}/${action}"${hasFile && html` enctype="multipart/form-data"`}>
${hidden('pageToken', pageToken)}${body}</form>`;
}

export const hidden = (name: string, value: string | number): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

export const backLink = ({ state, words }: Shown): Html =>
  html`<p><a id="back" href="${state.returnUrl}">${words.back}</a></p>`;

/** In place of a refresh, which would empty the fields of a form. */
export const lookLink = ({ state, words }: Shown): Html =>
  html`<p><a id="look" href="/pay/${state.intent}/plain">${words.look}</a></p>`;

/** `Intl` reads the decimal string exactly; no float is made of it. */
export function money(amount: string, language: Language): string {
  const format = new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency: 'EUR',
  });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** `YYYY-MM-DD` is a day of the bank, whatever the time zone of the machine. */
export const date = (day: string, language: Language): string => dayText(day, language, 'long');

/** The same where room is scarce: in a table. */
export const shortDate = (day: string, language: Language): string =>
  dayText(day, language, 'medium');

function dayText(day: string, language: Language, dateStyle: 'long' | 'medium'): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { dateStyle, timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** Who pays. */
export const memberFacts = ({ state: { member }, words }: Shown): Html =>
  html`<dt>${words.signedInAs}</dt><dd>${member?.name}, ${member?.organization}</dd>`;

/** The facts of a payment of one invoice. */
export function itemFacts({ language, words }: Shown, item: PayItem): Html {
  return html`<dt>${words.payee}</dt><dd>${item.payee.name}</dd>
<dt>${words.iban}</dt><dd>${groupIban(item.payee.iban)}</dd>
<dt>${words.reference}</dt><dd>${item.reference}${item.referenceSimplified && html`<br />${words.simplified}`}</dd>
${item.dueDate && html`<dt>${words.dueDate}</dt><dd>${date(item.dueDate, language)}</dd>`}
<dt>${words.amount}</dt><dd>${money(item.amount, language)}</dd>`;
}

/** A column beside the facts that every table of rows has. */
export interface Column {
  heading: string;
  cell: (item: PayItem) => Html | string | null;
}

/** Rows by their number, with columns before and after their facts. */
export function rowsTable(
  { language, words }: Shown,
  { items, before, after }: { items: readonly PayItem[]; before: Column[]; after: Column[] },
): Html {
  const heads = (columns: Column[]) =>
    columns.map(({ heading }) => html`<th scope="col">${heading}</th>`);
  const cells = (columns: Column[], item: PayItem) =>
    columns.map(({ heading, cell }) => html`<td data-label="${heading}">${cell(item)}</td>`);
  const rows = items.map(
    (item) => html`<tr data-row="${item.index}" data-status="${item.status}">
${cells(before, item)}<th scope="row" data-label="${words.row}">${item.index + 1}</th>
<td data-label="${words.payee}">${item.payee.name}<br /><small>${groupIban(item.payee.iban)}</small></td>
<td data-label="${words.reference}">${item.reference}</td>
<td data-label="${words.dueDate}">${item.dueDate && shortDate(item.dueDate, language)}</td>
<td data-label="${words.amount}" class="amount">${money(item.amount, language)}</td>
${cells(after, item)}</tr>`,
  );
  return html`<div class="rows"><table>
<thead><tr>${heads(before)}<th scope="col">${words.row}</th><th scope="col">${words.payee}</th>
<th scope="col">${words.reference}</th><th scope="col">${words.dueDate}</th>
<th scope="col">${words.amount}</th>${heads(after)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
