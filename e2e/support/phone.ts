import type { Locator, Page } from 'playwright-core';
import type { Invoice } from './shop-page.js';

/** A member's phone, which is a web page of the sandbox bank. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async approve(invoice: Invoice): Promise<void> {
    await this.#answer(invoice, 'Approve');
  }

  async refuse(invoice: Invoice): Promise<void> {
    await this.#answer(invoice, 'Refuse');
  }

  /** The card that asks about this invoice. */
  card({ number }: Invoice): Locator {
    return this.page.locator('[data-approval]').filter({ hasText: `Invoice ${number}` });
  }

  async #answer(invoice: Invoice, name: string): Promise<void> {
    await this.card(invoice).getByRole('button', { name, exact: true }).click();
    await this.card(invoice).waitFor({ state: 'detached' });
  }
}
