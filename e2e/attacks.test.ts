import type { Page, Response } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { HostileSite } from './support/hostile-site.js';
import { journeys } from './support/journeys.js';
import type { PayPage } from './support/pay-page.js';
import type { ShopPage } from './support/shop-page.js';
import type { Visitor } from './support/visitor.js';

const world = journeys();
const { it } = world;
let hostile: HostileSite;
/** No attack may change anything, so all share one. */
let victim: Victim;

beforeAll(async () => {
  hostile = await HostileSite.start();
  victim = await victimAtReview();
  return () => hostile.stop();
});

interface Victim {
  visitor: Visitor;
  shop: ShopPage;
  pay: PayPage;
  /** Where the confirmation goes. */
  confirmUrl: string;
  /** A complete confirmation as the page itself would send it: more than an attacker can know. */
  form: Record<string, string>;
}

/** A payer who is signed in and looks at a review that could be confirmed right now. */
async function victimAtReview(): Promise<Victim> {
  const visitor = await world.newLastingVisitor();
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.signIn();
  await pay.payeeCheckIs('match');
  await pay.page.locator('#confirm:not([aria-disabled])').waitFor();
  const form = await pay.page
    .locator('form[method="post"]')
    .first()
    .evaluate((element: HTMLFormElement) =>
      Object.fromEntries([...new FormData(element)].map(([name, value]) => [name, String(value)])),
    );
  const confirmUrl = `${world.addresses.bff}/pay/api/intents/${shop.invoice.intent}/confirm`;
  return { visitor, shop, pay, confirmUrl, form };
}

/** The first answer of the payment service to this address. */
const answerTo = (page: Page, url: string): Promise<Response> =>
  page.waitForResponse((response) => response.url().startsWith(url));

afterEach(async () => {
  await victim.pay.becomes('review');
  await world.bank.expectNothingElse();
  expect(await world.bank.approvalsOf(victim.shop.invoice)).toEqual([]);
});

// `pay.localhost` on another port shares even the cookies with us; `evil.pay.localhost` is same-site.
describe.each(['pay.localhost', 'evil.pay.localhost'])('a hostile page on %s', (host) => {
  let page: Page;
  beforeEach(async () => {
    page = await victim.visitor.context.newPage();
    await page.goto(hostile.at(host));
    return () => page.close();
  });

  it('cannot confirm by fetch, not even with the fields of the page', async () => {
    const answered = answerTo(page, victim.confirmUrl);
    await page.evaluate(
      ([url, fields]) =>
        fetch(url, {
          method: 'POST',
          mode: 'no-cors',
          credentials: 'include',
          body: new URLSearchParams(fields),
        }),
      [victim.confirmUrl, victim.form] as const,
    );
    expect((await answered).status()).toBe(403);
  });

  it('cannot confirm by a form, not even with the fields of the page', async () => {
    const answered = answerTo(page, victim.confirmUrl);
    await page.evaluate(
      ([url, fields]) => {
        const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
        for (const [name, value] of Object.entries(fields)) {
          form.append(Object.assign(document.createElement('input'), { name, value }));
        }
        document.body.append(form);
        form.submit();
      },
      [victim.confirmUrl, victim.form] as const,
    );
    expect((await answered).status()).toBe(403);
    // A page that is closed while it moves on may never say that it is closed.
    await page.waitForURL(victim.confirmUrl);
  });

  it('cannot read what the pay page reads, by fetch or as a stream', async () => {
    const url = victim.confirmUrl.replace(/\/confirm$/, '');
    const isRead = await page.evaluate(
      (address) =>
        fetch(address, { credentials: 'include' }).then(
          () => true,
          () => false,
        ),
      url,
    );
    expect(isRead).toBe(false);
    const stream = await page.evaluate(
      (address) =>
        new Promise((resolve) => {
          const source = new EventSource(address, { withCredentials: true });
          for (const name of ['state', 'message', 'open', 'error']) {
            source.addEventListener(name, () => resolve([name, source.readyState]));
          }
        }),
      `${url}/events`,
    );
    expect(stream).toEqual(['error', 2]);
    // What the browser kept from the page was not even told.
    const answered = answerTo(page, url);
    await page.evaluate(
      (address) => fetch(address, { mode: 'no-cors', credentials: 'include' }),
      url,
    );
    expect((await answered).status()).toBe(403);
  });

  it('cannot frame the pay page', async () => {
    const payUrl = `${world.addresses.bff}/pay/${victim.shop.invoice.intent}`;
    const answered = answerTo(page, payUrl);
    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    }, payUrl);
    expect((await answered).status()).toBe(403);
    expect(await page.frameLocator('iframe').locator('#confirm').count()).toBe(0);
  });

  it('gets no hold of the pay page that it opens', async () => {
    const payUrl = `${world.addresses.bff}/pay/${victim.shop.invoice.intent}`;
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => {
        Object.assign(window, { victim: window.open(url) });
      }, payUrl),
    ]);
    await popup.locator('main[data-status="review"]').waitFor();
    const isCutOff = await page.evaluate(
      () => (window as unknown as { victim: Window }).victim.closed,
    );
    expect(isCutOff).toBe(true);
    expect(await popup.evaluate(() => window.opener)).toBe(null);
  });
});

const PRESSES: [name: string, press: (button: HTMLElement) => void][] = [
  ['element.click()', (button) => button.click()],
  [
    'a made-up click event',
    (button) =>
      void button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })),
  ],
  [
    'a made-up key',
    (button) =>
      void button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })),
  ],
  ['requestSubmit()', (button) => (button as HTMLButtonElement).form?.requestSubmit()],
];

describe('a script that runs in the pay page', () => {
  it.each(PRESSES)('cannot confirm by %s', async (_name, press) => {
    let isSent = false;
    victim.pay.page.on('request', (request) => {
      isSent ||= request.url() === victim.confirmUrl;
    });
    await victim.pay.page.locator('#confirm:not([aria-disabled])').waitFor();
    await victim.pay.confirmButton.evaluate(press);
    // The page's next answer comes after whatever that press would have sent.
    await victim.pay.page.reload();
    await victim.pay.becomes('review');
    expect(isSent).toBe(false);
  });
});

describe('a confirmation', () => {
  /** Sends it from the pay page itself, so that origin and session are right. */
  const send = ({ pay, confirmUrl }: Victim, form: Record<string, string>) =>
    pay.page.evaluate(
      async ([url, fields]) => {
        const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
        return { status: answer.status, ...((await answer.json()) as { code?: string }) };
      },
      [confirmUrl, form] as const,
    );

  it("is refused without the page's token", async () => {
    const { pageToken: _token, ...form } = victim.form;
    expect(await send(victim, form)).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(await send(victim, { ...form, pageToken: 'made.up' })).toMatchObject({
      status: 403,
      code: 'page-token-invalid',
    });
  });

  it("is refused with another invoice's token", async () => {
    const other = await victim.visitor.openInvoice({ payee: 'match' });
    const { page } = await victim.visitor.openPayPage(other.invoice.intent);
    const pageToken = await page.locator('[name="pageToken"]').first().inputValue();
    expect(await send(victim, { ...victim.form, pageToken })).toMatchObject({
      status: 403,
      code: 'page-token-invalid',
    });
  });

  it("is refused in another member's session", async ({ newVisitor }) => {
    const thief = await newVisitor();
    const pay = await thief.openPayPage(victim.shop.invoice.intent);
    await pay.signIn('Adam Dupont');
    await pay.payeeCheckIs('match');
    expect(await send({ ...victim, pay }, victim.form)).toMatchObject({
      status: 403,
      code: 'page-token-invalid',
    });
  });

  it('is refused without any session', async ({ newVisitor }) => {
    const thief = await newVisitor();
    const pay = await thief.openPayPage(victim.shop.invoice.intent);
    await pay.becomes('sign-in');
    expect(await send({ ...victim, pay }, victim.form)).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    });
  });
});

describe('a changed invoice page', () => {
  it('leads to a pay page that shows what would be paid, whatever the page said', async ({
    newVisitor,
  }) => {
    const visitor = await newVisitor();
    const other = await visitor.openInvoice({ payee: 'no-match' });
    const shop = await visitor.openInvoice();
    expect(shop.invoice.payee).not.toBe(other.invoice.payee);
    await shop.element.evaluate((element, intent) => {
      element.setAttribute('intent', intent);
      element.setAttribute('amount', '1.00');
    }, other.invoice.intent);
    const pay = await shop.pressPay();
    await pay.signIn();
    await pay.payeeCheckIs('no_match');
    await pay.says(other.invoice.payee);
    expect(await pay.page.getByText(shop.invoice.payee).count()).toBe(0);
    expect(await pay.main.textContent()).not.toContain('€1.00');
    await pay.page.locator('#cancel').click();
    await pay.closesItself();
  });
});

describe('a flow', () => {
  const flowOf = () =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const put = (page: Page, flow: string, intent: string) =>
    page.evaluate(
      ([url, id]) =>
        fetch(url, {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ intent: id }),
        }).then(
          (answer) => answer.status,
          () => 'blocked' as const,
        ),
      [`${world.addresses.bff}/v1/flows/${flow}`, intent] as const,
    );

  it('cannot be answered from a page that is not registered', async ({ newVisitor }) => {
    const visitor = await newVisitor();
    const shop = await visitor.openInvoice();
    const page = await visitor.context.newPage();
    await page.goto(hostile.at('evil.pay.localhost'));
    expect(await put(page, flowOf(), shop.invoice.intent)).toBe('blocked');
  });

  it('is answered once: a second answer does not move the window', async ({ newVisitor }) => {
    const visitor = await newVisitor();
    const other = await visitor.openInvoice({ payee: 'no-match' });
    const shop = await visitor.openInvoice();
    const flow = flowOf();
    expect(await put(shop.page, flow, shop.invoice.intent)).toBe(204);
    expect(await put(shop.page, flow, other.invoice.intent)).toBe(409);
    const opening = await visitor.context.newPage();
    await opening.goto(`${world.addresses.bff}/pay/opening?flow=${flow}`);
    await opening.waitForURL(`**/pay/${shop.invoice.intent}**`);
  });
});

describe('a stolen intent', () => {
  it('tells the amount and the status, and nothing of payer or payee', async () => {
    const { intent } = victim.shop.invoice;
    const answer = await fetch(`${world.addresses.bffFromNode}/v1/intents/${intent}`);
    const snapshot = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(snapshot).sort()).toEqual(
      [
        ...['id', 'seq', 'kind', 'status', 'final', 'payable', 'why', 'count', 'amount'],
        ...['currency', 'items', 'nextAction', 'pageSeenAt', 'expiresAt', 'serverTime'],
      ].sort(),
    );
    expect(snapshot.items).toEqual([{ index: 0, status: 'open' }]);
  });

  it('shows a stranger the name of the shop only', async ({ newVisitor }) => {
    const { shop } = victim;
    const stranger = await newVisitor();
    const pay = await stranger.openPayPage(shop.invoice.intent);
    await pay.becomes('sign-in');
    const seen = await pay.page.evaluate(
      async (intent) => (await fetch(`/pay/api/intents/${intent}`)).text(),
      shop.invoice.intent,
    );
    for (const secret of [shop.invoice.iban, shop.invoice.payee, '1203.80', '1,203.80']) {
      expect(seen + (await pay.page.content())).not.toContain(secret);
    }
  });
});
