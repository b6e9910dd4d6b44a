import type { PaymentReason, PayState, Review } from '@qonto-pay/shared';
import type { TemplateResult } from 'lit';
import type { Language } from '../language.js';
import type { Messages } from '../messages/messages.js';
import type { ReasonWords } from '../messages/reasons.js';
import type { PayActions } from '../pay-actions.js';
import type { Step } from '../pay-state.js';

/** What every view is given; views hold no state of their own. */
export interface PageContext {
  state: PayState;
  language: Language;
  text: Messages;
  actions: PayActions;
  /** Server minus local clock. */
  clockOffsetMs: number;
  /** The phone was asked while this page looked on. */
  askedPhone: boolean;
  /** The part of the page that the intent needs beside the plain one, once it is loaded. */
  later: LaterViews | undefined;
}

/**
 * What is loaded later gives the page views: of many invoices, documents, dates and colleagues, or of
 * a payment link. To those of one invoice it only adds.
 */
export interface LaterViews {
  /** In place of the plain page's view, where it has one of its own. */
  view: (page: PageContext, step: Step) => TemplateResult | undefined;
  /** One invoice: above its pay button. */
  beforePay?: (page: PageContext, review: Review) => unknown;
  /** One invoice: the words of its pay button where it is sent later, and of what happens next. */
  paying?: (page: PageContext, review: Review) => { label: string; hint: string } | undefined;
  /** What the payer must still choose before the confirmation; they are led there. */
  isMissing?: (review: Review) => boolean;
  /** One invoice: below what became of it. */
  afterEnd?: (page: PageContext) => unknown;
  /** What is said when the state changes, where the plain page would say it otherwise. */
  spoken: (state: PayState, step: Step) => string | undefined;
  /** What the tab is called, where the plain page would call it otherwise. */
  title?: (state: PayState, step: Step) => string;
  /** What leads to the bank transfer, where it is another one who would pay by it. */
  bankTransfer?: string;
  /** Words of what only this part has to do with. */
  reason?: (reason: PaymentReason) => ReasonWords | undefined;
  notice: (notice: string) => string | undefined;
}
