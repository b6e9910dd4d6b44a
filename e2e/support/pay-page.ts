import type { Locator, Page } from 'playwright-core';
import { ItemTable } from './item-table.js';
import { OnboardingPage } from './onboarding-page.js';

/** Our pay page, in whichever window it stands: with script or without. */
export class PayPage {
  readonly page: Page;
  readonly main: Locator;
  readonly confirmButton: Locator;
  /** There when several invoices are paid together. */
  readonly table: ItemTable;

  constructor(page: Page) {
    this.page = page;
    this.main = page.locator('main');
    this.confirmButton = page.locator('#confirm');
    this.table = new ItemTable(page);
  }

  /** What this page is about; its address says so. */
  get intent(): string {
    return /in_[0-9a-z]+/.exec(this.page.url())?.[0] ?? '';
  }

  /** From our page through the bank's sign-in and consent, back to our page. */
  async signIn(member = 'Alice Martin'): Promise<void> {
    await this.page.locator('#sign-in').click();
    await this.signInAtBank(member);
  }

  /** `organization`: for a member of more than one. */
  async signInAtBank(member = 'Alice Martin', organization?: string): Promise<void> {
    await this.#allowAtBank(member, organization);
    if (await this.isAskedAgain(member)) await this.#allowAtBank(member, organization);
    await this.page.waitForURL(/\/pay\/in_/);
  }

  /**
   * Back from the bank, or there once more: a member who has allowed other things before, in some
   * other browser, is asked for all of them together.
   */
  async isAskedAgain(member: string): Promise<boolean> {
    const choice = this.page.getByRole('button', { name: member, exact: true });
    await choice.or(this.page.locator('main[data-status]')).first().waitFor();
    return choice.isVisible();
  }

  async #allowAtBank(member: string, organization?: string): Promise<void> {
    await this.page.getByRole('button', { name: member, exact: true }).click();
    if (organization)
      await this.page.getByRole('button', { name: organization, exact: true }).click();
    await this.page.getByRole('button', { name: 'Allow', exact: true }).click();
  }

  /**
   * Allows at the bank what the page cannot do yet, by this link, and comes back to where `leadsTo` is.
   * The member may have allowed it in another journey: the sign-in has asked for it, then.
   */
  async allow(
    link: string,
    { leadsTo, member }: { leadsTo: string; member?: string },
  ): Promise<void> {
    if (await this.isStillToAllow(link, leadsTo)) {
      await this.page.locator(link).click();
      await this.signInAtBank(member);
    }
    await this.page.locator(leadsTo).waitFor();
  }

  async isStillToAllow(link: string, leadsTo: string): Promise<boolean> {
    const consent = this.page.locator(link);
    await consent.or(this.page.locator(leadsTo)).first().waitFor();
    return consent.isVisible();
  }

  /** "Not you?": by way of our page or straight to the bank's sign-in. */
  async switchMember(member: string): Promise<void> {
    await this.page.locator('#switch-member').click();
    const choice = this.page.getByRole('button', { name: member, exact: true });
    const link = this.page.locator('#sign-in');
    await choice.or(link).waitFor();
    if (await link.isVisible()) await link.click();
    await this.signInAtBank(member);
  }

  /** Waits until the page shows this status or step. */
  async becomes(status: string, timeout?: number): Promise<void> {
    const main = this.page.locator(`main[data-status="${status}"]`);
    await main.waitFor(timeout === undefined ? {} : { timeout });
  }

  /** Waits for the bank's word on the payee's name. */
  async payeeCheckIs(result: string): Promise<void> {
    await this.page.locator(`#payee-check[data-result="${result}"]`).waitFor();
  }

  /** The decision that any result but a match asks for. */
  async acceptPayee(): Promise<void> {
    await this.page.locator('#accept-payee').check();
  }

  /** Waits until the button offers to pay what is chosen: the bank has checked all of it. */
  async offers(label: string): Promise<void> {
    const ready = this.page.locator('#confirm:not([aria-disabled])');
    await ready.filter({ hasText: label }).waitFor();
  }

  /** A page is confirmed 700 ms after it came, at the earliest: its script waits, a person looks. */
  async looksAMoment(): Promise<void> {
    await this.page.waitForTimeout(800);
  }

  /** Presses the confirm button, as soon as it can be pressed. */
  async confirm(): Promise<void> {
    await this.confirmButton.click();
  }

  /** The whole way to the confirmation, for a payee whose name matches. */
  async signInAndConfirm(member?: string): Promise<void> {
    await this.signIn(member);
    await this.payeeCheckIs('match');
    await this.confirm();
  }

  /** The whole way to the confirmation, for several invoices that ask for no decision. */
  async signInAndConfirmAll(count: number, member?: string): Promise<void> {
    await this.signIn(member);
    await this.offers(`Pay ${count} invoices`);
    await this.confirm();
  }

  /** What a company is asked before it may collect; leads to the provider's page. */
  async connectProvider(): Promise<OnboardingPage> {
    await this.page.locator('#phone').fill('+33 6 12 34 56 78');
    await this.page.locator('#connect-provider').click();
    await this.page.waitForURL(/\/onboarding\//);
    return new OnboardingPage(this.page);
  }

  /** Has the link made, as soon as the button can be pressed. */
  async createLink(): Promise<void> {
    await this.page.locator('#create-link:not([aria-disabled])').click();
  }

  async deactivateLink(): Promise<void> {
    await this.page.locator('#deactivate').click();
    await this.page.locator('#deactivate-yes').click();
  }

  /** How to pay from another bank; it stands folded under whatever the page shows. */
  async openBankTransfer(): Promise<Locator> {
    const fold = this.page.locator('#bank-transfer');
    await fold.locator('summary').click();
    return fold;
  }

  async says(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** A window of ours closes by itself once the confirmation is stored. */
  async closesItself(): Promise<void> {
    if (!this.page.isClosed()) await this.page.waitForEvent('close');
  }
}
