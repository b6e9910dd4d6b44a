import { describe, expect, it } from 'vitest';
import {
  becomes,
  eventually,
  expectAccessible,
  mount,
  part,
  parts,
  STATUSES,
  shows,
  snapshotOf,
  stubWindow,
} from './room.js';

const SCHEMES = ['light', 'dark'] as const;
/** The page behind the element is of the same scheme, as a partner's would be. */
function paint(scheme: string): void {
  document.documentElement.style.colorScheme = scheme;
  document.body.style.background = scheme === 'dark' ? '#141416' : '#f6f5f2';
  document.body.style.color = scheme === 'dark' ? '#f1efeb' : '#1c1b1a';
  document.title = 'An invoice';
  document.documentElement.lang = 'en';
}

describe.each(SCHEMES)('in %s', (appearance) => {
  it('the button alone has no fault', async () => {
    paint(appearance);
    const { element } = await mount([snapshotOf()], { appearance });
    await becomes(element, 'open');
    await expectAccessible(element);
  });

  it('a disabled button has no fault', async () => {
    paint(appearance);
    const { element } = await mount([snapshotOf()], { appearance, disabled: true });
    await becomes(element, 'open');
    await expectAccessible(element);
  });

  it.each(STATUSES)('%s has no fault', async (status) => {
    paint(appearance);
    const { element, button } = await mount([snapshotOf(status)], { appearance });
    await becomes(element, status);
    if (status === 'settled') button.click();
    await eventually(() => part(element, 'panel') !== undefined, 'the panel');
    await expectAccessible(element);
  });

  it('a window that did not open has no fault', async () => {
    paint(appearance);
    stubWindow(null);
    const { element, button } = await mount([snapshotOf()], { appearance });
    button.click();
    await shows(element, 'You can go on in this tab.');
    await expectAccessible(element);
  });

  it('a problem has no fault', async () => {
    paint(appearance);
    stubWindow();
    const { element, button } = await mount([], { appearance, intent: 'in_0' });
    button.click();
    await shows(element, 'This invoice is not known here.');
    await expectAccessible(element);
  });
});

describe('in the panel', () => {
  it('every button and link is a target of 44 px', async () => {
    const { element } = await mount([snapshotOf('declined')]);
    await shows(element, 'Open the payment page');
    const actions = parts(element, 'action');
    expect(actions).toHaveLength(2);
    for (const action of actions)
      expect(action.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  });

  it('nothing overflows a page of 320 px', async () => {
    stubWindow(null);
    const { element, button } = await mount([snapshotOf('open', { count: 37 })], { lang: 'fr' });
    const page = element.parentElement as HTMLElement;
    page.style.inlineSize = '288px';
    button.click();
    await shows(element, 'Continuez dans cet onglet.');
    expect(page.scrollWidth).toBeLessThanOrEqual(288);
    expect(part(element, 'panel')?.getBoundingClientRect().width).toBeLessThanOrEqual(288);
  });

  it('parts can be styled from the page', async () => {
    const { element } = await mount([snapshotOf('approval_needed')]);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('qonto-pay-button::part(timer) { color: rgb(1, 2, 3); }');
    document.adoptedStyleSheets.push(sheet);
    await shows(element, 'min left');
    const timer = part(element, 'timer');
    expect(timer && getComputedStyle(timer).color).toBe('rgb(1, 2, 3)');
    document.adoptedStyleSheets.pop();
  });
});
