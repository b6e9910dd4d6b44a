import { describe, expect, it, vi } from 'vitest';
import { ICONS } from '../src/views/icons.js';
import {
  becomes,
  eventually,
  inSeconds,
  label,
  mount,
  namesOf,
  panelWords,
  part,
  parts,
  shows,
  snapshotOf,
  spoken,
  stubWindow,
} from './room.js';

const now = (): string => new Date(Date.now() + 1000).toISOString();

describe('a click', () => {
  it('opens the pay page in a small named window, in the same task', async () => {
    const opened = stubWindow();
    const { button, room } = await mount();
    button.click();
    expect(opened).toHaveBeenCalledOnce();
    const [url, name, features] = opened.mock.calls[0] ?? [];
    expect(url).toBe(`${room.base}/pay/in_1?lang=en&window=1`);
    expect(name).toBe('qonto-pay-in_1');
    expect(features).toMatch(/^popup,width=480,height=760,/);
  });

  it('is stopped by preventDefault on qonto-pay-start', async () => {
    const opened = stubWindow();
    const { element, button } = await mount();
    element.addEventListener('qonto-pay-start', (event) => event.preventDefault(), { once: true });
    button.click();
    expect(opened).not.toHaveBeenCalled();
  });

  it('does nothing while disabled', async () => {
    const opened = stubWindow();
    const { element, events } = await mount([snapshotOf()], { disabled: true });
    await element.start();
    expect(opened).not.toHaveBeenCalled();
    expect(namesOf(events)).not.toContain('start');
  });

  it('shows that the payment window is waited for, and stays a button', async () => {
    stubWindow();
    const { element, button } = await mount();
    button.click();
    await becomes(element, 'connecting');
    await shows(element, 'Go on in the payment window');
    expect(label(element)).toBe('Pay €1,234.00 with Qonto');
    expect(button.disabled).toBe(false);
  });

  it('opens a second window on the same payment when it is clicked again', async () => {
    const opened = stubWindow();
    const { button } = await mount();
    button.click();
    button.click();
    expect(opened.mock.calls.map(([url]) => url)).toHaveLength(2);
    expect(opened.mock.calls[0]?.[0]).toBe(opened.mock.calls[1]?.[0]);
  });

  it('takes a double click for one wish', async () => {
    const opened = stubWindow();
    const { button } = await mount();
    button.dispatchEvent(new MouseEvent('click', { detail: 1 }));
    button.dispatchEvent(new MouseEvent('click', { detail: 2 }));
    expect(opened).toHaveBeenCalledOnce();
  });

  it('goes to the pay page in the tab itself when asked to', async () => {
    const opened = stubWindow();
    const { element, room } = await mount([snapshotOf()], { presentation: 'redirect' });
    await element.start();
    expect(opened).toHaveBeenCalledExactlyOnceWith(`${room.base}/pay/in_1?lang=en`, '_top');
  });

  it('goes there by itself on a phone', async () => {
    const opened = stubWindow();
    vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
    const { element } = await mount();
    await element.start();
    expect(opened.mock.calls[0]?.[1]).toBe('_top');
  });

  it('moves the focus to the panel once, and never again', async () => {
    stubWindow();
    const { element, button, room } = await mount();
    button.focus();
    button.click();
    await shows(element, 'Go on in the payment window');
    const title = () => part(element, 'header')?.querySelector('[role="heading"]');
    await eventually(() => title()?.matches(':focus') ?? false, 'focus on the heading');
    button.focus();
    await room.says(snapshotOf('approval_needed'));
    await shows(element, 'Approve on your phone');
    button.click();
    expect(element.shadowRoot?.activeElement).toBe(button);
  });
});

describe('a window that does not open', () => {
  it('offers the way in this tab at once when the browser blocked it', async () => {
    stubWindow(null);
    const { element, button, room, events } = await mount();
    button.click();
    await shows(element, 'You can go on in this tab.');
    const link = parts(element, 'action').find((action) => action.matches('a'));
    expect(link?.getAttribute('href')).toBe(`${room.base}/pay/in_1?lang=en`);
    expect(link?.getAttribute('target')).toBe('_top');
    const mark = part(element, 'result')?.shadowRoot?.querySelector('.mark path');
    expect(mark?.getAttribute('d')).toBe(ICONS.warning);
    expect(element.getAttribute('status')).toBe('connecting');
    const told = events.filter((event) => event.type === 'qonto-pay-error');
    expect(told.map((event) => event.detail)).toMatchObject([
      { code: 'window-blocked', recoverable: true },
    ]);
  });

  it('offers it after 3 s when the pay page was not seen, and takes it back when it is', async () => {
    stubWindow();
    const { element, button, room } = await mount();
    button.click();
    await shows(element, 'Go on in the payment window');
    expect(panelWords(element)).not.toContain('in this tab');
    await shows(element, 'You can go on in this tab.');
    await room.says(snapshotOf('open', { pageSeenAt: now() }));
    await eventually(() => !panelWords(element).includes('in this tab'), 'the offer is gone');
    expect(element.error).toBeUndefined();
  });

  it('offers nothing when the page was seen after the click by the clock of the server', async () => {
    stubWindow();
    const hourMs = 3_600_000;
    const { element, button, room } = await mount();
    await room.script({ clockOffsetMs: -hourMs });
    await element.refresh();
    button.click();
    const pageSeenAt = new Date(Date.now() - hourMs + 500).toISOString();
    await room.script({ snapshots: [snapshotOf('open', { pageSeenAt })], isQuiet: true });
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(panelWords(element)).not.toContain('in this tab');
  });
});

describe('an intent that is made inside the click', () => {
  it('opens the opening page at once and tells it where to go', async () => {
    const opened = stubWindow();
    const { element, button, room } = await mount([snapshotOf()], {
      intent: '',
      getIntent: async () => 'in_1',
    });
    button.click();
    const [url = ''] = opened.mock.calls[0] ?? [];
    const flow = new URL(String(url)).searchParams.get('flow') ?? '';
    expect(new URL(String(url)).pathname).toMatch(/\/pay\/opening$/);
    expect(flow).toMatch(/^[\w-]{22,43}$/);
    await eventually(async () => (await room.seen('flow')).length === 1, 'the flow is answered');
    const [answer] = await room.seen('flow');
    expect(answer?.path).toBe(`/v1/flows/${flow}`);
    expect(JSON.parse(answer?.body ?? '')).toEqual({ intent: 'in_1' });
    await becomes(element, 'connecting');
    expect(element.intent).toBe('in_1');
    await eventually(() => element.snapshot?.id === 'in_1', 'the snapshot is there');
  });

  it('asks the partner once, however often it is clicked meanwhile', async () => {
    const opened = stubWindow();
    const getIntent = vi.fn(() => new Promise<string>(() => {}));
    const { element, button } = await mount([snapshotOf()], { intent: '', getIntent });
    button.click();
    button.click();
    void element.start();
    expect(getIntent).toHaveBeenCalledOnce();
    expect(opened).toHaveBeenCalledOnce();
    await element.updateComplete;
    expect(label(element)).toBe('Opening…');
  });

  it('asks the partner’s server with its cookies', async () => {
    stubWindow();
    await cookieStore.set('partner', '1');
    const { element, button, room } = await mount([snapshotOf()], { intent: '' });
    await room.script({ answers: { partner: { body: { intent: 'in_1' } } } });
    element.intentUrl = `${room.base}/partner`;
    button.click();
    await eventually(() => element.intent === 'in_1', 'the intent is known');
    expect((await room.seen('partner'))[0]?.credentials).toBe(true);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('no'))],
    ['answers nonsense', () => Promise.resolve('javascript:alert(1)')],
  ])('says so and tells the opening page when getIntent %s', async (_what, getIntent) => {
    stubWindow();
    const { element, button, room, events } = await mount([snapshotOf()], {
      intent: '',
      getIntent,
    });
    button.click();
    await becomes(element, 'error');
    await shows(element, 'could not prepare the payment');
    const [answer] = await room.seen('flow');
    expect(JSON.parse(answer?.body ?? '')).toEqual({ failed: true });
    expect(events.at(-1)?.detail).toMatchObject({ code: 'intent-failed', recoverable: true });
    expect(part(element, 'problem')).toBeDefined();
  });

  it('tries again from the panel', async () => {
    const opened = stubWindow();
    const getIntent = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue('in_1');
    const { element, button } = await mount([snapshotOf()], { intent: '', getIntent });
    button.click();
    await shows(element, 'Try again');
    parts(element, 'action').at(-1)?.click();
    await becomes(element, 'connecting');
    expect(opened).toHaveBeenCalledTimes(2);
    expect(element.error).toBeUndefined();
  });

  it('goes to the pay page in the tab when it is known', async () => {
    const opened = stubWindow();
    const { element, room } = await mount([snapshotOf()], {
      intent: '',
      getIntent: async () => 'in_1',
      presentation: 'redirect',
    });
    await element.start();
    expect(opened).toHaveBeenCalledExactlyOnceWith(`${room.base}/pay/in_1?lang=en`, '_top');
    expect(await room.seen('flow')).toEqual([]);
  });

  it('names the fault of a button without any intent', async () => {
    const opened = stubWindow();
    const { element, button, events } = await mount([snapshotOf()], { intent: '' });
    button.click();
    await becomes(element, 'error');
    await shows(element, 'not connected to an invoice');
    expect(opened).not.toHaveBeenCalled();
    await eventually(() => namesOf(events).includes('error'), 'the partner is told');
    expect(element.error).toMatchObject({ code: 'intent-missing', recoverable: false });
  });
});

describe('what becomes of the payment', () => {
  it('is followed from the click to the end, each event told once', async () => {
    stubWindow();
    const { element, button, room, events } = await mount();
    await becomes(element, 'open');
    button.click();
    await becomes(element, 'connecting');
    for (const status of ['approval_needed', 'processing', 'settled'] as const) {
      await room.says(snapshotOf(status));
      await becomes(element, status);
    }
    await shows(element, 'The bank has made the payment.');
    expect(label(element)).toBe('Paid');
    expect(namesOf(events)).toEqual([
      'update',
      'start',
      'update',
      'update',
      'accepted',
      'update',
      'complete',
    ]);
    expect(events.at(-1)?.detail).toMatchObject({ id: 'in_1', status: 'settled', final: true });
    expect(events.every((event) => event.bubbles && event.composed)).toBe(true);
  });

  it('is told once when it was final already at load, without a panel', async () => {
    const { element, events } = await mount([snapshotOf('settled')]);
    await becomes(element, 'settled');
    await element.refresh();
    expect(namesOf(events)).toEqual(['update', 'accepted', 'complete']);
    expect(part(element, 'panel')).toBeUndefined();
  });

  it('completes again when an invoice that was refused is paid after all', async () => {
    const { element, room, events } = await mount([snapshotOf('denied')]);
    await becomes(element, 'denied');
    for (const status of ['processing', 'settled'] as const) {
      await room.says(snapshotOf(status));
      await element.refresh();
    }
    expect(namesOf(events).filter((name) => name === 'complete')).toHaveLength(2);
  });

  it('waits for the window again when it is clicked after a refusal', async () => {
    stubWindow();
    const { element, button, room } = await mount();
    await becomes(element, 'open');
    button.click();
    for (const status of ['approval_needed', 'denied'] as const) {
      await room.says(snapshotOf(status));
      await becomes(element, status);
    }
    button.click();
    await becomes(element, 'connecting');
    await shows(element, 'Go on in the payment window');
    await room.says(snapshotOf('approval_needed'));
    await becomes(element, 'approval_needed');
  });

  it('goes on after a reload: the live payment is there, the focus stays', async () => {
    const { element } = await mount([snapshotOf('approval_needed')]);
    await shows(element, 'Approve on your phone');
    expect(label(element)).toBe('In progress');
    expect(document.activeElement).toBe(document.body);
    expect(spoken(element)).toBe('');
  });

  it('folds, and the button goes on showing the state', async () => {
    const { element, button, room } = await mount([snapshotOf('processing')]);
    await shows(element, 'The bank has it');
    const fold = part(element, 'header')?.querySelector('button');
    expect(fold?.getAttribute('aria-expanded')).toBe('true');
    fold?.click();
    await eventually(() => !panelWords(element).includes('The bank has it'), 'it is folded');
    expect(fold?.getAttribute('aria-expanded')).toBe('false');
    await room.says(snapshotOf('settled'));
    await becomes(element, 'settled');
    expect(label(element)).toBe('Paid');
    expect(panelWords(element)).not.toContain('The bank has made');
    button.click();
    await shows(element, 'The bank has made the payment.');
  });

  it.each([
    ['confirmed', 'Sending'],
    ['sending', 'Sending'],
    ['requested', 'Waiting for a colleague'],
    ['requested', 'Open the payment page'],
    ['scheduled', 'Scheduled'],
    ['processing', 'The bank has it'],
    ['sent_unconfirmed', 'Do not pay again.'],
    ['partially_settled', 'Partly paid'],
    ['declined', 'Open the payment page'],
    ['denied', 'Not you? Tell Qonto.'],
    ['expired', 'Nobody approved the payment in time'],
    ['canceled', 'Payment canceled'],
    ['failed', 'It is safe to pay again'],
    ['unknown', 'Do not pay again.'],
    ['held', 'A person is checking'],
  ] as const)('has words of its own for %s', async (status, words) => {
    const { element } = await mount([snapshotOf(status)]);
    await shows(element, words);
  });

  it('never reads an unrecognised status as paid or failed', async () => {
    const { element } = await mount([snapshotOf('melted' as 'held')]);
    await shows(element, 'Do not pay again.');
  });

  it.each([
    ['withdrawn', 'The sender has withdrawn this request.'],
    ['lapsed', 'Ask the sender for a new one.'],
  ] as const)('explains on a click why it cannot be paid: %s', async (why, words) => {
    const opened = stubWindow();
    const { element, button } = await mount([snapshotOf('open', { payable: false, why })]);
    await becomes(element, 'open');
    button.click();
    await shows(element, words);
    expect(opened).not.toHaveBeenCalled();
  });

  it('forgets everything when it gets another intent', async () => {
    const { element, room } = await mount([
      snapshotOf('settled'),
      snapshotOf('open', { id: 'in_2', amount: '7.00' }),
    ]);
    await becomes(element, 'settled');
    element.intent = 'in_2';
    await becomes(element, 'open');
    expect(label(element)).toBe('Pay €7.00 with Qonto');
    expect(await room.streams()).toEqual([]);
  });
});

describe('problems', () => {
  it('a button that collects says that an invoice is to be paid', async () => {
    const opened = stubWindow();
    const { element, button } = await mount([snapshotOf()], { mode: 'collect' });
    await becomes(element, 'error');
    await shows(element, 'cannot be used with this button');
    button.click();
    expect(opened).not.toHaveBeenCalled();
    expect(element.error).toMatchObject({ code: 'mode-mismatch', recoverable: false });
    element.mode = 'pay';
    await becomes(element, 'open');
  });

  it('an unknown intent is named after the click, not before', async () => {
    stubWindow();
    const { element, button, events } = await mount([], { intent: 'in_0' });
    await eventually(() => label(element) === 'Pay with Qonto', 'the button stands');
    expect(namesOf(events)).toEqual([]);
    button.click();
    await becomes(element, 'error');
    await shows(element, 'This invoice is not known here.');
    expect(element.error).toMatchObject({ code: 'intent-not-found' });
  });

  it('a BFF that does not answer is named after the click, and overcome when it answers', async () => {
    stubWindow();
    const { element, button, room } = await mount([snapshotOf()], { intent: '' });
    await room.script({ answers: { snapshot: { status: 503 }, events: { status: 503 } } });
    element.intent = 'in_1';
    await element.updateComplete;
    button.click();
    await becomes(element, 'error');
    await shows(element, 'The payment page has it.');
    expect(element.error).toMatchObject({ code: 'connection', recoverable: true });
    await room.script({ answers: { snapshot: null, events: null } });
    await becomes(element, 'connecting');
  });
});

describe('what is said aloud', () => {
  it('is silent at load, then says each state once', async () => {
    stubWindow();
    const { element, button, room } = await mount();
    await becomes(element, 'open');
    expect(spoken(element)).toBe('');
    button.click();
    await eventually(() => spoken(element).startsWith('Go on in the payment window.'), 'window');
    await room.says(snapshotOf('approval_needed'));
    await eventually(() => spoken(element).startsWith('Approve on your phone.'), 'approval');
    await room.says(snapshotOf('settled'));
    await eventually(() => spoken(element).startsWith('Paid.'), 'paid');
  });

  it('says the time left when a mark is passed, by the clock of the server', async () => {
    const { element, room } = await mount([
      snapshotOf('approval_needed', { expiresAt: inSeconds(3600 + 61) }),
    ]);
    await room.script({ clockOffsetMs: 3_600_000 });
    await element.refresh();
    await shows(element, '1:');
    await eventually(() => spoken(element) === '1 min left', 'the mark is said');
    expect(part(element, 'timer')?.getAttribute('aria-live')).toBe('off');
    expect(part(element, 'timer')?.getAttribute('role')).toBe('timer');
  });
});
