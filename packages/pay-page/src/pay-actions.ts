import type { ReactiveControllerHost } from 'lit';
import { ConfirmationKeys } from './confirmation-keys.js';
import {
  type CollectNotice,
  type LaterNotice,
  type Notice,
  needsNewPage,
  noticeOf,
  type ProviderNotice,
} from './notices.js';
import { isOwnWindow } from './own-window.js';
import { safeUrl } from './page-meta.js';
import type { Answer, PayClient } from './pay-client.js';
import type { PayController } from './pay-controller.js';
import { remember, takeBack } from './window-memory.js';

type AnyNotice = Notice | LaterNotice | CollectNotice | ProviderNotice;

export type Work =
  | 'confirm'
  | 'review'
  | 'document'
  | 'request'
  | 'cancel'
  | 'approval'
  | 'link'
  | 'sign-out';

const CLOSE_AFTER_MS = 2_000;
const CLOSE_GRACE_MS = 600;
/** A review that has just appeared may lie under a click that was meant for another page. */
const ARM_AFTER_MS = 700;
const CHECK_EVERY_MS = 2_000;
/** Answers without a payment before we say that a lost confirmation did not arrive. */
const ANSWERS_TO_BE_SURE = 3;
/** Time for `window.close()` to work; it answers nothing. */
const LEAVE_AFTER_MS = 100;
const RELOADED = 'qonto-pay-reloaded';

const fieldsOf = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the payer does on the page: one thing at a time, each told as it is. */
export class PayActions {
  notice: AnyNotice | undefined = takeBack(RELOADED) ? 'reloaded' : undefined;
  /** Taken synchronously, so that the second of two clicks finds it. */
  work: Work | undefined;
  /** The review was visible long enough to be confirmed. */
  armed = false;
  /** This window is about to close itself: the invoice's page shows the rest. */
  closing = false;
  /** Asked at once: the way through the sign-in loses the query that says so. */
  readonly ownWindow = isOwnWindow();

  readonly #host: ReactiveControllerHost;
  readonly #client: PayClient;
  readonly #controller: PayController;
  readonly #keys = new ConfirmationKeys();
  #pressedByPerson = false;
  #arming: number | undefined;

  constructor(host: ReactiveControllerHost, client: PayClient, controller: PayController) {
    this.#host = host;
    this.#client = client;
    this.#controller = controller;
    controller.onStep = () => this.#onStep();
  }

  get confirmUrl(): string {
    return this.#client.urlOf('confirm');
  }

  idempotencyKey(reviewVersion: number): string {
    return this.#keys.keyFor(reviewVersion);
  }

  /** A script's `click()` is not trusted; the submit event that it causes would look as if it were. */
  press(event: MouseEvent): void {
    this.#pressedByPerson = event.isTrusted;
  }

  /**
   * Posts the form exactly as it stands, after a person's own press on the button.
   * @param isMissing - tells the payer what is still missing, where that is no box of the form
   */
  submit(event: SubmitEvent, isMissing: () => boolean | undefined): void {
    event.preventDefault();
    const pressed = this.#pressedByPerson;
    this.#pressedByPerson = false;
    if (!pressed || !this.armed || this.work) return;
    const form = event.target as HTMLFormElement;
    if (this.#controller.state?.review?.check !== 'done') this.tell('check-pending');
    else if (isMissing()) return;
    else if (form.checkValidity()) void this.#confirm(fieldsOf(form));
    else {
      this.tell('decide');
      form.querySelector<HTMLElement>('input:invalid')?.focus();
    }
  }

  async #confirm(fields: URLSearchParams): Promise<void> {
    const answer = await this.do('confirm', () => this.#client.send('confirm', fields));
    if (answer.kind === 'state') this.#confirmed();
    else if (this.notice === 'checking') await this.#checkConfirmation();
  }

  async chooseAccount(account: string): Promise<void> {
    if (!this.work) await this.do('review', () => this.#client.post('review', { account }));
  }

  async cancelPayment(): Promise<void> {
    if (!this.work) await this.do('cancel', () => this.#client.post('cancel'));
  }

  async askApproval(method: string): Promise<void> {
    if (!this.work) await this.do('approval', () => this.#client.post('approval', { method }));
  }

  /** Signs out and goes on to the bank's sign-in at once: who asks for it needs no page in between. */
  async switchMember(): Promise<void> {
    if (this.work) return;
    const answer = await this.#ask('sign-out', () => this.#client.signOut());
    const url = answer.kind === 'state' ? answer.state.signIn?.url : undefined;
    if (url) location.assign(safeUrl(url));
    else this.#show('sign-out', answer);
  }

  async payAgain(): Promise<void> {
    this.#controller.payAgain(true);
    await this.#controller.refresh();
  }

  /** In a window of ours the invoice stands behind it; the link's own way is the fallback. */
  back(event: Event): void {
    if (!this.ownWindow) return;
    event.preventDefault();
    this.leave();
  }

  leave(): void {
    if (this.ownWindow) window.close();
    // Still there: the browser did not let us, or this is the partner's own tab.
    const returnUrl = this.#controller.state?.returnUrl;
    if (returnUrl) window.setTimeout(() => location.assign(safeUrl(returnUrl)), LEAVE_AFTER_MS);
  }

  tell(notice: AnyNotice | undefined): void {
    this.notice = notice;
    this.#host.requestUpdate();
  }

  /** One request for the payer: what it answers is shown, and a refusal is told. */
  async do(work: Work, request: () => Promise<Answer>): Promise<Answer> {
    const answer = await this.#ask(work, request);
    this.#show(work, answer);
    return answer;
  }

  async #ask(work: Work, request: () => Promise<Answer>): Promise<Answer> {
    this.work = work;
    this.tell(undefined);
    const answer = await request();
    this.work = undefined;
    this.#host.requestUpdate();
    return answer;
  }

  #show(work: Work, answer: Answer): void {
    if (answer.kind === 'state') this.#controller.adopt(answer);
    else this.#explain(work, answer);
  }

  #explain(work: Work, answer: Exclude<Answer, { kind: 'state' }>): void {
    if (answer.kind === 'problem' && needsNewPage(answer.code)) {
      remember(RELOADED, 'yes');
      location.reload();
      return;
    }
    const notice = answer.kind === 'problem' ? noticeOf(answer.code) : 'unclear';
    // A clear refusal: the next press is another confirmation, not a retry of this one.
    if (notice !== 'unclear') this.#keys.renew();
    if (notice === 'unclear') this.tell(work === 'confirm' ? 'checking' : 'try-again');
    else this.tell(notice === 'shown-by-state' ? undefined : notice);
    if (this.notice !== 'checking') void this.#controller.refresh();
  }

  /**
   * No clear answer to the confirmation: the page stays locked until the BFF has said what it knows,
   * and never calls it failed. Confirming again then sends the same key, so it is one payment.
   */
  async #checkConfirmation(): Promise<void> {
    this.work = 'confirm';
    let answers = 0;
    while (this.#controller.connected && answers < ANSWERS_TO_BE_SURE) {
      if (await this.#controller.refresh()) answers += 1;
      if (this.#controller.step.kind !== 'review') break;
      await pause(CHECK_EVERY_MS);
    }
    this.work = undefined;
    const step = this.#controller.step.kind;
    this.tell(step === 'review' ? 'not-arrived' : undefined);
    if (step === 'wait') this.#confirmed();
  }

  #confirmed(): void {
    this.#keys.renew();
    this.#controller.payAgain(false);
    if (this.ownWindow) void this.#closeSoon();
  }

  async #closeSoon(): Promise<void> {
    this.closing = true;
    this.#host.requestUpdate();
    await pause(CLOSE_AFTER_MS);
    // A result is read here, by the person who confirmed: it is never closed.
    if (this.#controller.step.kind === 'wait') {
      window.close();
      await pause(CLOSE_GRACE_MS);
    }
    this.closing = false;
    this.#host.requestUpdate();
  }

  #onStep(): void {
    const step = this.#controller.step.kind;
    const survives = this.notice === 'reloaded' || this.notice === 'not-cancelable';
    if (!survives) this.notice = undefined;
    window.clearTimeout(this.#arming);
    this.armed = false;
    if (step !== 'review') return;
    this.#arming = window.setTimeout(() => {
      this.armed = true;
      this.#host.requestUpdate();
    }, ARM_AFTER_MS);
  }
}
