import { describe, expect, it } from 'vitest';
import {
  becomes,
  eventually,
  expectAccessible,
  LINK_URL,
  label,
  linkOf,
  type Mounted,
  mount,
  namesOf,
  panelWords,
  part,
  parts,
  setHidden,
  shows,
  snapshotOf,
  spoken,
  stubWindow,
  wordsIn,
} from './room.js';

const STATES = ['none', 'making', 'open', 'processing', 'paid', 'expired', 'canceled'] as const;

/** Text with no-break spaces as plain ones. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

const mountLink = (
  state: (typeof STATES)[number] = 'open',
  given: Parameters<typeof linkOf>[1] = {},
  more: Parameters<typeof mount>[1] = {},
): Promise<Mounted> => mount([linkOf(state, given)], { mode: 'collect', ...more });

const says = (element: Mounted['element'], words: string) =>
  eventually(() => plain(label(element)) === words, `the button says "${words}"`);

const action = (element: Element, words: string): HTMLElement | undefined =>
  parts(element, 'action').find((it) => wordsIn(it).startsWith(words));

describe('a button that collects', () => {
  it.each([
    ['none', 'Create payment link · €120.00'],
    ['making', 'Being made…'],
    ['open', 'Share payment link · €120.00'],
    ['processing', 'Payment on its way'],
    ['paid', 'Paid'],
    ['expired', 'Create a new payment link'],
    ['canceled', 'Create a new payment link'],
  ] as const)('says what can be done, or is so: %s', async (state, words) => {
    const { element } = await mountLink(state);
    await says(element, words);
  });

  it('says so in French, with the amount as the page writes it', async () => {
    const { element, room } = await mountLink('none', {}, { lang: 'fr' });
    await says(element, 'Créer un lien de paiement · 120,00 €');
    await room.says(linkOf('open'));
    await element.refresh();
    await says(element, 'Partager le lien de paiement · 120,00 €');
    expect(plain(wordsIn(part(element, 'amount')))).toContain('120,00');
  });

  it('opens the pay page where a link can be made', async () => {
    const opened = stubWindow();
    const { element, button, room } = await mountLink('none');
    await says(element, 'Create payment link · €120.00');
    button.click();
    expect(opened.mock.calls[0]?.[0]).toBe(`${room.base}/pay/in_1?lang=en&window=1`);
    await shows(element, 'check the invoice and make the link');
  });

  it('folds and unfolds the panel where there is a link, and opens nothing', async () => {
    const opened = stubWindow();
    const { element, button } = await mountLink();
    await shows(element, 'Waiting for your client');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    button.click();
    await element.updateComplete;
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(part(element, 'status')?.checkVisibility()).toBe(false);
    button.click();
    await eventually(() => part(element, 'status')?.checkVisibility() ?? false, 'unfolded');
    expect(opened).not.toHaveBeenCalled();
  });

  it.each(['processing', 'expired'] as const)('mirrors %s in status and state', async (status) => {
    const { element } = await mountLink(status);
    await becomes(element, status);
    expect(element.matches(`:state(${status})`)).toBe(true);
  });

  it.each([
    ['collect', snapshotOf()],
    ['pay', linkOf()],
    ['pay', linkOf('none')],
  ] as const)(
    'says that an intent of the other kind is not for mode %s',
    async (mode, snapshot) => {
      const opened = stubWindow();
      const { element, button } = await mount([snapshot], { mode });
      await becomes(element, 'error');
      await shows(element, 'This invoice cannot be used with this button.');
      expect(element.error?.code).toBe('mode-mismatch');
      button.click();
      expect(opened).not.toHaveBeenCalled();
      expect(part(element, 'link')).toBeUndefined();
    },
  );

  it('follows a change of the mode', async () => {
    const { element } = await mount([linkOf()], { mode: 'pay' });
    await becomes(element, 'error');
    element.mode = 'collect';
    await shows(element, 'Waiting for your client');
    await becomes(element, 'open');
    expect(element.error).toBeUndefined();
  });
});

describe('the panel of a link', () => {
  it.each([
    ['making', 'we look for the link there'],
    ['processing', 'The payment is not confirmed yet.'],
    ['expired', 'It can no longer be paid.'],
    ['canceled', 'The link is deactivated'],
  ] as const)('has words for %s, and no link to share', async (state, words) => {
    const { element } = await mountLink(state);
    await shows(element, words);
    expect(panelWords(element)).toContain('€120.00');
    expect(part(element, 'link')).toBeUndefined();
    expect(part(element, 'share')).toBeUndefined();
  });

  it('says on demand that it is paid', async () => {
    const { element, button } = await mountLink('paid');
    await says(element, 'Paid');
    expect(part(element, 'panel')).toBeUndefined();
    button.click();
    await shows(element, 'Your client has paid this link.');
  });

  it('leads to the choice where links of the bank may be ours', async () => {
    const { element, room } = await mountLink('making', { nextAction: 'open' });
    await shows(element, 'its list has links that may be yours');
    await says(element, 'Your choice is needed');
    expect(action(element, 'Open the payment page')?.getAttribute('href')).toBe(
      `${room.base}/pay/in_1?lang=en`,
    );
  });

  it('shows the link with its host, to be opened elsewhere', async () => {
    const { element } = await mountLink();
    await shows(element, LINK_URL);
    const link = part(element, 'link');
    expect(link?.getAttribute('href')).toBe(LINK_URL);
    expect(link?.getAttribute('target')).toBe('_blank');
    expect(link?.getAttribute('rel')).toBe('noopener');
    expect(link?.querySelector('strong')?.textContent).toBe('pay.example.test');
  });

  it('shows no address that is not of the web', async () => {
    const url = 'javascript:alert(1)';
    const { element } = await mountLink('open', { link: { url, reusable: false, paidCount: 0 } });
    await shows(element, 'Manage on Qonto Pay');
    expect(part(element, 'share')).toBeUndefined();
  });

  it('says until when it is valid, and how often a reusable one was paid', async () => {
    const link = { url: LINK_URL, reusable: true, paidCount: 0 };
    const { element, room } = await mountLink('open', { link });
    await shows(element, 'It can be paid more than once.');
    expect(panelWords(element)).toContain('Not paid yet');
    expect(panelWords(element)).toContain('Valid until 20 November 2027');
    await room.says(linkOf('open', { link: { ...link, paidCount: 2 } }));
    await shows(element, 'Paid 2 times so far');
    expect(spoken(element)).toContain('Paid 2 times so far');
  });

  it('leads to the pay page, where it is managed and printed', async () => {
    const { element, room } = await mountLink();
    await shows(element, 'Manage on Qonto Pay');
    const page = `${room.base}/pay/in_1`;
    expect(action(element, 'Manage')?.getAttribute('href')).toBe(`${page}?lang=en`);
    const print = action(element, 'Print');
    expect(print?.getAttribute('href')).toBe(`${page}/print?lang=en`);
    expect(print?.getAttribute('target')).toBe('_blank');
  });

  it('tells of a window that did not open, with the way in this tab', async () => {
    stubWindow(null);
    const { element, button } = await mountLink('expired');
    await says(element, 'Create a new payment link');
    button.click();
    await shows(element, 'You can go on in this tab.');
    expect(action(element, 'Go on in this tab')?.getAttribute('target')).toBe('_top');
  });

  it('says aloud what becomes of the link, and not what stood there at load', async () => {
    const { element, room } = await mountLink('making');
    await shows(element, 'The link is being made');
    expect(spoken(element)).toBe('');
    await room.says(linkOf('open'));
    await shows(element, LINK_URL);
    expect(spoken(element)).toBe(
      'Waiting for your client. Send the link. It shows here when it has been paid.',
    );
    await room.says(linkOf('paid'));
    await eventually(() => spoken(element).startsWith('Paid. Your client has paid'), 'it is said');
  });

  it('keeps who is in it there when what had the focus is gone', async () => {
    const { element, room } = await mountLink();
    await shows(element, LINK_URL);
    part(element, 'link')?.focus();
    await room.says(linkOf('paid'));
    await becomes(element, 'paid');
    const title = part(element, 'header')?.querySelector('[role="heading"]');
    await eventually(() => title?.matches(':focus') ?? false, 'the heading has the focus');
  });
});

describe('the life of a link', () => {
  it('is followed while the link is open, and no longer', async () => {
    const { element, room } = await mountLink();
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    await room.says(linkOf('processing'));
    await becomes(element, 'processing');
    await room.says(linkOf('paid'));
    await becomes(element, 'paid');
    await eventually(async () => (await room.streams()).length === 0, 'no stream');
  });

  it('is not followed before there is one', async () => {
    const { element, room } = await mountLink('none');
    await becomes(element, 'open');
    expect(await room.seen('events')).toEqual([]);
  });

  it('is asked of the bank at once when somebody is back', async () => {
    const { element, room } = await mountLink();
    await shows(element, LINK_URL);
    setHidden(true);
    setHidden(false);
    await eventually(async () => (await room.seen('hint')).length === 1, 'a hint');
  });

  it('asks again how a link that is over does when somebody comes back: it may be followed by a new one', async () => {
    const { element, room } = await mountLink('canceled');
    await becomes(element, 'canceled');
    setHidden(true);
    await room.says(linkOf('open'));
    setHidden(false);
    await becomes(element, 'open');
  });

  it('is told in events: each update, once when money comes, once at the end', async () => {
    const { room, events } = await mountLink('making');
    await eventually(async () => (await room.streams()).length === 1, 'one stream');
    for (const state of ['open', 'processing', 'paid'] as const) await room.says(linkOf(state));
    await eventually(() => namesOf(events).filter((it) => it === 'update').length === 4, 'updates');
    const told = namesOf(events).filter((name) => name !== 'update');
    expect(told).toEqual(['accepted', 'complete']);
  });

  it.each(['paid', 'expired', 'canceled'] as const)(
    'is told as complete at load when %s',
    async (status) => {
      const { element, events } = await mountLink(status);
      await becomes(element, status);
      const complete = events.filter(({ type }) => type === 'qonto-pay-complete');
      expect(complete.map(({ detail }) => detail.link.url)).toEqual([LINK_URL]);
    },
  );
});

describe.each(['light', 'dark'] as const)('in %s', (appearance) => {
  it.each(STATES)('a link that is %s has no fault', async (state) => {
    document.title = 'An invoice';
    document.documentElement.lang = 'en';
    document.documentElement.style.colorScheme = appearance;
    document.body.style.background = appearance === 'dark' ? '#141416' : '#f6f5f2';
    const { element, button } = await mountLink(state, {}, { appearance });
    await eventually(() => element.snapshot !== undefined, 'the snapshot');
    if (state === 'paid') button.click();
    if (state !== 'none') await eventually(() => !!part(element, 'panel'), 'the panel');
    await expectAccessible(element);
  });
});
