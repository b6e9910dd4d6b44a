import { fixture, fixtureCleanup, waitUntil } from '@open-wc/testing';
import type {
  Snapshot as AnySnapshot,
  LinkSnapshot,
  TransferSnapshot as Snapshot,
} from '@qonto-pay/shared';
import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, expect, type MockInstance, vi } from 'vitest';
import '../src/define.js';
import type { QontoPayButton } from '../src/qonto-pay-button.js';
import type { RequestKind, Script, SeenRequest } from './scripted-bff.js';

const BACK_TO_OPEN = ['declined', 'denied', 'expired', 'canceled', 'failed'];
const PAID = ['settled', 'sent_unconfirmed', 'partially_settled'];
/** All of a payment that the BFF tells of. */
export const STATUSES: Snapshot['status'][] = [
  'confirmed',
  'sending',
  'approval_needed',
  'requested',
  'scheduled',
  'processing',
  'settled',
  'sent_unconfirmed',
  'partially_settled',
  'declined',
  'denied',
  'expired',
  'canceled',
  'failed',
  'unknown',
  'held',
];
let roomCount = 0;
let seq = 1;

/** A snapshot as the BFF would build it for a status. Each one is newer than the one before. */
export function snapshotOf(
  status: Snapshot['status'] = 'open',
  given: Partial<Snapshot> = {},
): Snapshot {
  const isReleased = BACK_TO_OPEN.includes(status);
  const isPaid = PAID.includes(status);
  const payable = status === 'open' || isReleased;
  const count = given.count ?? 1;
  seq += 1;
  return {
    id: 'in_1',
    seq,
    kind: 'transfer',
    status,
    final: isReleased || isPaid,
    payable,
    why: payable ? null : isPaid ? 'paid' : 'in-progress',
    count,
    amount: '1234.00',
    currency: 'EUR',
    items: Array.from({ length: count }, (_, index) => ({ index, status })),
    nextAction: status === 'approval_needed' ? 'phone' : status === 'declined' ? 'open' : 'wait',
    pageSeenAt: null,
    expiresAt: status === 'approval_needed' ? inSeconds(900) : null,
    serverTime: new Date().toISOString(),
    ...given,
  };
}

/** What clients open to pay: long, as a provider's are. */
export const LINK_URL = 'https://pay.example.test/l/8f2c41d0-5f1e-4c8a-9d37-2b6a0d1e7c55?s=a&t=1';

/** A snapshot of an intent to collect, as the BFF would build it. `open` has a link to share. */
export function linkOf(
  status: LinkSnapshot['status'] | 'none' | 'making' = 'open',
  given: Partial<LinkSnapshot> = {},
): LinkSnapshot {
  const isUnborn = status === 'none' || status === 'making';
  const payable = status === 'none' || status === 'expired' || status === 'canceled';
  seq += 1;
  return {
    id: 'in_1',
    seq,
    kind: 'link',
    status: isUnborn ? 'open' : status,
    final: ['paid', 'expired', 'canceled'].includes(status),
    payable,
    why: payable ? null : status === 'paid' ? 'paid' : 'in-progress',
    count: 1,
    amount: '120.00',
    currency: 'EUR',
    items: [],
    nextAction: payable ? 'open' : status === 'paid' ? 'none' : 'wait',
    pageSeenAt: null,
    expiresAt: isUnborn ? null : '2027-11-20T12:00:00.000Z',
    serverTime: new Date().toISOString(),
    link: isUnborn ? null : { url: LINK_URL, reusable: false, paidCount: 0 },
    ...given,
  };
}

export const inSeconds = (seconds: number): string =>
  new Date(Date.now() + seconds * 1000).toISOString();

/** A scripted BFF of one test. */
export class Room {
  readonly name = `${Date.now().toString(36)}-${++roomCount}`;
  readonly base = `${location.origin}/bff/${this.name}`;

  async script(script: Script): Promise<{ requests: SeenRequest[]; streams: string[] }> {
    const response = await realFetch(`/script/${this.name}`, {
      method: 'PUT',
      body: JSON.stringify(script),
    });
    return response.json();
  }

  /** The BFF says this from now on. */
  async says(...snapshots: AnySnapshot[]): Promise<void> {
    await this.script({ snapshots });
  }

  async seen(kind: RequestKind): Promise<SeenRequest[]> {
    const { requests } = await this.script({});
    return requests.filter((request) => request.kind === kind);
  }

  async streams(): Promise<string[]> {
    return (await this.script({})).streams;
  }
}

const realFetch = window.fetch.bind(window);

export interface Mounted {
  room: Room;
  element: QontoPayButton;
  button: HTMLButtonElement;
  events: CustomEvent[];
}

const EVENTS = ['start', 'update', 'accepted', 'complete', 'error'];

/** A partner's page with one button, whose BFF knows the snapshots. */
export async function mount(
  snapshots: AnySnapshot[] = [snapshotOf()],
  given: Partial<QontoPayButton> = {},
): Promise<Mounted> {
  const room = new Room();
  await room.says(...snapshots);
  const events: CustomEvent[] = [];
  const page = await fixture<HTMLElement>(html`<main lang="en"></main>`);
  for (const name of EVENTS)
    page.addEventListener(`qonto-pay-${name}`, (event) => events.push(event as CustomEvent));
  const element = document.createElement('qonto-pay-button');
  Object.assign(element, { bff: room.base, intent: snapshots[0]?.id ?? '', ...given });
  page.append(element);
  await element.updateComplete;
  const button = element.shadowRoot?.querySelector('button');
  if (!button) throw new Error('There is no button');
  return { room, element, button, events };
}

export const label = (element: QontoPayButton): string => wordsIn(part(element, 'label'));

/** A part by its public name, through the shadow roots that hand it on. */
export function part(root: Element, name: string): HTMLElement | undefined {
  return parts(root, name)[0];
}

export function parts(root: Element, name: string): HTMLElement[] {
  const scope = root.shadowRoot;
  if (!scope) return [];
  const here = [...scope.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];
  return [...here, ...[...scope.querySelectorAll('*')].flatMap((child) => parts(child, name))];
}

/** All that can be read, shadow roots included, hidden things left out; in frames too. */
export function wordsIn(root: Node | undefined): string {
  if (!root) return '';
  if (root.nodeType === Node.TEXT_NODE) return root.textContent ?? '';
  const element = root as Element;
  if (element.matches?.('[hidden], style, [role="status"]')) return '';
  const isSlot = element.localName === 'slot';
  const children = isSlot
    ? (element as HTMLSlotElement).assignedNodes()
    : [...(element.shadowRoot ?? root).childNodes];
  return children.map(wordsIn).join(' ').replace(/\s+/g, ' ').trim();
}

/** Each text on its own, shadow roots and hidden things included. */
export function textsIn(root: Node): string[] {
  const children = [...root.childNodes, ...((root as Element).shadowRoot?.childNodes ?? [])];
  const own = root.nodeType === Node.TEXT_NODE ? [(root.textContent ?? '').trim()] : [];
  return [...own, ...children.flatMap(textsIn)].filter(Boolean);
}

export const panelWords = (element: QontoPayButton): string => wordsIn(part(element, 'panel'));

export const spoken = (element: QontoPayButton): string =>
  element.shadowRoot?.querySelector('[role="status"]')?.textContent?.trim() ?? '';

export const becomes = (element: QontoPayButton, status: string): Promise<void> =>
  waitUntil(() => element.getAttribute('status') === status, `status ${status}`, { timeout: 6000 });

export const shows = (element: QontoPayButton, words: string): Promise<void> =>
  waitUntil(() => panelWords(element).includes(words), `panel "${words}"`, { timeout: 6000 });

export const eventually = (condition: () => boolean | Promise<boolean>, what: string) =>
  waitUntil(condition, what, { timeout: 8000, interval: 50 });

/** The browser's own window, recorded: tests must not leave the page. */
export const stubWindow = (opened: Window | null = window): MockInstance<typeof window.open> =>
  vi.spyOn(window, 'open').mockReturnValue(opened);

export const namesOf = (events: CustomEvent[]): string[] =>
  events.map((event) => event.type.replace('qonto-pay-', ''));

/** The tab is hidden, or back: what the browser would say and send. */
export function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

export async function expectAccessible(root: Element): Promise<void> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
  expect(found).toEqual([]);
}

afterEach(() => {
  Reflect.deleteProperty(document, 'hidden');
  vi.useRealTimers();
  vi.restoreAllMocks();
  // Each button may hold a stream, and a browser gives a host six connections.
  fixtureCleanup();
});
