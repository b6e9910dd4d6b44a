import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerBytes } from './answer-bytes.js';
import { Browser } from './browser.js';
import { PayStates } from './pay-states.js';

/** What the payer has before their eyes, and what a confirmation has to repeat. */
export interface Seen {
  intent: string;
  pageToken: string;
  reviewVersion: string;
  account: string;
}

export interface Confirmed {
  startedAt: number;
  answeredAt: number;
  idempotencyKey: string;
}

interface State {
  review: {
    version: number;
    accountId: string;
    items: { payeeCheck: { result: string } }[];
  } | null;
}

/** The service takes no click from a page younger than 700 ms. */
const PAGE_AGE_MS = 750;
const LOOK_AGAIN_MS = 100;
const MOST_LOOKS = 200;

/** A member of the organisation who pays over HTTP as the pay page does. */
export class Payer {
  readonly member: string;
  readonly #url: string;
  readonly #name: string;
  readonly #browser = new Browser();
  readonly #sameOrigin = { 'Sec-Fetch-Site': 'same-origin', Accept: 'application/json' };

  constructor(url: string, who: { member: string; name: string }) {
    this.member = who.member;
    this.#url = url;
    this.#name = who.name;
  }

  async signIn(intent: string, consent?: 'collect'): Promise<void> {
    const query = consent ? `?reason=consent&for=${consent}` : '';
    let page = await this.#browser.open(`${this.#url}/pay/${intent}/sign-in${query}`);
    for (const label of [this.#name, 'Allow']) page = await this.#browser.press(page, label);
    if (!page.url.startsWith(`${this.#url}/pay/`)) throw new Error(`signed in at ${page.url}`);
  }

  /** Opens the pay page and waits until the bank has checked the payee and a click would count. */
  async see(intent: string): Promise<Seen> {
    const pageToken = await this.#openPage(intent);
    const [review] = await Promise.all([this.#review(intent), sleep(PAGE_AGE_MS)]);
    return {
      intent,
      pageToken,
      reviewVersion: String(review.version),
      account: review.accountId,
    };
  }

  /** The same with the page's stream, which stays open: for as many rows as the intent has. */
  async watch(intent: string): Promise<{ seen: Seen; states: PayStates }> {
    const pageToken = await this.#openPage(intent);
    const aged = sleep(PAGE_AGE_MS);
    const states = await PayStates.open(`${this.#url}/pay/api/intents/${intent}/events`, {
      ...this.#sameOrigin,
      Cookie: this.#browser.cookieFor(this.#url),
    });
    const { review } = await states.until((state) => state.review?.check === 'done');
    await aged;
    if (!review || review.decisionNeeded) throw new Error('a payee is no match');
    const { version, accountId: account } = review;
    return { seen: { intent, pageToken, reviewVersion: String(version), account }, states };
  }

  /** The bytes of the page's state as the service sends it. */
  stateBytes(intent: string, encoding: 'gzip' | 'identity'): Promise<number> {
    return answerBytes(`${this.#url}/pay/api/intents/${intent}`, {
      ...this.#sameOrigin,
      Cookie: this.#browser.cookieFor(this.#url),
      'Accept-Encoding': encoding,
    });
  }

  async confirm({ intent, ...seen }: Seen): Promise<Confirmed> {
    const idempotencyKey = randomUUID();
    const startedAt = performance.now();
    const answer = await this.#form(`/pay/api/intents/${intent}/confirm`, {
      idempotencyKey,
      ...seen,
    });
    const text = await answer.text();
    const answeredAt = performance.now();
    if (answer.status !== 202) throw new Error(`confirm got ${answer.status}: ${text}`);
    return { startedAt, answeredAt, idempotencyKey };
  }

  /** Has a link made, to be paid by iDEAL. */
  async collect(intent: string): Promise<void> {
    const pageToken = await this.#openPage(intent);
    await sleep(PAGE_AGE_MS);
    const fields = { idempotencyKey: randomUUID(), pageToken, methods: 'ideal' };
    const answer = await this.#form(`/pay/api/intents/${intent}/link`, fields);
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`a link got ${answer.status}: ${text}`);
  }

  async cancel({ intent, pageToken }: Seen): Promise<void> {
    const answer = await this.#form(`/pay/api/intents/${intent}/cancel`, { pageToken });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`cancel got ${answer.status}: ${text}`);
  }

  async #openPage(intent: string): Promise<string> {
    const page = await this.#browser.request(`${this.#url}/pay/${intent}`);
    const [, pageToken] = /name="page-token" content="([^"]+)"/.exec(await page.text()) ?? [];
    if (!pageToken) throw new Error(`the pay page answered ${page.status} without a token`);
    return pageToken;
  }

  async #review(intent: string): Promise<NonNullable<State['review']>> {
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const answer = await this.#browser.request(`${this.#url}/pay/api/intents/${intent}`, {
        headers: this.#sameOrigin,
      });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`the state got ${answer.status}: ${text}`);
      const { review } = JSON.parse(text) as State;
      const result = review?.items[0]?.payeeCheck.result;
      if (review && result === 'match') return review;
      if (review && result !== 'pending') throw new Error(`the payee is no match but ${result}`);
      await sleep(LOOK_AGAIN_MS);
    }
    throw new Error(`the payee check of ${intent} has no end`);
  }

  #form(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#browser.request(this.#url + path, {
      method: 'POST',
      headers: { ...this.#sameOrigin, Origin: this.#url },
      body: new URLSearchParams(fields),
    });
  }
}

/** The members of the sandbox's organisation who may pay and have a paired phone. */
export const MEMBERS = [
  { member: 'alice', name: 'Alice Martin' },
  { member: 'adam', name: 'Adam Dupont' },
] as const;
