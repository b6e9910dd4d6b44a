import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Payer } from './payer.js';
import { until } from './world.js';

const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** Younger pages are no pages that somebody has looked at. */
const LOOK_MS = 750;

/** A browser without script: it shows a page, and sends the forms that stand in it. */
export class PlainBrowser {
  html = '';
  readonly #payer: Payer;
  readonly #url: string;
  readonly #path: string;

  constructor(payer: Payer, place: { url: string; intent: string }) {
    this.#payer = payer;
    this.#url = place.url;
    this.#path = `/pay/${place.intent}/plain`;
  }

  /** What the page is about: the payment's status, or the step before. */
  get status(): string {
    return /<main data-status="([^"]+)"/.exec(this.html)?.[1] ?? '';
  }

  /** Whether it goes on by itself. */
  get refreshes(): boolean {
    return this.html.includes('http-equiv="refresh"');
  }

  /** Its text, as a person reads it. */
  get text(): string {
    const body = this.html.slice(this.html.indexOf('<main'));
    return unescaped(body.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
  }

  async open(path = this.#path): Promise<void> {
    const answer = await this.#payer.request(this.#url + path, { headers: HTML });
    expect(answer.status).toBe(200);
    this.html = await answer.text();
  }

  /** Loads the page again until it is so. */
  async shows(isSo: (page: PlainBrowser) => boolean): Promise<void> {
    await until(
      async () => {
        await this.open();
        return this.text;
      },
      () => isSo(this),
      20_000,
    );
  }

  /** The fields that a form would send, as they stand in the page. */
  fields(action: string, having = ''): [string, string][] {
    const inner = this.#form(action, having);
    const fields: [string, string][] = [];
    for (const [tag] of inner.matchAll(/<input[^>]*>/g)) {
      const type = attribute(tag, 'type');
      const isSent = type !== 'file' && (!/checkbox|radio/.test(type) || / checked/.test(tag));
      if (isSent) fields.push([attribute(tag, 'name'), attribute(tag, 'value')]);
    }
    for (const [, name = '', options = ''] of inner.matchAll(SELECT)) {
      fields.push([name, /value="([^"]*)" selected/.exec(options)?.[1] ?? '']);
    }
    for (const [, name = ''] of inner.matchAll(/<textarea[^>]*name="(\w+)"/g)) {
      fields.push([name, '']);
    }
    return fields;
  }

  /** Fills a form in and sends it; what is filled in replaces what stands there. */
  async submit(
    action: string,
    filled: Record<string, readonly string[]> = {},
    having = '',
  ): Promise<void> {
    const kept = this.fields(action, having).filter(([name]) => !(name in filled));
    const added = Object.entries(filled).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    );
    await sleep(LOOK_MS);
    const answer = await this.#payer.page(this.#address(action), {
      method: 'POST',
      headers: {
        ...HTML,
        Origin: this.#url,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams([...kept, ...added]).toString(),
    });
    await this.#follow(answer);
  }

  /** Sends the form with a file in it. */
  async upload(file: Blob): Promise<void> {
    const form = new FormData();
    for (const [name, value] of this.fields('documents')) form.append(name, value);
    form.append('file', file, 'scan.pdf');
    await sleep(LOOK_MS);
    const answer = await this.#payer.page(this.#address('documents'), {
      method: 'POST',
      headers: { ...HTML, Origin: this.#url },
      body: form,
    });
    await this.#follow(answer);
  }

  async #follow(answer: Response): Promise<void> {
    const to = answer.headers.get('location') ?? '';
    expect([answer.status, to.split('?')[0]]).toEqual([303, this.#path]);
    await this.open(to);
  }

  #address(action: string): string {
    return this.#path.replace('/pay/', '/pay/api/intents/').replace(/plain$/, action);
  }

  /** The inside of the form for this, with that text in it. */
  #form(action: string, having: string): string {
    for (const [, address, inner = ''] of this.html.matchAll(FORM)) {
      if (address?.endsWith(`/${action}`) && inner.includes(having)) return inner;
    }
    throw new Error(`no form for ${action}: ${this.text}`);
  }
}

const FORM = /<form method="post" action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g;
const SELECT = /<select[^>]*name="(\w+)"[^>]*>([\s\S]*?)<\/select>/g;

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
