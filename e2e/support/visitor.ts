import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Batch } from './batch.js';
import { watchForProblems } from './browser.js';
import { CheckoutPage } from './checkout-page.js';
import { PartnerPage } from './partner-page.js';
import { PayPage } from './pay-page.js';
import { PayablesPage } from './payables-page.js';
import { Phone } from './phone.js';
import { ReceivablePage } from './receivable-page.js';
import { ShopPage } from './shop-page.js';
import type { Addresses } from './stack.js';

const ACTION_TIMEOUT_MS = 30_000;

/** Which invoice is wanted: by what it leads the sandbox bank to. */
export interface Wish {
  payee?: string;
  amount?: string;
}

/** What is billed: rows, one amount, or something that many may pay for. */
type ReceivableKind = 'basket' | 'invoice' | 'reusable';

/** A person with a browser of their own, and with a phone that is another device. */
export class Visitor {
  readonly addresses: Addresses;
  readonly context: BrowserContext;
  readonly #browser: Browser;
  readonly #options: BrowserContextOptions;
  readonly #problems: string[];
  #phoneContext: BrowserContext | undefined;

  /** `browser` is where the phone's page opens; `context` may belong to another one. */
  constructor(
    browser: Browser,
    context: BrowserContext,
    addresses: Addresses,
    options: BrowserContextOptions = {},
  ) {
    this.#options = options;
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    this.#browser = browser;
    this.context = context;
    this.addresses = addresses;
    this.#problems = watchForProblems(context);
  }

  static async arrive(
    browser: Browser,
    addresses: Addresses,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    return new Visitor(browser, context, addresses, options);
  }

  /** Opens the first invoice, or has the shop make one that leads to the wanted ending. */
  async openInvoice(wish?: Wish, query = ''): Promise<ShopPage> {
    const page = await this.context.newPage();
    await page.goto(this.addresses.shop + query);
    if (wish) {
      if (wish.payee) await page.locator('#payee').selectOption(wish.payee);
      if (wish.amount) await page.locator('select#amount').selectOption(wish.amount);
      await page.locator('#make-invoice').click();
      await page.waitForURL(/\/invoices\//);
    }
    return ShopPage.of(page);
  }

  /** Opens the page of many invoices, each of them new. */
  async openPayables(query = ''): Promise<PayablesPage> {
    const page = await this.context.newPage();
    await page.goto(`${this.addresses.shop}/payables${query}`);
    return new PayablesPage(page, this.addresses);
  }

  /** Has the shop make an invoice of the company's own, of which no link was made yet. */
  async openReceivable(kind: ReceivableKind = 'invoice', query = ''): Promise<ReceivablePage> {
    const page = await this.context.newPage();
    await page.goto(`${this.addresses.shop}/receivables${query}`);
    await page.locator('#kind').selectOption(kind);
    await page.locator('#make-invoice').click();
    await page.waitForURL(/\/receivables\//);
    return ReceivablePage.of(page);
  }

  /** Opens a payment link, as the client who was sent it. */
  async openCheckout(url: string): Promise<CheckoutPage> {
    const page = await this.context.newPage();
    await page.goto(url);
    return new CheckoutPage(page);
  }

  /** Opens the partner's page of a batch, which is our button and nothing else. */
  async openBatch({ intent, rows, url }: Batch): Promise<PartnerPage> {
    const button = `<qonto-pay-button intent="${intent}" count="${rows.length}">
<a href="${this.addresses.bff}/pay/${intent}">Pay with Qonto</a></qonto-pay-button>`;
    const script = `${this.addresses.bff}/widget/v1/qonto-pay-button.js`;
    // A page that no server has sent stands outside this machine's network for Chromium.
    await this.context.grantPermissions(['local-network-access']);
    await this.context.route(url, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Invoices</title><script type="module" src="${script}"></script>${button}</html>`,
      }),
    );
    const page = await this.context.newPage();
    await page.goto(url);
    return new PartnerPage(page);
  }

  /** Opens the pay page by its address, as a link or a QR code would. */
  async openPayPage(intent: string): Promise<PayPage> {
    const page = await this.context.newPage();
    await page.goto(`${this.addresses.bff}/pay/${intent}`);
    return new PayPage(page);
  }

  /** The pay page as a browser without JavaScript gets it. */
  async openPlainPage(intent: string): Promise<PayPage> {
    return this.openPayPage(`${intent}/plain`);
  }

  async openPhone(member = 'alice'): Promise<Phone> {
    this.#phoneContext ??= await this.#newPhoneContext();
    const page = await this.#phoneContext.newPage();
    await page.goto(`${this.addresses.sandbox}/phone?member=${member}`);
    return new Phone(page);
  }

  /** No page of this journey had an error in its console, and no answer refused anything. */
  expectNoProblems(): void {
    expect(this.#problems).toEqual([]);
  }

  /** Somebody else with the same kind of browser. */
  another(): Promise<Visitor> {
    return Visitor.arrive(this.#browser, this.addresses, this.#options);
  }

  get pages(): Page[] {
    return this.context.pages();
  }

  async leave(): Promise<void> {
    await this.#phoneContext?.close();
    await this.context.close();
  }

  async #newPhoneContext(): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      viewport: { width: 390, height: 844 },
      ...this.#options,
    });
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    return context;
  }
}
