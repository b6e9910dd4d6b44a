import { dateText, moneyText, type TableContext } from './context.js';
import { stateMarks } from './line-view.js';
import type { Entry, TableRow } from './rows.js';

/** A row as it is said: who, how much, until when, what the bank says, what is wrong, and chosen or not. */
export function rowWords({ item, known }: TableRow, context: TableContext): string {
  const { words, language, choice, selected } = context;
  const isChosen = selected.has(item.index) ? words.isSelected : words.isNotSelected;
  return [
    item.payee.name,
    moneyText(item.amount, language),
    item.dueDate ? words.dueOn(dateText(item.dueDate, language)) : '',
    choice !== 'none' && known ? words.checks[known.payeeCheck.result] : '',
    ...stateMarks({ item, known }, context).map((mark) => mark.words),
    choice === 'none' ? '' : isChosen,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The line that the focus came to; what a panel holds is read by itself. */
export function lineWords(entry: Entry, entries: readonly Entry[], context: TableContext): string {
  if (entry.kind === 'panel') return '';
  if (entry.kind === 'group') return context.words.groups[entry.group](entry.rows.length);
  const rows = entries.filter(({ kind }) => kind === 'row');
  const position = rows.indexOf(entry) + 1;
  return `${rowWords(entry.row, context)}. ${context.words.row(position, rows.length)}`;
}
