import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PartnerPage } from './partner-page.js';
import { textOfQrCode } from './qr-code.js';

/** The partner's page of an invoice of the company's own, with the button that collects. */
export class ReceivablePage extends PartnerPage {
  readonly number: string;
  readonly intent: string;
  readonly amountCents: string;
  /** There as long as the link can be shared. */
  readonly link: Locator;

  private constructor(page: Page, facts: Record<'number' | 'intent' | 'amountCents', string>) {
    super(page);
    this.number = facts.number;
    this.intent = facts.intent;
    this.amountCents = facts.amountCents;
    this.link = this.element.locator('[part=link]');
  }

  static async of(page: Page): Promise<ReceivablePage> {
    const button = page.locator('qonto-pay-button');
    const amount = (await button.getAttribute('amount')) ?? '';
    return new ReceivablePage(page, {
      number: (await page.locator('#invoice').getAttribute('data-number')) ?? '',
      intent: (await button.getAttribute('intent')) ?? '',
      amountCents: amount.replace('.', ''),
    });
  }

  /** The address that clients are given, once there is one. */
  async sharedUrl(): Promise<string> {
    await this.link.waitFor();
    return (await this.link.getAttribute('href')) ?? '';
  }

  /** Opens the link as who shares it would, to look at it. */
  async openLink(): Promise<Page> {
    const [opened] = await Promise.all([
      this.page.context().waitForEvent('page'),
      this.link.click(),
    ]);
    return opened;
  }

  /** What is in the clipboard after a press on "Copy link". */
  async copy(): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.element.getByRole('button', { name: 'Copy link' }).click();
    await this.panelSays('Link copied');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Subject and body of the e-mail that the page would draft. */
  async emailDraft(name = 'E-mail'): Promise<{ subject: string; body: string }> {
    const address = await this.element.getByRole('link', { name }).getAttribute('href');
    const { protocol, pathname, searchParams } = new URL(address ?? '');
    // Whom it is for stays the writer's.
    expect(protocol + pathname).toBe('mailto:');
    return { subject: searchParams.get('subject') ?? '', body: searchParams.get('body') ?? '' };
  }

  /** What a phone reads from the QR code as it is painted. */
  async qrText(): Promise<string> {
    await this.element.getByRole('button', { name: 'QR code' }).click();
    return textOfQrCode(this.element.locator('[part=qr]'));
  }
}
