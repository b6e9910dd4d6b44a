import { drawQrCode } from '@qonto-pay/shared/qr-code';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  eventually,
  expectAccessible,
  LINK_URL,
  linkOf,
  type Mounted,
  mount,
  panelWords,
  part,
  parts,
  shows,
  spoken,
  wordsIn,
} from './room.js';

/** Text with no-break spaces as plain ones. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

/** A panel with a link to share. */
async function mountShare(given: Parameters<typeof mount>[1] = {}): Promise<Mounted> {
  const mounted = await mount([linkOf()], { mode: 'collect', ...given });
  await shows(mounted.element, LINK_URL);
  return mounted;
}

function tool(element: Element, words: string): HTMLElement {
  const found = parts(element, 'action').find((it) => wordsIn(it).startsWith(words));
  if (!found) throw new Error(`There is no "${words}"`);
  return found;
}

/** What has the focus, through shadow roots. */
function deepActive(root: Element): Element | undefined {
  const active = root.shadowRoot?.activeElement;
  return active ? (deepActive(active) ?? active) : undefined;
}

/** What a mail program would show of the draft. */
function draft(element: Element): { to: string; subject: string; body: string } {
  const href = tool(element, 'E-mail').getAttribute('href') ?? '';
  const [, to = '', query = ''] = /^mailto:([^?]*)\?(.*)$/.exec(href) ?? [];
  const [subject = '', body = ''] = query.split('&').map((each) => each.split('=')[1] ?? '');
  return { to, subject: decodeURIComponent(subject), body: decodeURIComponent(body) };
}

const clipboard = (writeText: (text: string) => Promise<void>): void => {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as Clipboard);
};

afterEach(() => {
  Reflect.deleteProperty(navigator, 'share');
  Reflect.deleteProperty(navigator, 'canShare');
});

describe('copying the link', () => {
  it('puts it into the clipboard, and says so each time', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    const { element } = await mountShare();
    tool(element, 'Copy link').click();
    await shows(element, 'Link copied');
    const said = element.shadowRoot?.querySelector('[role="status"]');
    expect(said?.textContent).toBe('Link copied');
    tool(element, 'Copy link').click();
    await eventually(() => said?.textContent === 'Link copied\xA0', 'it is said once more');
    expect(copied).toEqual([LINK_URL, LINK_URL]);
  });

  it.each([
    ['refused', () => Promise.reject(new DOMException('no', 'NotAllowedError'))],
    ['not there', undefined],
  ])('selects it where the clipboard is %s', async (_how, writeText) => {
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(
      (writeText && { writeText }) as unknown as Clipboard,
    );
    const { element } = await mountShare();
    tool(element, 'Copy link').click();
    await shows(element, 'The link is selected');
    expect(getSelection()?.toString().trim()).toBe(LINK_URL);
    expect(spoken(element)).toContain('The link is selected');
  });
});

describe('the system’s own sheet', () => {
  it('is offered nowhere but where there is one', async () => {
    const { element } = await mountShare();
    expect(panelWords(element)).not.toContain('Share…');
  });

  it('gets the link and what it is for', async () => {
    const share = vi.fn(() => Promise.reject(new DOMException('closed', 'AbortError')));
    Object.assign(navigator, { share, canShare: () => true });
    const { element } = await mountShare();
    tool(element, 'Share…').click();
    expect(share).toHaveBeenCalledExactlyOnceWith({ url: LINK_URL, title: 'Payment of €120.00' });
  });
});

describe('the draft of an e-mail', () => {
  it('holds the amount, the link on a line of its own and the last day', async () => {
    const { element } = await mountShare();
    expect(draft(element)).toEqual({
      to: '',
      subject: 'Payment of €120.00',
      body: [
        'Hello,',
        'You can pay €120.00 online with this link:',
        LINK_URL,
        'It is valid until 20 November 2027.',
        'Kind regards',
      ].join('\r\n\r\n'),
    });
  });

  it('is in the language of the page, and encodes all that an address must', async () => {
    const { element } = await mountShare({ lang: 'fr' });
    const { subject, body } = draft(element);
    expect(plain(subject)).toBe('Paiement de 120,00 €');
    expect(plain(body)).toContain('Il est valable jusqu’au 20 novembre 2027.');
    const href = tool(element, 'E-mail').getAttribute('href') ?? '';
    expect(href).toMatch(/^mailto:\?subject=[\w%.!~*'()-]+&body=[\w%.!~*'()-]+$/);
    expect(href).toContain('%0D%0A%0D%0Ahttps%3A%2F%2Fpay.example.test%2Fl%2F');
  });

  it('names no day that nobody knows', async () => {
    const { element } = await mount([linkOf('open', { expiresAt: null })], { mode: 'collect' });
    await shows(element, LINK_URL);
    expect(draft(element).body).not.toContain('valid');
    expect(panelWords(element)).not.toContain('Valid');
  });
});

describe('the QR code', () => {
  it('is drawn when it is asked for, black on white, and goes again', async () => {
    const { element } = await mountShare({ appearance: 'dark' });
    expect(part(element, 'qr')).toBeUndefined();
    const button = tool(element, 'QR code');
    button.click();
    await eventually(() => part(element, 'qr') !== undefined, 'the code');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    const code = part(element, 'qr') as HTMLElement;
    const { size, path } = drawQrCode(LINK_URL);
    expect(code.querySelector('path')?.getAttribute('d')).toBe(path);
    expect(code.getAttribute('viewBox')).toBe(`0 0 ${size} ${size}`);
    expect(code.getAttribute('role')).toBe('img');
    expect(code.getAttribute('aria-label')).toBe('QR code of the payment link on pay.example.test');
    const { backgroundColor, fill } = getComputedStyle(code);
    expect([backgroundColor, fill]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    expect(code.getBoundingClientRect().width).toBe(288);
    await expectAccessible(element);
    button.click();
    await eventually(() => part(element, 'qr') === undefined, 'no code');
  });

  it('is saved as a picture that stands alone', async () => {
    const { element } = await mountShare();
    tool(element, 'QR code').click();
    await eventually(() => part(element, 'qr') !== undefined, 'the code');
    const link = tool(element, 'Save the code');
    expect(link.getAttribute('download')).toBe('payment-link.svg');
    const image = new Image();
    image.src = link.getAttribute('href') ?? '';
    await image.decode();
    expect(image.naturalWidth).toBe(8 * drawQrCode(LINK_URL).size);
  });
});

describe('the ways to share', () => {
  it('are reached by the keyboard in the order in which they stand, each a target of 44 px', async () => {
    const { element, button } = await mountShare();
    const reached: string[] = [];
    button.focus();
    for (let step = 0; step < 7; step += 1) {
      await userEvent.tab();
      const focused = deepActive(element);
      reached.push(wordsIn(focused));
      expect(focused?.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
    }
    expect(reached).toEqual([
      'Hide',
      `pay.example.test ${LINK_URL} (new tab)`,
      'Copy link',
      'E-mail',
      'QR code',
      'Print (new tab)',
      'Manage on Qonto Pay',
    ]);
  });

  it.each(['en', 'fr'])('fit a page of 360 px with their QR code (%s)', async (lang) => {
    const { element } = await mountShare({ lang });
    const page = element.parentElement as HTMLElement;
    page.style.inlineSize = '328px';
    tool(element, 'QR code').click();
    await eventually(() => part(element, 'qr') !== undefined, 'the code');
    expect(page.scrollWidth).toBeLessThanOrEqual(328);
    for (const name of ['panel', 'link', 'qr'])
      expect(part(element, name)?.getBoundingClientRect().right).toBeLessThanOrEqual(
        page.getBoundingClientRect().right,
      );
  });

  it('can be styled from the page', async () => {
    const { element } = await mountShare();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`qonto-pay-button::part(link) { color: rgb(1, 2, 3); }
      qonto-pay-button::part(share) { color: rgb(4, 5, 6); }`);
    document.adoptedStyleSheets.push(sheet);
    const colours = ['link', 'share'].map(
      (name) => getComputedStyle(part(element, name) as Element).color,
    );
    document.adoptedStyleSheets.pop();
    expect(colours).toEqual(['rgb(1, 2, 3)', 'rgb(4, 5, 6)']);
  });
});
