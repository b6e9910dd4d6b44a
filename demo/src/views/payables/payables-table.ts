import { centsOf } from '../../money.js';
import { isPayable, type Payable, type PayableStatus } from '../../payables/payable.js';
import { payablesQuery } from '../../payables/payables-address.js';
import { statusOf } from '../../payables/payables-desk.js';
import { type Html, html } from '../html.js';
import type { PayablesParts } from './payables-parts.js';
import { statusTexts } from './status-texts.js';

/** The rows that are ticked when the page opens: the payment under way, else what pays without questions. */
export function tickedRows(parts: PayablesParts): number[] {
  const { overview, payables } = parts;
  if (overview?.current) return overview.current.rows;
  return payables
    .filter((payable) => isPlain(payable) && isPayable(statusFor(payable, parts)))
    .map(({ index }) => index);
}

/** The invoices as a form, which pays where scripts are blocked. */
export function payablesTable(parts: PayablesParts): Html {
  const { language, messages, payables, set, size } = parts;
  const words = messages.payables;
  const query = payablesQuery(size, language);
  query.set('set', String(set.number));
  const ticked = new Map(tickedRows(parts).map((row, place) => [row, place + 1]));
  return html`<form id="payables" method="post" action="/payables/pay?${query.toString()}" data-current="${parts.overview?.current?.rows.join(',') ?? ''}">
<table class="rows">
<caption class="unseen">${words.title}</caption>
<thead><tr>
<td><input type="checkbox" id="tick-all" aria-label="${words.presets.all}"></td>
<th scope="col" class="figure">${words.row}</th>
<th scope="col">${words.supplier}</th>
<th scope="col">${words.number}</th>
<th scope="col">${words.dueOn}</th>
<th scope="col" class="figure">${words.amount}</th>
<th scope="col">${words.state}</th>
</tr></thead>
<tbody>${payables.map((payable) => row(payable, ticked.get(payable.index), parts))}</tbody>
</table>
</form>`;
}

function row(payable: Payable, place: number | undefined, parts: PayablesParts): Html {
  const { index, supplier, number, dueOn, amount, kind, externalRef } = payable;
  const { formats, messages } = parts;
  const words = messages.payables;
  const status = statusFor(payable, parts);
  const isFree = isPayable(status);
  const file = html`<a class="file" href="/documents/${externalRef}.pdf" target="_blank">${words.document}<span class="unseen"> ${number} ${messages.opensInNewTab}</span></a>`;
  return html`<tr data-row="${index}" data-cents="${String(centsOf(amount))}" data-state="${status.state}"${isPlain(payable) ? html` data-plain` : undefined}${kind === 'trusted' ? html` data-trusted` : undefined}>
<td class="tick"><input type="checkbox" name="row" value="${index}" id="row-${index}" aria-label="${words.tick(supplier.name, number)}"${place && status.state !== 'paid' ? html` checked` : undefined}${isFree ? undefined : html` disabled`}></td>
<td class="figure place">${place}</td>
<th scope="row"><label for="row-${index}">${supplier.name}</label>
<span class="iban">${formats.iban(supplier.iban)}</span>
${kind === 'plain' ? undefined : html`<span class="kind">${words.kinds[kind]}</span>`}</th>
<td class="number">${number}${kind === 'document' ? html` ${file}` : undefined}</td>
<td class="due">${formats.shortDate(dueOn)}</td>
<td class="figure amount">${formats.money(amount)}</td>
<td class="status">${badge(status, parts)}</td>
</tr>`;
}

function badge(status: PayableStatus, { language }: PayablesParts): Html {
  const { label, detail } = statusTexts(status, language);
  return html`<span class="badge" data-state="${status.state}">${label}</span><span class="detail">${detail}</span>`;
}

const isPlain = ({ kind }: Payable): boolean => kind === 'plain' || kind === 'trusted';

function statusFor({ index, kind }: Payable, { overview }: PayablesParts): PayableStatus {
  if (kind === 'paid-elsewhere') return { state: 'paid' };
  return overview ? statusOf(overview.statuses, index) : { state: 'unpaid' };
}
