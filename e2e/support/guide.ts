import type { Page } from 'playwright-core';
import type { Bank } from './bank.js';
import type { Visitor } from './visitor.js';

/** Called with each state that a person can meet, under a name of its own. */
export type Look = (name: string, page: Page) => Promise<void>;

/** Who goes through the states, at which bank, and who looks at them. */
export interface Tour {
  visitor: Visitor;
  bank: Bank;
  look: Look;
}
