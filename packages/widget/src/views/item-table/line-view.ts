import type { PayItem } from '@qonto-pay/shared';
import { groupIban } from '@qonto-pay/shared/payee-sentences';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { drawn, ICONS } from '../icons.js';
import { CHECK_SHAPES } from '../payee-check.js';
import { dateText, moneyText, type TableContext } from './context.js';
import type { Entry, TableRow } from './rows.js';

interface Mark {
  shape: string;
  tone: 'ok' | 'calm' | 'warn' | 'bad';
  words: string;
}

const CHECK_TONES: Record<string, Mark['tone']> = {
  match: 'ok',
  close_match: 'warn',
  not_possible: 'warn',
  no_match: 'bad',
};
const DOT = 'M7 12h10';
const CHEVRON = 'M9 6l6 6-6 6';

/** An icon and its word: never colour alone. */
const mark = ({ shape, tone, words }: Mark): TemplateResult =>
  html`<span class="sign ${tone}">${drawn(shape)}<span>${words}</span></span>`;

const attention = (words: string): Mark => ({ shape: ICONS.warning, tone: 'warn', words });

function checkMark({ known }: TableRow, { words }: TableContext): Mark | undefined {
  if (!known) return undefined;
  const { result } = known.payeeCheck;
  const shape = result === 'unchecked' ? DOT : CHECK_SHAPES[result];
  return { shape, tone: CHECK_TONES[result] ?? 'calm', words: words.checks[result] };
}

const STATUS_LOOKS: Partial<Record<PayItem['status'], Omit<Mark, 'words'>>> = {
  open: { shape: DOT, tone: 'calm' },
  settled: { shape: ICONS.check, tone: 'ok' },
  sent_unconfirmed: { shape: ICONS.check, tone: 'ok' },
  declined: { shape: ICONS.cross, tone: 'bad' },
  denied: { shape: ICONS.cross, tone: 'bad' },
  failed: { shape: ICONS.warning, tone: 'warn' },
  expired: { shape: ICONS.clock, tone: 'warn' },
  not_enrolled: { shape: ICONS.phone, tone: 'warn' },
  canceled: { shape: ICONS.cross, tone: 'calm' },
  unknown: { shape: ICONS.clock, tone: 'warn' },
  held: { shape: ICONS.clock, tone: 'warn' },
};

function statusMark({ item }: TableRow, { words, language }: TableContext): Mark {
  const look = STATUS_LOOKS[item.status] ?? { shape: ICONS.clock, tone: 'calm' as const };
  const on = item.status === 'scheduled' ? item.scheduledOn : null;
  const when = on ? ` ${words.scheduledOn(dateText(on, language))}` : '';
  // A BFF that is newer than this page may know one more.
  return { ...look, words: (words.statuses[item.status] ?? words.statuses.unknown) + when };
}

/** While it is chosen: what is wrong with a row. Else: what became of it. */
export function stateMarks(row: TableRow, context: TableContext): Mark[] {
  const { item, known } = row;
  const { words, choice } = context;
  if (choice === 'none' || !item.payable || !known) return [statusMark(row, context)];
  const isDocumentDue = ['missing', 'failed', 'consent'].includes(known.document);
  return [
    ...known.warnings.map((warning) => attention(words.problems[warning])),
    ...(known.payeeCheck.was ? [attention(words.problems.changed)] : []),
    ...(isDocumentDue ? [attention(words.problems.document)] : []),
    ...(item.status === 'open' ? [] : [statusMark(row, context)]),
  ];
}

function selectCell({ item }: TableRow, context: TableContext): TemplateResult | typeof nothing {
  const { choice, words, selected } = context;
  if (choice === 'none') return nothing;
  const box = html`<label class="hit"
    ><input
      type=${choice === 'many' ? 'checkbox' : 'radio'}
      name="row"
      tabindex="-1"
      data-select=${item.index}
      aria-label=${words.pickOne(item.payee.name)}
      .checked=${live(selected.has(item.index))}
  /></label>`;
  return html`<div role="gridcell" class="select" tabindex="-1">${item.payable ? box : nothing}</div>`;
}

function proofLink({ item }: TableRow, { proofUrl, words }: TableContext) {
  const url = item.hasProof ? proofUrl(item.index) : undefined;
  if (!url) return nothing;
  return html`<a
    class="proof"
    tabindex="-1"
    href=${url}
    download
    aria-label=${words.proofOf(item.payee.name)}
    >PDF</a
  >`;
}

function withdrawButton({ item }: TableRow, { words }: TableContext) {
  if (!item.cancelable) return nothing;
  return html`<button
    type="button"
    class="withdraw"
    tabindex="-1"
    data-withdraw=${item.index}
    aria-label=${words.withdrawOf(item.payee.name)}
  >
    ${words.withdraw}
  </button>`;
}

/** One row; its cells are in the order of the columns. */
function rowView(row: TableRow, rowIndex: number, context: TableContext, isOpen: boolean) {
  const { item } = row;
  const { selected, choice, language } = context;
  const check = checkMark(row, context);
  return html`<div
    role="row"
    class="row"
    data-key="r-${item.index}"
    data-row=${item.index}
    aria-rowindex=${rowIndex}
    aria-selected=${choice === 'none' ? nothing : selected.has(item.index)}
  >
    ${selectCell(row, context)}
    <div role="gridcell" class="payee" tabindex="-1">
      <span class="name">${item.payee.name}</span>
      <span class="iban">${groupIban(item.payee.iban)}</span>
    </div>
    <div role="gridcell" class="reference" tabindex="-1"><span>${item.reference}</span></div>
    <div role="gridcell" class="amount" tabindex="-1">${moneyText(item.amount, language)}</div>
    <div role="gridcell" class="due" tabindex="-1">
      ${item.dueDate ? dateText(item.dueDate, language) : nothing}
    </div>
    ${
      choice === 'none'
        ? nothing
        : html`<div role="gridcell" class="check" tabindex="-1">
            ${check ? mark(check) : nothing}
          </div>`
    }
    <div role="gridcell" class="state" tabindex="-1">
      ${stateMarks(row, context).map(mark)} ${proofLink(row, context)}
      ${withdrawButton(row, context)}
      <button
        type="button"
        class="chevron"
        tabindex="-1"
        aria-expanded=${isOpen}
        aria-label=${context.words.details(item.payee.name)}
      >
        ${drawn(CHEVRON)}
      </button>
    </div>
  </div>`;
}

function groupView(entry: Entry & { kind: 'group' }, rowIndex: number, context: TableContext) {
  const { group, rows, isFolded, key, amount } = entry;
  return html`<div role="row" class="group" data-key=${key} aria-rowindex=${rowIndex}>
    <div role="gridcell" aria-colspan=${context.choice === 'none' ? 5 : 7} tabindex="-1">
      <button
        type="button"
        class="fold ${group}"
        tabindex="-1"
        data-fold=${group}
        aria-expanded=${!isFolded}
      >
        <span class="chevron">${drawn(CHEVRON)}</span>
        <span>${context.words.groups[group](rows.length)}</span>
        <span class="amount">${moneyText(amount, context.language)}</span>
      </button>
    </div>
  </div>`;
}

/** Draws a line. While it scrolls, what has not changed is not even looked at. */
export function lineView(
  entry: Entry,
  rowIndex: number,
  context: TableContext,
  isOpen: (row: TableRow) => boolean,
): unknown {
  if (entry.kind === 'group') return groupView(entry, rowIndex, context);
  const { row } = entry;
  if (entry.kind === 'row') {
    const opened = isOpen(row);
    return guard([row, rowIndex, context, opened], () => rowView(row, rowIndex, context, opened));
  }
  return html`<div role="row" class="panel" data-key=${entry.key} aria-rowindex=${rowIndex}>
    <div role="gridcell" aria-colspan=${context.choice === 'none' ? 5 : 7} tabindex="-1">
      <qpay-item-details .row=${row} .context=${context}></qpay-item-details>
    </div>
  </div>`;
}
