import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Expected } from './bank.js';
import { PartnerPage } from './partner-page.js';

/** An invoice as its page shows it. */
export interface Invoice extends Expected {
  /** The intent that stands in the page. */
  intent: string;
}

/** The partner's page of one invoice, with our button on it. */
export class ShopPage extends PartnerPage {
  readonly invoice: Invoice;

  private constructor(page: Page, invoice: Invoice) {
    super(page);
    this.invoice = invoice;
  }

  static async of(page: Page): Promise<ShopPage> {
    return new ShopPage(page, await readInvoice(page));
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
