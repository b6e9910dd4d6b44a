import type { Page } from 'playwright-core';
import type { Expected } from './bank.js';
import { PartnerPage } from './partner-page.js';
import type { Addresses } from './stack.js';

/** The partner's page on which invoices are ticked and paid together. Rows count from 0. */
export class PayablesPage extends PartnerPage {
  readonly #addresses: Addresses;

  constructor(page: Page, addresses: Addresses) {
    super(page);
    this.#addresses = addresses;
  }

  /** Ticks what one of the buttons above the table stands for. */
  async choose(preset: 'all' | 'none' | 'plain' | 'trusted'): Promise<void> {
    await this.page.locator(`[data-preset="${preset}"]`).click();
  }

  async tick(rows: readonly number[]): Promise<void> {
    for (const row of rows) await this.page.locator(`#row-${row}`).check();
  }

  async untick(rows: readonly number[]): Promise<void> {
    for (const row of rows) await this.page.locator(`#row-${row}`).uncheck();
  }

  async tickOnly(rows: readonly number[]): Promise<void> {
    const ticked = await this.ticked();
    await this.untick(ticked.filter((row) => !rows.includes(row)));
    await this.tick(rows);
  }

  async ticked(): Promise<number[]> {
    const boxes = this.page.locator('input[name=row]:checked');
    return boxes.evaluateAll((all) => all.map((box) => Number((box as HTMLInputElement).value)));
  }

  /** Waits until a row says so: what its server was told by ours. */
  async rowBecomes(row: number, state: string): Promise<void> {
    await this.page.locator(`[data-row="${row}"][data-state="${state}"]`).waitFor();
  }

  /** What the bank must hold for these rows, in the order of the intent's items. */
  async expected(intent: string, rows: readonly number[]): Promise<Expected[]> {
    const refs = await this.#refsOf(intent);
    return Promise.all(
      rows.map(async (row, place) => {
        const line = this.page.locator(`tbody tr[data-row="${row}"]`);
        const number = (await line.locator('.number').textContent()) ?? '';
        return {
          number: /F-\d+/.exec(number)?.[0] ?? '',
          externalRef: refs[place] ?? '',
          amountCents: (await line.getAttribute('data-cents')) ?? '',
          payee: (await line.locator('label').textContent()) ?? '',
          iban: ((await line.locator('.iban').textContent()) ?? '').replaceAll(/\s/g, ''),
        };
      }),
    );
  }

  async #refsOf(intent: string): Promise<string[]> {
    const { bffFromNode, partnerSecret } = this.#addresses;
    const answer = await fetch(`${bffFromNode}/partner/v1/intents/${intent}`, {
      headers: { Authorization: `Bearer ${partnerSecret}` },
    });
    const { items } = (await answer.json()) as { items: { externalRef: string }[] };
    return items.map(({ externalRef }) => externalRef);
  }
}
