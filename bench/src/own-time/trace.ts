import { isBracket, type Statement } from '../support/statements.js';
import type { Desk } from './desk.js';

interface List {
  statements: Statement[];
  /** Such as `6 + 2`: begin and commit are told apart. */
  count: string;
}

export interface Lists {
  draft: List;
  answer: List;
  sent: List;
}

const LONGEST_TEXT = 100;

/** One draft and one confirmation, with the place in the service that sent each statement. */
export async function trace(desk: Desk): Promise<Lists> {
  const { statements } = desk.world;
  statements.trace(true);
  const draft = await desk.draft(desk.newInvoice());
  statements.trace(false);
  const [seen] = await desk.see([draft.intent]);
  if (!seen) throw new Error('an intent has a page');
  statements.trace(true);
  const { sent } = await desk.confirm(seen);
  statements.trace(false);
  return {
    draft: list(draft.statements),
    answer: list(ofAnswer(sent.statements)),
    sent: list(sent.statements),
  };
}

/** All up to the commit, and the page's state; the rest is the worker's that sends. */
function ofAnswer(all: Statement[]): Statement[] {
  const stored = all.findIndex(({ text }) => text === 'commit');
  return all.filter(
    ({ sentFrom }, index) =>
      !sentFrom.some((place) => place.startsWith('store/attempt-store')) &&
      (index <= stored || sentFrom.some((place) => place.startsWith('payments/pay-page-service'))),
  );
}

function list(statements: Statement[]): List {
  const brackets = statements.filter(isBracket).length;
  return { statements, count: `${statements.length - brackets} + ${brackets}` };
}

export function printStatements({ draft, answer, sent }: Lists): void {
  const ofAnswer = new Set(answer.statements);
  print('a draft', draft.statements, () => '');
  print(
    'a confirmation until approval_needed (A: before or for the answer)',
    sent.statements,
    (one) => (ofAnswer.has(one) ? 'A ' : '  '),
  );
}

function print(what: string, statements: Statement[], mark: (one: Statement) => string): void {
  console.log(`\nstatements of ${what}:`);
  for (const [index, one] of statements.entries()) {
    const number = String(index + 1).padStart(3);
    const [place = ''] = one.sentFrom;
    console.log(`${number} ${mark(one)}${one.text.slice(0, LONGEST_TEXT)}   [${place}]`);
  }
}
