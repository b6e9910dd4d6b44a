import type { Locator, Page } from 'playwright-core';
import type { Expected } from './bank.js';

/** A member's phone, which is a web page of the sandbox bank. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async approve(invoice: Expected): Promise<void> {
    await this.#answer(invoice, 'Approve');
  }

  async refuse(invoice: Expected): Promise<void> {
    await this.#answer(invoice, 'Refuse');
  }

  /** The card that asks about this invoice, alone or among others. */
  card({ number }: Expected): Locator {
    return this.page.locator('[data-approval]').filter({ hasText: `Invoice ${number}` });
  }

  async #answer(invoice: Expected, name: string): Promise<void> {
    await this.card(invoice).getByRole('button', { name, exact: true }).click();
    await this.card(invoice).waitFor({ state: 'detached' });
  }
}
