import '@qonto-pay/widget/views/item-table/details';
import type { PaymentReason, PayState, Review } from '@qonto-pay/shared';
import type { TemplateResult } from 'lit';
import { ConfirmationKeys } from '../confirmation-keys.js';
import type { LaterReason, ReasonWords } from '../messages/reasons.js';
import type { LaterNotice } from '../notices.js';
import type { Step } from '../pay-state.js';
import type { LaterViews, PageContext } from '../views/page-context.js';
import { takeNotice } from './address-notice.js';
import { askPage } from './ask-view.js';
import { Choices, type Page } from './choices.js';
import type { ManyContext } from './many-context.js';
import type { ManyMessages } from './many-messages.js';
import { isDateMissing, payingLater } from './pay-on-view.js';
import { approveView } from './request-view.js';
import { closedTable, isColleagueAsked, resultsView, singleResult } from './results-view.js';
import { manyReviewView, singleReview } from './review-many-view.js';
import { Uploads } from './uploads.js';

/** The page for many invoices; and for one what its plain page leaves out. Loaded when needed. */
export class ManyPart implements LaterViews {
  readonly words: ManyMessages;
  readonly choices: Choices;
  readonly uploads: Uploads;
  readonly page: Page;
  readonly requestKeys = new ConfirmationKeys();
  showMissing = false;
  withdrawing: number | 'all' | undefined;
  approving: string | undefined;

  constructor(page: Page, words: ManyMessages) {
    this.page = page;
    this.words = words;
    this.choices = new Choices(page);
    this.uploads = new Uploads(page, this.words.file);
    const notice = takeNotice();
    if (notice) page.actions.tell(notice);
  }

  /** In place of the plain page's view, where this part has one of its own. */
  view(page: PageContext, step: Step): TemplateResult | undefined {
    const context = this.#context(page);
    const { state } = page;
    const { review, payment } = state;
    const isMany = state.items.length > 1;
    if (step.kind === 'ask') return askPage(context);
    if (step.kind === 'end' && payment?.reviewable) return approveView(context, payment);
    if (step.kind === 'end' && payment?.kind === 'request') return resultsView(context, payment);
    if (payment && step.kind === 'wait' && isColleagueAsked(context, payment))
      return resultsView(context, payment);
    if (!isMany) return undefined;
    if (step.kind === 'review' && review) return manyReviewView(context, review);
    if (step.kind === 'end' && payment) return resultsView(context, payment);
    return step.kind === 'closed' ? closedTable(context, step) : undefined;
  }

  /** One invoice: what stands above its pay button, where it asks for more than the plain page has. */
  beforePay(page: PageContext, review: Review): unknown {
    return singleReview(this.#context(page), review);
  }

  /** One invoice: its day stands on the button, and that the phone is asked now. */
  paying(page: PageContext, review: Review): { label: string; hint: string } | undefined {
    return payingLater(this.#context(page), review);
  }

  isMissing(review: Review): boolean {
    return isDateMissing(review);
  }

  /** One invoice: what else there is to do after its payment. */
  afterEnd(page: PageContext): unknown {
    return singleResult(this.#context(page));
  }

  spoken({ items, review, payment }: PayState, step: Step): string | undefined {
    const { heading, sentence } = this.words.colleagueAsked;
    if (payment && step.kind === 'wait' && isColleagueAsked({ shared: this }, payment))
      return `${heading}. ${sentence}`;
    if (step.kind !== 'review' || !review || items.length < 2) return undefined;
    if (review.check !== 'done') return this.words.checking(review.count);
    const chosen = review.items.filter(({ index }) => review.selected.includes(index));
    const decisions = chosen.filter(({ decisionNeeded }) => decisionNeeded).length;
    return this.words.checked(chosen.length - decisions, decisions);
  }

  /** Words of what only this part has to do with. */
  reason(reason: PaymentReason): ReasonWords | undefined {
    return this.words.reasons[reason as LaterReason];
  }

  notice(notice: string): string {
    return this.words.notices[notice as LaterNotice];
  }

  readonly update = (): void => this.page.host.requestUpdate();

  #context(page: PageContext): ManyContext {
    return { ...page, shared: this, words: this.words };
  }
}
