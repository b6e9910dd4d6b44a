import type { TransferSnapshot as Snapshot } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import type { QontoPayButton } from '../src/qonto-pay-button.js';
import {
  becomes,
  eventually,
  LINK_URL,
  label,
  linkOf,
  mount,
  part,
  STATUSES,
  shows,
  snapshotOf,
  stubWindow,
  textsIn,
} from './room.js';

const LINK_STATES = ['making', 'open', 'processing', 'paid', 'expired', 'canceled'] as const;
/** What a template shows where a condition stands in place of a text. */
const STRAY = /\b(false|true|undefined|null|NaN|object)\b/;

async function expectNoStrayWords(element: QontoPayButton): Promise<void> {
  await element.updateComplete;
  const texts = textsIn(element);
  expect(texts).not.toEqual([]);
  expect(texts.filter((text) => STRAY.test(text))).toEqual([]);
}

/** The panel opens by itself, or by a click where the button alone says all. */
async function openPanel(element: QontoPayButton, button: HTMLButtonElement): Promise<void> {
  await eventually(() => element.snapshot !== undefined, 'the snapshot');
  if (element.status === 'settled' || element.status === 'open') button.click();
  await eventually(() => part(element, 'panel') !== undefined, 'the panel');
}

describe('no text reads false, undefined or null', () => {
  it.each(['fr', 'en'])('on a button that knows nothing (%s)', async (lang) => {
    const { element } = await mount([], { lang });
    await expectNoStrayWords(element);
  });

  it('on the button alone, enabled and disabled', async () => {
    const { element } = await mount();
    await becomes(element, 'open');
    await expectNoStrayWords(element);
    element.disabled = true;
    await expectNoStrayWords(element);
  });

  it.each(STATUSES)('in the panel: %s, open and folded', async (status) => {
    const { element, button } = await mount([snapshotOf(status)]);
    await openPanel(element, button);
    await expectNoStrayWords(element);
    part(element, 'header')?.querySelector('button')?.click();
    await expectNoStrayWords(element);
  });

  it.each(STATUSES)('in the panel of a bulk: %s', async (status) => {
    const snapshot = snapshotOf(status, { count: 3 });
    const other = status === 'settled' ? 'denied' : 'settled';
    const items = [...snapshot.items.slice(0, 2), { index: 2, status: other } as const];
    const { element, button } = await mount([{ ...snapshot, items }]);
    await openPanel(element, button);
    await eventually(() => part(element, 'progress') !== undefined, 'the progress');
    await expectNoStrayWords(element);
  });

  it.each(LINK_STATES.flatMap((state) => ['en', 'fr'].map((lang) => [state, lang] as const)))(
    'in the panel of a link: %s (%s)',
    async (state, lang) => {
      const link = { url: LINK_URL, reusable: true, paidCount: 0 };
      const snapshot = linkOf(state, state === 'open' ? { link } : {});
      const { element, button } = await mount([snapshot], { mode: 'collect', lang });
      await eventually(() => element.snapshot !== undefined, 'the snapshot');
      if (state === 'paid') button.click();
      await eventually(() => part(element, 'panel') !== undefined, 'the panel');
      await expectNoStrayWords(element);
    },
  );

  it.each(['withdrawn', 'lapsed'] as const)('in the panel: %s', async (why) => {
    stubWindow();
    const { element, button } = await mount([snapshotOf('open', { payable: false, why })]);
    await openPanel(element, button);
    await expectNoStrayWords(element);
  });

  it.each<[string, Window | null]>([
    ['Go on in the payment window', window],
    ['You can go on in this tab.', null],
  ])('while "%s" is shown', async (words, opened) => {
    stubWindow(opened);
    const { element, button } = await mount();
    button.click();
    await shows(element, words);
    await expectNoStrayWords(element);
  });

  it('while the intent is made', async () => {
    stubWindow();
    const getIntent = () => new Promise<string>(() => {});
    const { element, button } = await mount([], { getIntent });
    button.click();
    await eventually(() => label(element) === 'Opening…', 'it opens');
    await eventually(() => part(element, 'panel') !== undefined, 'the panel');
    await expectNoStrayWords(element);
  });

  it.each<[string, Snapshot[], Partial<QontoPayButton>]>([
    ['intent-missing', [], {}],
    ['intent-failed', [], { getIntent: () => Promise.reject(new Error('no')) }],
    ['intent-not-found', [], { intent: 'in_0' }],
    ['mode-mismatch', [snapshotOf()], { mode: 'collect' }],
    ['connection', [], { intent: 'in_0', bff: 'https://nobody.invalid' }],
  ])('at the problem %s', async (code, snapshots, given) => {
    stubWindow();
    const { element, button } = await mount(snapshots, given);
    button.click();
    await becomes(element, 'error');
    await eventually(() => part(element, 'problem') !== undefined, 'the problem');
    expect(element.error?.code).toBe(code);
    await expectNoStrayWords(element);
  });
});
