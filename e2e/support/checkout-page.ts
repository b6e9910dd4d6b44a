import type { Page } from 'playwright-core';

/** Cards that the sandbox's public page takes, by what comes of them. */
const CARDS = {
  paid: '4242 4242 4242 4242',
  pending: '4000 0000 0000 3220',
  declined: '4000 0000 0000 0002',
} as const;

/** The bank's public page of a payment link, as the client sees it. */
export class CheckoutPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async payByCard(ending: keyof typeof CARDS = 'paid'): Promise<void> {
    await this.page.locator('#email').fill('client@example.com');
    await this.page.locator('#card').fill(CARDS[ending]);
    await this.page.locator('#expiry').fill('12/29');
    await this.page.locator('#code').fill('123');
    await this.page.locator('button[value=credit_card]').click();
  }

  async says(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}
