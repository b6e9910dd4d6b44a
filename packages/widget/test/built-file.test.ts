import { afterEach, describe, expect, it } from 'vitest';
import {
  becomes,
  eventually,
  LINK_URL,
  label,
  linkOf,
  part,
  parts,
  Room,
  shows,
  snapshotOf,
  wordsIn,
} from './room.js';

interface StrictWindow extends Window {
  violations: string[];
  warnings: string[];
}

/** A page under the strictest policy, with the scripts that partners load. */
async function openStrict(scripts: string): Promise<StrictWindow> {
  const frame = document.createElement('iframe');
  frame.src = `/strict/page?scripts=${encodeURIComponent(scripts)}`;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  return frame.contentWindow as unknown as StrictWindow;
}

async function addButton(page: StrictWindow, room: Room, mode = 'pay') {
  const element = page.document.createElement('qonto-pay-button');
  element.setAttribute('bff', room.base);
  element.setAttribute('intent', 'in_1');
  element.setAttribute('mode', mode);
  page.document.body.append(element);
  await element.updateComplete;
  return element;
}

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

describe('the script that partners load', () => {
  it.each([
    ['as it is', 'qonto-pay-button.js'],
    ['with a query', 'qonto-pay-button.js?v=2'],
    ['through a redirect', 'moved.js'],
    ['twice', 'qonto-pay-button.js,qonto-pay-button.js?v=2'],
  ])('works under the strictest policy, loaded %s', async (_how, scripts) => {
    const page = await openStrict(scripts);
    const room = new Room();
    await room.says(snapshotOf('approval_needed'));
    const element = await addButton(page, room);
    await becomes(element, 'approval_needed');
    await shows(element, 'Approve on your phone');
    const button = part(element, 'button');
    expect(button && page.getComputedStyle(button).borderRadius).toBe('12px');
    await room.says(snapshotOf('settled'));
    await becomes(element, 'settled');
    await shows(element, 'The bank has made the payment.');
    expect(page.violations).toEqual([]);
  });

  it('warns of a second copy with both versions, and the first stays', async () => {
    const page = await openStrict('qonto-pay-button.js,qonto-pay-button.js?v=2');
    await eventually(() => page.warnings.length > 0, 'a warning');
    expect(page.warnings).toHaveLength(1);
    expect(page.warnings[0]).toMatch(/0\.1\.0 is ignored: 0\.1\.0 came first/);
  });

  it('takes properties that were set before it arrived', async () => {
    const page = await openStrict('early.js,qonto-pay-button.js');
    const element = page.document.querySelector('qonto-pay-button');
    if (!element) throw new Error('There is no element');
    await element.updateComplete;
    expect(element.amount).toBe('7.00');
    expect(label(element)).toBe('Pay €7.00 with Qonto');
  });

  it('finds the BFF where it came from', async () => {
    const page = await openStrict('qonto-pay-button.js');
    const element = page.document.createElement('qonto-pay-button');
    const opened: unknown[] = [];
    page.open = (url) => {
      opened.push(url);
      return null;
    };
    element.intent = 'in_1';
    page.document.body.append(element);
    await element.updateComplete;
    await element.start();
    expect(opened).toEqual([`${location.origin}/pay/in_1?lang=en&window=1`]);
  });

  it('loads the rows of a bulk only when there are several invoices', async () => {
    const page = await openStrict('qonto-pay-button.js');
    const isLoaded = () =>
      page.performance.getEntriesByType('resource').some(({ name }) => name.includes('/bulk-'));
    const single = new Room();
    await single.says(snapshotOf('processing'));
    await shows(await addButton(page, single), 'The bank has it');
    expect(isLoaded()).toBe(false);
    const several = new Room();
    await several.says(snapshotOf('processing', { count: 3 }));
    await shows(await addButton(page, several), '0 of 3 paid');
    expect(isLoaded()).toBe(true);
    expect(page.violations).toEqual([]);
  });

  it('loads what collects only where it does, and the QR code when it is asked for', async () => {
    const page = await openStrict('qonto-pay-button.js');
    const isLoaded = (name: string) =>
      page.performance.getEntriesByType('resource').some((entry) => entry.name.includes(name));
    const paying = new Room();
    await paying.says(snapshotOf('processing'));
    await shows(await addButton(page, paying), 'The bank has it');
    expect(isLoaded('/collect-part-')).toBe(false);
    const collecting = new Room();
    await collecting.says(linkOf());
    const element = await addButton(page, collecting, 'collect');
    await shows(element, LINK_URL);
    expect([isLoaded('/collect-part-'), isLoaded('/link-qr-')]).toEqual([true, false]);
    parts(element, 'action')
      .find((action) => wordsIn(action) === 'QR code')
      ?.click();
    await eventually(() => part(element, 'qr') !== undefined, 'the code');
    const hrefs = parts(element, 'action').map((action) => action.getAttribute('href'));
    expect(hrefs.find((href) => href?.startsWith('mailto:'))).toContain(
      '%0D%0A%0D%0Ahttps%3A%2F%2F',
    );
    expect(page.violations).toEqual([]);
  });

  it('keeps within its budget, gzip', async () => {
    const sizes = (await (await fetch('/strict/sizes.json')).json()) as Record<string, number>;
    const sizeOf = (pattern: RegExp): number => {
      const [, size] = Object.entries(sizes).find(([name]) => pattern.test(name)) ?? [];
      return size ?? Number.NaN;
    };
    const button = sizeOf(/^qonto-pay-button\.js$/);
    const language = Math.max(sizeOf(/later\.en-/), sizeOf(/later\.fr-/));
    expect(button).toBeLessThanOrEqual(9000);
    expect(button + sizeOf(/later-/) + language).toBeLessThanOrEqual(16_000);
    expect(sizeOf(/bulk-progress-/)).toBeLessThanOrEqual(4_000);
    expect(sizeOf(/collect-part-/)).toBeLessThanOrEqual(6_000);
    expect(sizeOf(/link-qr-/)).toBeLessThanOrEqual(4_500);
  });
});
