import { fixture, fixtureCleanup, html, nextFrame, waitUntil } from '@open-wc/testing';
import axe from 'axe-core';
import { afterEach } from 'vitest';
import '../src/styles.css';
import '../src/pay-page.js';
import type { Script, SeenRequest } from './scripted-api.js';

interface Seen {
  requests: SeenRequest[];
  streams: number;
}

/** One open page, with the script that plays the BFF behind it. */
export interface OpenPage {
  find: <T extends HTMLElement = HTMLElement>(selector: string) => T;
  has: (selector: string) => boolean;
  /** Inside shadow roots too. */
  deep: (selector: string) => HTMLElement[];
  /** Waits for the first. */
  appears: (selector: string) => Promise<HTMLElement>;
  /** All that is written on the page, shadow roots included. */
  words: () => string;
  status: () => string | undefined;
  becomes: (status: string) => Promise<void>;
  says: (text: string) => Promise<void>;
  script: (script: Script) => Promise<Seen>;
  seen: (kind: string) => Promise<SeenRequest[]>;
}

// Each open page holds a stream, and a browser gives a host six connections.
afterEach(() => fixtureCleanup());

function setMeta(name: string, content: string): void {
  const meta =
    document.head.querySelector(`meta[name="${name}"]`) ?? document.createElement('meta');
  meta.setAttribute('name', name);
  meta.setAttribute('content', content);
  document.head.append(meta);
}

function textOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLStyleElement) return '';
  const shadow = node instanceof Element ? node.shadowRoot : null;
  const children = [...(shadow?.childNodes ?? []), ...node.childNodes];
  return children.map(textOf).join(' ');
}

function deepAll(root: Element | ShadowRoot, selector: string): HTMLElement[] {
  const inside = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
    shadowRoot ? deepAll(shadowRoot, selector) : [],
  );
  return [...root.querySelectorAll<HTMLElement>(selector), ...inside];
}

/** Opens the page on an intent of its own. */
export async function openPage(script: Script, lang: 'en' | 'fr' = 'en'): Promise<OpenPage> {
  const intent = `in_${crypto.randomUUID()}`;
  setMeta('intent', intent);
  setMeta('page-token', 'token-of-this-page');
  sessionStorage.clear();
  document.documentElement.lang = lang;
  const direct = async (next?: Script): Promise<Seen> => {
    const init = next ? { method: 'PUT', body: JSON.stringify(next) } : {};
    return (await fetch(`/script/${intent}`, init)).json() as Promise<Seen>;
  };
  await direct(script);
  const page = await fixture<HTMLElement>(html`<qonto-pay-page></qonto-pay-page>`);
  const words = (): string => textOf(page).replace(/\s+/g, ' ');
  const status = (): string | undefined => page.querySelector('main')?.dataset.status;
  return {
    find: <T extends HTMLElement>(selector: string) => {
      const found = page.querySelector<T>(selector);
      if (!found) throw new Error(`No ${selector} on the page, which says: ${words()}`);
      return found;
    },
    has: (selector) => page.querySelector(selector) !== null,
    deep: (selector) => deepAll(page, selector),
    appears: async (selector) => {
      await waitUntil(() => deepAll(page, selector).length > 0, `no ${selector}: ${words()}`, {
        timeout: 9_000,
      });
      return deepAll(page, selector)[0] as HTMLElement;
    },
    words,
    status,
    becomes: (wanted) =>
      waitUntil(() => status() === wanted, `the page never became ${wanted}`, { timeout: 9_000 }),
    says: (text) =>
      waitUntil(() => words().includes(text), `the page never said "${text}"`, { timeout: 9_000 }),
    script: direct,
    seen: async (kind) => (await direct()).requests.filter((request) => request.kind === kind),
  };
}

/** A refusal as the BFF writes it. */
export const problem = (code: string, status = 409) => ({ status, body: { code } });

/** The button can be pressed: it was visible long enough and the payee is checked. */
export const armed = (page: OpenPage): Promise<void> =>
  waitUntil(() => page.find('#confirm').getAttribute('aria-disabled') === null, 'never armed', {
    timeout: 15_000,
  });

/** One that is cut short is over too, and another one may follow it. */
async function animationsEnd(): Promise<void> {
  const running = () => document.getAnimations().filter(({ playState }) => playState === 'running');
  while (running().length > 0) await Promise.allSettled(running().map(({ finished }) => finished));
}

/** What axe finds, in both schemes, in words. */
export async function accessibilityProblems(page: OpenPage): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of ['light', 'dark']) {
    document.documentElement.style.colorScheme = scheme;
    await nextFrame();
    await animationsEnd();
    const { violations } = await axe.run(page.find('main').parentElement ?? document.body);
    for (const { id, nodes } of violations) {
      found.push(`${scheme} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    }
  }
  document.documentElement.style.colorScheme = '';
  return found;
}
