import type { Locator, Page } from 'playwright-core';
import { PayPage } from './pay-page.js';

/** A page of the partner's with our button on it. */
export class PartnerPage {
  readonly page: Page;
  readonly element: Locator;
  readonly button: Locator;

  constructor(page: Page) {
    this.page = page;
    this.element = page.locator('qonto-pay-button');
    this.button = this.element.locator('[part=button]');
  }

  /** Presses the button and answers the window that it opens. */
  async pressPay(): Promise<PayPage> {
    const [popup] = await Promise.all([this.page.waitForEvent('popup'), this.button.click()]);
    return new PayPage(popup);
  }

  /** Waits until the element shows this status. */
  async becomes(status: string, options: { timeout?: number } = {}): Promise<void> {
    await this.page.locator(`qonto-pay-button[status="${status}"]`).waitFor(options);
  }

  /** The partner's own badge, where it has one: what its server was told by ours. */
  async badgeBecomes(state: string): Promise<void> {
    await this.page.locator(`#state[data-state="${state}"]`).waitFor();
  }

  /** What the panel under the button says. */
  async panelSays(text: string): Promise<void> {
    await this.element.locator('[part=panel]').getByText(text).first().waitFor();
  }

  /** What the button offers before anything has happened; the amount follows it. */
  async buttonOffers(text: string): Promise<void> {
    await this.button.getByText(text).waitFor();
  }

  async buttonSays(text: string): Promise<void> {
    await this.button.getByText(text, { exact: true }).waitFor();
  }
}
