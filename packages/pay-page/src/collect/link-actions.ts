import { ConfirmationKeys } from '../confirmation-keys.js';
import type { Page } from '../many/choices.js';
import type { CollectNotice } from '../notices.js';
import { pageToken } from '../page-meta.js';
import type { Answer } from '../pay-client.js';
import type { CollectMessages } from './collect-messages.js';

/** As after a confirmation: long enough to be read. */
const CLOSE_AFTER_MS = 2_000;
const CLOSE_GRACE_MS = 600;
const COPIED_MS = 3_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The form, which the script posts itself. */
export const formOf = (event: SubmitEvent): HTMLFormElement => {
  event.preventDefault();
  return event.target as HTMLFormElement;
};

export const fieldsOf = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** What a member does about a payment link: one thing at a time, each told as it is. */
export class LinkActions {
  /** What the member must still do before the link is made: said beside the box. */
  missing: 'invalid-methods' | 'other-links-open' | undefined;
  copied = false;

  readonly #page: Page;
  readonly #words: CollectMessages;
  readonly #keys = new ConfirmationKeys();
  #isPressed = false;
  /** The link was asked for in this window. */
  #isMadeHere = false;

  constructor(page: Page, words: CollectMessages) {
    this.#page = page;
    this.#words = words;
  }

  /** As with a confirmation: only a person has a link made. */
  press(event: MouseEvent): void {
    this.#isPressed = event.isTrusted;
  }

  create(event: SubmitEvent): void {
    const form = formOf(event);
    const isPressed = this.#isPressed;
    this.#isPressed = false;
    const { actions } = this.#page;
    if (!isPressed || !actions.armed || actions.work) return;
    const fields = fieldsOf(form);
    const accept = form.querySelector<HTMLInputElement>('#accept-others');
    this.missing = undefined;
    if (!fields.has('methods')) this.missing = 'invalid-methods';
    else if (accept?.checked === false) this.missing = 'other-links-open';
    else return void this.#create(fields);
    actions.tell(undefined);
    const method = form.querySelector<HTMLElement>('[name=methods]:enabled');
    (this.missing === 'invalid-methods' ? method : accept)?.focus();
  }

  async #create(fields: URLSearchParams): Promise<void> {
    this.#isMadeHere = true;
    // A retry after a lost answer sends the same one, so that it stays one link.
    fields.set('idempotencyKey', this.#keys.keyFor(0));
    const answer = await this.send('link', fields);
    if (answer.kind === 'lost') this.#page.actions.tell('link-lost');
    else if (answer.kind === 'state' || answer.httpStatus < 500) this.#keys.renew();
    if (answer.kind === 'state') this.#page.controller.payAgain(false);
    this.#isMadeHere &&= answer.kind !== 'problem';
  }

  async choose(event: SubmitEvent): Promise<void> {
    const form = formOf(event);
    if (!this.#page.actions.work) await this.send('link/choose', fieldsOf(form));
  }

  async deactivate(): Promise<void> {
    const { actions, client } = this.#page;
    if (!actions.work)
      this.#explain(await actions.do('link', () => client.post('link/deactivate')));
  }

  async copy(url: string): Promise<void> {
    const { host } = this.#page;
    try {
      await navigator.clipboard.writeText(url);
      this.copied = true;
    } catch {
      this.copied = false;
    }
    const text = this.#words[this.copied ? 'copied' : 'notCopied'];
    host.dispatchEvent(new CustomEvent('qpay-help', { detail: { text } }));
    host.requestUpdate();
    if (!this.copied) return;
    await pause(COPIED_MS);
    this.copied = false;
    host.requestUpdate();
  }

  /** In a window of ours the invoice stands behind it and shows the link from now on. */
  closeWhenReady(): void {
    const { actions, controller } = this.#page;
    const isReady = controller.state?.link?.link?.status === 'open';
    if (!isReady || !this.#isMadeHere) return;
    this.#isMadeHere = false;
    if (actions.ownWindow) void this.#closeSoon();
  }

  async #closeSoon(): Promise<void> {
    const { actions, host } = this.#page;
    actions.closing = true;
    host.requestUpdate();
    await pause(CLOSE_AFTER_MS);
    window.close();
    await pause(CLOSE_GRACE_MS);
    actions.closing = false;
    host.requestUpdate();
  }

  /** Posts a form with the page's token, and tells a refusal. */
  async send(part: string, fields: URLSearchParams): Promise<Answer> {
    const { actions, client } = this.#page;
    fields.set('pageToken', pageToken());
    const answer = await actions.do('link', () => client.send(part, fields));
    this.#explain(answer);
    return answer;
  }

  /** In the words of links, where the plain page's own speak of payments. */
  #explain(answer: Answer): void {
    if (answer.kind !== 'problem') return;
    const notice = answer.code as CollectNotice;
    if (this.#words.problems[notice]) this.#page.actions.tell(notice);
  }
}
