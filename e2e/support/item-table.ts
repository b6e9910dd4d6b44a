import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const STEP_PX = 300;

/** The table of the invoices on the pay page. Only lines in sight exist. */
export class ItemTable {
  readonly page: Page;
  readonly element: Locator;
  readonly grid: Locator;

  constructor(page: Page) {
    this.page = page;
    this.element = page.locator('qpay-item-table');
    this.grid = this.element.locator('[role=grid]');
  }

  row(index: number): Locator {
    return this.element.locator(`.row[data-row="${index}"]`);
  }

  /** What stands under an open row. */
  details(index: number): Locator {
    return this.element.locator(`[data-key="p-${index}"]`);
  }

  box(index: number): Locator {
    return this.element.locator(`[data-select="${index}"]`);
  }

  /** The decision about a payee. */
  decision(index: number): Locator {
    return this.element.locator(`[data-accept="${index}"]`);
  }

  async decide(index: number): Promise<void> {
    await this.#bring(this.decision(index));
    await this.decision(index).check();
  }

  /** Leaves the rows that have this text. */
  async search(text: string): Promise<void> {
    await this.element.locator('#search').fill(text);
  }

  /** Opens or folds a group of rows. */
  async fold(group: string): Promise<void> {
    const button = this.element.locator(`[data-fold="${group}"]`);
    await this.#bring(button);
    await button.click();
  }

  /** Scrolls to the group of rows that is named so, folded or not. */
  async hasGroup(name: string): Promise<void> {
    await this.#bring(this.element.locator('.group').getByText(name, { exact: true }));
  }

  /** Scrolls down until it exists. */
  async #bring(line: Locator): Promise<void> {
    const look = async (): Promise<number> => {
      const count = await line.count();
      if (count === 0) await this.page.mouse.wheel(0, STEP_PX);
      return count;
    };
    await expect.poll(look, { timeout: 20_000 }).toBe(1);
  }
}
