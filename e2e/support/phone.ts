import type { Locator, Page } from 'playwright-core';
import type { Expected } from './bank.js';

type Numbered = Pick<Expected, 'number'>;

/** A member's phone, which is a web page of the sandbox bank. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async approve(invoice: Numbered): Promise<void> {
    await this.#answer(invoice, 'Approve');
  }

  async refuse(invoice: Numbered): Promise<void> {
    await this.#answer(invoice, 'Refuse');
  }

  /** The card that asks about this invoice, alone or among others. */
  card({ number }: Numbered): Locator {
    return this.page.locator('[data-approval]').filter({ hasText: `Invoice ${number}` });
  }

  async #answer(invoice: Numbered, name: string): Promise<void> {
    await this.card(invoice).getByRole('button', { name, exact: true }).click();
    await this.card(invoice).waitFor({ state: 'detached' });
  }
}
