import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consent, PayState, Review } from '@qonto-pay/shared';

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

interface SignIn {
  wanted?: Consent;
  decision?: 'Allow' | 'Deny';
}

/** A person with a browser: keeps cookies, follows redirects, sends what a browser would send. */
export class Payer {
  readonly #url: string;
  /** Where this person's requests really go: another instance behind the same public address. */
  readonly #instance: string;
  readonly #cookies: Map<string, Map<string, string>>;

  constructor(url: string, instance = url, cookies = new Map<string, Map<string, string>>()) {
    this.#url = url;
    this.#instance = instance;
    this.#cookies = cookies;
  }

  /** The same person and cookies, served by another instance. */
  through(instance: string): Payer {
    return new Payer(this.#url, instance, this.#cookies);
  }

  /** The cookies of our own pages, as this browser holds them. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies.get(this.#url) ?? new Map();
  }

  /** What an event source of our own pages sends. */
  get streamHeaders(): Record<string, string> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    return { 'Sec-Fetch-Site': 'same-origin', Cookie: cookie };
  }

  /** One request as our own page makes it. */
  async page(path: string, init: Init = {}) {
    return this.request(this.#instance + path, {
      ...init,
      headers: { 'Sec-Fetch-Site': 'same-origin', Accept: 'application/json', ...init.headers },
    });
  }

  async form(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.page(path, {
      method: 'POST',
      headers: {
        Origin: this.#url,
        'Content-Type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Opens the pay page and reads its token; waits until it is old enough for a click. */
  async openPage(intent: string): Promise<string> {
    const token = await this.youngToken(intent);
    await sleep(750);
    return token;
  }

  /** The token of a page that has just been loaded. */
  async youngToken(intent: string): Promise<string> {
    const page = await this.request(`${this.#instance}/pay/${intent}`);
    const [, token] = /name="page-token" content="([^"]+)"/.exec(await page.text()) ?? [];
    if (!token) throw new Error(`no page token: ${page.status}`);
    return token;
  }

  /** Goes through the bank's own pages, as the member of that name. */
  async signIn(intent: string, memberName = 'Alice Martin', options: SignIn = {}): Promise<void> {
    const { wanted: consent, decision = 'Allow' } = options;
    const query = consent ? `?reason=consent&for=${consent}` : '';
    let at = await this.#follow(`${this.#url}/pay/${intent}/sign-in${query}`);
    const isBack = () => at.url.startsWith(`${this.#url}/`);
    // Asked again where other things were allowed before.
    for (let round = 0; round < 2 && !isBack(); round += 1) {
      for (const button of [memberName, decision]) at = await this.#press(at, button);
    }
    if (!at.url.startsWith(`${this.#url}/pay/`)) throw new Error(`signed in at ${at.url}`);
  }

  async state(intent: string): Promise<PayState> {
    const answer = await this.page(`/pay/api/intents/${intent}`);
    if (answer.status !== 200) throw new Error(await answer.text());
    return (await answer.json()) as PayState;
  }

  /** The review, once the bank has checked the payee. */
  async review(intent: string): Promise<Review> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { review } = await this.state(intent);
      if (review?.items[0]?.payeeCheck.result !== 'pending' && review) return review;
      await sleep(50);
    }
    throw new Error('the payee check has no end');
  }

  /** Reviews and confirms, as the page does it. */
  async confirm(intent: string, changes: Record<string, string> = {}): Promise<Response> {
    return this.sendConfirmation(intent, { ...(await this.confirmation(intent)), ...changes });
  }

  /** The fields that the page would send; whatever needs a decision is accepted. */
  async confirmation(intent: string): Promise<Record<string, string>> {
    const [pageToken, review] = await Promise.all([this.openPage(intent), this.review(intent)]);
    return {
      idempotencyKey: randomUUID(),
      pageToken,
      reviewVersion: String(review.version),
      account: review.accountId,
      ...(review.decisionNeeded ? { acceptPayee: 'yes' } : {}),
    };
  }

  sendConfirmation(intent: string, fields: Record<string, string>): Promise<Response> {
    return this.form(`/pay/api/intents/${intent}/confirm`, fields);
  }

  async request(url: string, init: Init = {}) {
    // To the browser every instance is the same address.
    const origin = new URL(url.replace(this.#instance, this.#url)).origin;
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(cookie ? { Cookie: cookie } : {}) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  async #follow(url: string, init: Init = {}) {
    let at = url;
    let answer = await this.request(at, init);
    for (let hops = 0; hops < 10 && answer.status >= 300 && answer.status < 400; hops += 1) {
      at = new URL(answer.headers.get('location') ?? '', at).href;
      answer = await this.request(at);
    }
    return { url: at, text: await answer.text() };
  }

  /** Submits the form whose button carries this name. */
  async #press(at: { url: string; text: string }, name: string) {
    for (const [, attributes = '', inner = ''] of at.text.matchAll(
      /<form([^>]*)>([\s\S]*?)<\/form>/g,
    )) {
      const button = [...inner.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].find(
        ([, , label = '']) => label.replace(/<[^>]+>/g, '').trim() === name,
      );
      if (!button) continue;
      const fields = new URLSearchParams();
      for (const [tag] of inner.matchAll(/<input[^>]*>/g))
        fields.append(attribute(tag, 'name'), attribute(tag, 'value'));
      const [, tag = ''] = button;
      if (attribute(tag, 'name')) fields.append(attribute(tag, 'name'), attribute(tag, 'value'));
      const action = new URL(attribute(attributes, 'action') || at.url, at.url);
      if (attribute(attributes, 'method').toLowerCase() !== 'post') {
        action.search = fields.toString();
        return this.#follow(action.href);
      }
      return this.#follow(action.href, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: fields.toString(),
      });
    }
    throw new Error(`no button "${name}" at ${at.url}: ${at.text.slice(-1500)}`);
  }
}

const attribute = (tag: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';
