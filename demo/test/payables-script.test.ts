import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArgs, ensureChromium } from '../../scripts/chromium.js';
import { Site } from './site.js';

/** What the button's own script would keep and say; the page listens to no more than this. */
interface Told {
  status: string;
  final?: boolean;
}

describe('the script of the page of many invoices', { timeout: 60_000 }, () => {
  let browser: Browser;
  let site: Site;
  let page: Page;

  beforeAll(async () => {
    const executablePath = await ensureChromium();
    browser = await chromium.launch({ executablePath, args: chromiumArgs });
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    site = new Site();
    await site.start();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // The payment service's script is not there: this is about the page's own.
    await page.route('http://pay.test:4100/**', (route) => route.abort());
    await open('/payables');
  });

  afterEach(async () => {
    await page.close();
    await site.stop();
  });

  const open = (path: string) => page.goto(`http://localhost:${site.port}${path}`);
  const total = () => page.locator('#total').textContent();
  const button = () => page.locator('qonto-pay-button');
  const only = async () =>
    new URL((await button().getAttribute('intent-url')) ?? '', 'http://demo').searchParams.get(
      'only',
    );
  const place = (row: number) => page.locator(`tr[data-row="${row}"] .place`).textContent();
  const preset = (name: string) => page.locator(`[data-preset=${name}]`).click();
  const tick = (row: number) => page.locator(`#row-${row}`).click();

  /** As the button does when a payment is begun and goes on. */
  async function tell(name: string, snapshot?: Told): Promise<void> {
    await button().evaluate(
      (element, [event, detail]) => {
        if (detail) Object.assign(element, { snapshot: detail });
        element.dispatchEvent(new CustomEvent(`qonto-pay-${event}`, { detail }));
      },
      [name, snapshot] as const,
    );
  }

  it('adds up to the cent what is ticked, and numbers it', async () => {
    await preset('none');
    expect(await total()).toBe('0 invoices ticked · €0.00');
    expect(await button().getAttribute('disabled')).toBe('');
    await tick(0);
    expect(await total()).toBe('1 invoice ticked · €39.00');
    await tick(3);
    await tick(1);
    expect(await total()).toBe('3 invoices ticked · €2,047.80');
    expect([await place(0), await place(1), await place(2), await place(3)]).toEqual([
      '1',
      '2',
      '',
      '3',
    ]);
    expect(await button().getAttribute('count')).toBe('3');
    expect(await button().getAttribute('amount')).toBe('2047.80');
    expect(await button().getAttribute('disabled')).toBeNull();
    expect(await only()).toBe('0-1,3');
  });

  it('ticks all but what is paid, by the box above, which knows some from all', async () => {
    const all = page.locator('#tick-all');
    const isMixed = () => all.evaluate((box) => Reflect.get(box, 'indeterminate'));
    expect(await isMixed()).toBe(true);
    await all.click();
    expect(await only()).toBe('0-35,37-39');
    expect([await all.isChecked(), await isMixed()]).toEqual([true, false]);
    await all.click();
    expect(await only()).toBe('');
  });

  it('ticks what pays without questions, or needs no approval', async () => {
    await preset('trusted');
    expect(await only()).toBe('2,10,31,33');
    await preset('plain');
    expect(await page.locator('tr:has(input:checked) .kind').allTextContents()).toEqual(
      Array(4).fill('Trusted: no approval on the phone'),
    );
  });

  it('reaches four hundred', async () => {
    await open('/payables?rows=400');
    await preset('all');
    expect(await total()).toMatch(/^399 invoices ticked · €/);
    expect(await place(399)).toBe('399');
  });

  it('holds the ticks while a payment is under way, and lets others be paid meanwhile', async () => {
    const another = page.locator('#start-another');
    await tell('start');
    await tell('update', { status: 'approval_needed' });
    expect(await page.locator('#row-0').isDisabled()).toBe(true);
    expect(await another.isVisible()).toBe(false);
    await tell('update', { status: 'processing' });
    await another.click();
    expect(await total()).toBe('0 invoices ticked · €0.00');
    expect(await another.isVisible()).toBe(false);
    expect(await page.locator('#row-0').isEnabled()).toBe(true);
  });

  it('shows each row as its own server says, and begins anew when a tick changes', async () => {
    await preset('none');
    for (const row of [0, 1, 3]) await tick(row);
    await page.evaluate(
      async (url) => void (await fetch(url, { method: 'POST' })),
      (await page.locator('qonto-pay-button').getAttribute('intent-url')) as string,
    );
    const refs = site.service.created[0]?.body?.items.map((item) => item.externalRef) ?? [];
    ['settled', 'declined', 'settled'].forEach((status, index) => {
      site.service.statusByRef.set(refs[index] ?? '', { status, reason: 'insufficient-funds' });
    });
    await tell('start');
    await tell('update', { status: 'partially_settled', final: true });
    const failed = page.locator('tr[data-row="1"]');
    await failed.locator('.badge[data-state=failed]').waitFor();
    expect(await failed.locator('.status').textContent()).toMatch(/Not paid\s*Insufficient funds/);
    expect(await page.locator('tr[data-row="3"] .badge').textContent()).toBe('Paid');
    expect([await place(0), await place(1), await place(3)]).toEqual(['1', '2', '3']);
    expect(await page.locator('#row-0').isDisabled()).toBe(true);
    await button().evaluate((element) => element.setAttribute('intent', 'in_1'));
    await tick(4);
    expect(await button().getAttribute('intent')).toBeNull();
    expect(await only()).toBe('1,4');
  });

  it.each([320, 360, 480, 1280])('is not wider than a window of %i px', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ['/payables', '/payables?lang=fr', '/']) {
      await open(path);
      const room = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(room).toBeLessThanOrEqual(0);
    }
  });
});
