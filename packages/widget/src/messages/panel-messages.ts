import type { WidgetProblemCode } from '../problem.js';
import type { ResultText, ViewMessages } from './view-messages.js';

/** Texts of the panel that the pay page does not share. */
export interface PanelMessages {
  title: string;
  titleMany: (count: number) => string;
  fold: string;
  unfold: string;
  continueHere: string;
  openPayPage: string;
  retry: string;
  /** What is so while there is no payment to tell of. */
  states: Record<'connecting' | 'open' | 'withdrawn' | 'lapsed', ResultText>;
  problem: string;
  /** A plain sentence with a way forward. */
  problems: Record<WidgetProblemCode, string>;
  /** On the button, when some of several invoices may still be paid. */
  payRest: (count: number) => string;
}

export type LaterMessages = ViewMessages & PanelMessages;
