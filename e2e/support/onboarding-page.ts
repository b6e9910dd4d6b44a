import type { Page } from 'playwright-core';

/** The payment provider's page, where a company says who it is. */
export class OnboardingPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Sends what the provider shall make of it, and goes back to our page. */
  async endsAs(answer: 'enabled' | 'pending' | 'disabled'): Promise<void> {
    await this.page.locator(`input[value=${answer}]`).check();
    await this.page.getByRole('button', { name: 'Send and go back' }).click();
    await this.page.waitForURL(/\/pay\/in_/);
  }
}
