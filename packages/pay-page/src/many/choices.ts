import type { Review } from '@qonto-pay/shared';
import { payeeSentence } from '@qonto-pay/shared/payee-sentences';
import { shownPayee } from '@qonto-pay/widget/views/item-table/details';
import type { ReactiveControllerHost } from 'lit';
import type { Language } from '../language.js';
import type { PayActions } from '../pay-actions.js';
import type { PayClient } from '../pay-client.js';
import type { PayController } from '../pay-controller.js';
import { rowsText } from './rows-text.js';

/** Ticking goes on for a moment before the BFF hears of it. */
const POST_AFTER_MS = 300;

export interface Page {
  host: ReactiveControllerHost & HTMLElement;
  client: PayClient;
  controller: PayController;
  actions: PayActions;
  language: Language;
}

/** What the payer chooses before the confirmation: told to the BFF, which answers by a new review. */
export class Choices {
  /** A date is to be chosen, and none is yet. */
  isPickingDate = false;
  readonly #page: Page;
  /** Chosen here, and not yet known to the BFF. */
  #draft: ReadonlySet<number> | undefined;
  #fields: Record<string, string> = {};
  #timer: number | undefined;
  #isPosting = false;
  /** By row: the very words that were accepted. Other words are another decision. */
  readonly #accepted = new Map<number, string>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** What is shown is not yet what the BFF knows. */
  get isWaiting(): boolean {
    return this.#draft !== undefined || this.#isPosting;
  }

  /** What is being confirmed stays as it was shown. */
  get #isLocked(): boolean {
    const { work } = this.#page.actions;
    return work !== undefined && work !== 'review';
  }

  selected(review: Review): ReadonlySet<number> {
    return this.#draft ?? new Set(review.selected);
  }

  select(rows: Iterable<number>): void {
    if (this.#isLocked) return;
    this.#draft = new Set(rows);
    this.#page.host.requestUpdate();
    this.#fields.select = rowsText(this.#draft);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#post(), POST_AFTER_MS);
  }

  set(fields: { account: string } | { payOn: string } | { check: 'yes' }): void {
    if (!this.#isLocked) {
      Object.assign(this.#fields, fields);
      void this.#post();
    }
    this.#page.host.requestUpdate();
  }

  accept(review: Review, index: number, isAccepted: boolean): void {
    const known = review.items.find((item) => item.index === index);
    if (known && isAccepted) {
      this.#accepted.set(index, payeeSentence(shownPayee(known, this.#page.language)));
    } else this.#accepted.delete(index);
    this.#page.host.requestUpdate();
  }

  /** Of those that are to be paid now. */
  accepted({ items, selected }: Review): ReadonlySet<number> {
    const chosen = new Set(selected);
    const isAccepted = (known: Review['items'][number]): boolean =>
      chosen.has(known.index) &&
      this.#accepted.get(known.index) === payeeSentence(shownPayee(known, this.#page.language));
    return new Set(items.filter(isAccepted).map(({ index }) => index));
  }

  /** One request at a time; what is chosen meanwhile goes with the next. */
  async #post(): Promise<void> {
    window.clearTimeout(this.#timer);
    const sent = this.#draft;
    // Nothing chosen is no payment: the BFF is told of the next choice.
    if (sent?.size === 0) delete this.#fields.select;
    const fields = this.#fields;
    if (this.#isPosting || Object.keys(fields).length === 0) return;
    this.#fields = {};
    this.#isPosting = true;
    await this.#page.actions.do('review', () => this.#page.client.post('review', fields));
    this.#isPosting = false;
    if (this.#draft === sent && sent?.size !== 0) this.#draft = undefined;
    this.#page.host.requestUpdate();
    await this.#post();
  }
}
