import { plainFetch } from './bank-calls.js';

export interface Page {
  url: string;
  text: string;
}

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

const MOST_REDIRECTS = 10;

/** Just enough of a browser: cookies by origin, redirects, forms with a button. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** The header, for a request that is made in another way. */
  cookieFor(url: string): string {
    const jar = this.#cookies.get(new URL(url).origin) ?? [];
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request(url: string, init: Init = {}): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = this.cookieFor(url);
    const answer = await plainFetch(url, {
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

  async open(url: string, init: Init = {}): Promise<Page> {
    let at = url;
    let answer = await this.request(at, init);
    for (let hops = 0; hops < MOST_REDIRECTS && isRedirect(answer); hops += 1) {
      at = new URL(answer.headers.get('location') ?? '', at).href;
      answer = await this.request(at);
    }
    return { url: at, text: await answer.text() };
  }

  /** Submits the form that has this button. */
  async press(page: Page, label: string): Promise<Page> {
    for (const [, form = '', inner = ''] of page.text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
      const button = [...inner.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].find(
        ([, , text = '']) => text.trim() === label,
      );
      if (!button) continue;
      const tags = [...inner.matchAll(/<input[^>]*>/g)].map(([tag]) => tag);
      const fields = new URLSearchParams(
        [...tags, button[1] ?? '']
          .map((tag): [string, string] => [attribute(tag, 'name'), attribute(tag, 'value')])
          .filter(([name]) => name !== ''),
      );
      const action = new URL(attribute(form, 'action') || page.url, page.url);
      if (attribute(form, 'method').toLowerCase() === 'post') {
        return this.open(action.href, { method: 'POST', body: fields });
      }
      action.search = fields.toString();
      return this.open(action.href);
    }
    throw new Error(`no button "${label}" at ${page.url}`);
  }
}

const isRedirect = ({ status }: Response): boolean => status >= 300 && status < 400;

const attribute = (tag: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';
