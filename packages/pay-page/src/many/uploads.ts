import { pageToken } from '../page-meta.js';
import type { Page } from './choices.js';
import type { ManyMessages } from './many-messages.js';

const TYPES = ['application/pdf', 'image/jpeg', 'image/png'];
const MAX_BYTES = 10 * 1024 * 1024;

/** Documents that the payer attaches, and what is wrong with a file before or after it was sent. */
export class Uploads {
  readonly underWay = new Set<number>();
  readonly problems = new Map<number, string>();
  readonly #page: Page;
  readonly #words: ManyMessages['file'];

  constructor(page: Page, words: ManyMessages['file']) {
    this.#page = page;
    this.#words = words;
  }

  async attach(index: number, file: File): Promise<void> {
    this.#tell(index, this.#problemOf(file));
    if (this.problems.has(index) || this.underWay.has(index)) return;
    this.underWay.add(index);
    this.#page.host.requestUpdate();
    const form = new FormData();
    form.set('pageToken', pageToken());
    form.set('item', String(index));
    form.set('file', file);
    const answer = await this.#page.client.send('documents', form);
    this.underWay.delete(index);
    if (answer.kind === 'state') {
      this.#page.controller.adopt(answer);
      this.#say(this.#words.attached);
    } else {
      this.#tell(index, this.#refusal(answer.kind === 'problem' ? answer.code : 'lost'));
      void this.#page.controller.refresh();
    }
    this.#page.host.requestUpdate();
  }

  /** The row may fold away among those that are well. */
  #say(text: string): void {
    const { host } = this.#page;
    host.dispatchEvent(new CustomEvent('qpay-row', { detail: { text } }));
  }

  #problemOf(file: File): string | undefined {
    if (!TYPES.includes(file.type)) return this.#words.type;
    return file.size > MAX_BYTES ? this.#words.size : undefined;
  }

  #refusal(code: string): string {
    if (code === 'document-not-accepted') return this.#words.type;
    return code === 'document-too-large' ? this.#words.size : this.#words.failed;
  }

  #tell(index: number, problem: string | undefined): void {
    if (problem) this.problems.set(index, problem);
    else this.problems.delete(index);
    this.#page.host.requestUpdate();
  }
}
