import type { ReviewItem } from '@qonto-pay/shared';
import {
  PAYEE_WORDS,
  payeeDecision,
  payeeSentence,
  type ShownPayee,
} from '@qonto-pay/shared/payee-sentences';
import { type Html, html } from '../html.js';
import { money, type ReviewRow, type Shown } from './shown.js';

/** What the bank says of a payee, in the words that the audit log records with the decision. */
export function payeeText(
  { language }: Shown,
  item: ReviewItem,
): { evidence: string; decision: string } {
  const { payeeCheck, warnings, lastIban } = item;
  const shown: ShownPayee = { ...payeeCheck, warnings, lastIban, lang: language };
  const decision = payeeDecision(shown);
  const sentence = payeeSentence(shown);
  return { evidence: sentence.slice(0, sentence.length - decision.length).trim(), decision };
}

/** The same in a few words, for a cell of the table. */
export function payeeSummary({ language, words }: Shown, item: ReviewItem): Html {
  const { result } = item.payeeCheck;
  const text =
    result === 'unchecked' ? words.unchecked : PAYEE_WORDS[language].results[result].heading;
  return html`<span data-result="${result}">${text}</span>${savedName(words, item)}`;
}

export const savedName = (words: Shown['words'], { savedName: name }: ReviewItem): Html | null =>
  name === null ? null : html`<p class="warning">${words.saved(name)}</p>`;

/** The payer's own decision about each payee that needs one: no box covers two. */
export function decisions(shown: Shown, rows: readonly ReviewRow[]): Html | null {
  const needed = rows.filter(({ reviewed }) => reviewed.decisionNeeded);
  if (needed.length === 0) return null;
  return html`<h2>${shown.words.decide(needed.length)}</h2>${needed.map(({ item, reviewed }) => {
    const { evidence, decision } = payeeText(shown, reviewed);
    return html`<fieldset data-row="${item.index}">
<legend>${shown.words.row} ${item.index + 1}: ${item.payee.name}, ${money(item.amount, shown.language)}</legend>
<p class="warning" data-result="${reviewed.payeeCheck.result}">${evidence}</p>
<label><input type="checkbox" name="accept" value="${item.index}" required />${decision}</label>
</fieldset>`;
  })}`;
}
