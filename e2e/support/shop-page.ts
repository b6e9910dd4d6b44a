import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Expected } from './bank.js';
import { PayPage } from './pay-page.js';

/** An invoice as its page shows it. */
export interface Invoice extends Expected {
  /** The intent that stands in the page. */
  intent: string;
}

/** The partner's page of one invoice, with our button on it. */
export class ShopPage {
  readonly page: Page;
  readonly element: Locator;
  readonly button: Locator;
  readonly invoice: Invoice;

  private constructor(page: Page, invoice: Invoice) {
    this.page = page;
    this.element = page.locator('qonto-pay-button');
    this.button = this.element.locator('[part=button]');
    this.invoice = invoice;
  }

  static async of(page: Page): Promise<ShopPage> {
    return new ShopPage(page, await readInvoice(page));
  }

  /** Presses the button and answers the window that it opens. */
  async pressPay(): Promise<PayPage> {
    const [popup] = await Promise.all([this.page.waitForEvent('popup'), this.button.click()]);
    return new PayPage(popup);
  }

  /** Waits until the element shows this status. */
  async becomes(status: string): Promise<void> {
    await this.page.locator(`qonto-pay-button[status="${status}"]`).waitFor();
  }

  /** The shop's own badge: what its server was told by ours. */
  async badgeBecomes(state: string): Promise<void> {
    await this.page.locator(`#state[data-state="${state}"]`).waitFor();
  }

  /** What the panel under the button says. */
  async panelSays(text: string): Promise<void> {
    await this.element.locator('[part=panel]').getByText(text).first().waitFor();
  }

  async buttonSays(text: string): Promise<void> {
    await this.button.getByText(text, { exact: true }).waitFor();
  }

  /** The events that the page has heard, each once, in the order in which they first came. */
  async expectEvents(names: readonly string[]): Promise<void> {
    const heard = () =>
      this.page
        .locator('#events li')
        .evaluateAll((rows) => [...new Set(rows.map((row) => row.getAttribute('data-event')))]);
    await expect.poll(heard).toEqual(names);
  }
}

async function readInvoice(page: Page): Promise<Invoice> {
  const button = page.locator('qonto-pay-button');
  const amount = (await button.getAttribute('amount')) ?? '';
  const iban = (await page.locator('#invoice .iban').textContent()) ?? '';
  return {
    number: (await page.locator('#invoice').getAttribute('data-number')) ?? '',
    amountCents: amount.replace('.', ''),
    iban: iban.replace(/^IBAN|\s/g, ''),
    payee: (await page.locator('#invoice .parties dd').first().textContent()) ?? '',
    intent: (await button.getAttribute('intent')) ?? '',
  };
}
