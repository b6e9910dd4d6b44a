import type { Locator, Page } from 'playwright-core';

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

  /** What is said in the row itself. */
  problem(index: number, text: string): Locator {
    return this.row(index).getByText(text);
  }

  box(index: number): Locator {
    return this.element.locator(`[data-select="${index}"]`);
  }

  async choose(index: number, isChosen: boolean): Promise<void> {
    await this.bring(this.box(index));
    await this.box(index).setChecked(isChosen);
  }

  withdrawButton(index: number): Locator {
    return this.element.locator(`[data-withdraw="${index}"]`);
  }

  /** The decision about a payee. */
  decision(index: number): Locator {
    return this.element.locator(`[data-accept="${index}"]`);
  }

  /** The page has led the focus there. */
  async isAtDecision(index: number): Promise<void> {
    await this.decision(index).and(this.page.locator(':focus')).waitFor();
  }

  async decide(index: number): Promise<void> {
    await this.bring(this.decision(index));
    await this.decision(index).check();
  }

  /** Leaves the rows that have this text. */
  async search(text: string): Promise<void> {
    await this.element.locator('#search').fill(text);
  }

  /** Opens or folds a group of rows. */
  async fold(group: string): Promise<void> {
    const button = this.element.locator(`[data-fold="${group}"]`);
    await this.bring(button);
    await button.click();
  }

  /** Scrolls to the group of rows that is named so, folded or not. */
  async hasGroup(name: string): Promise<void> {
    await this.bring(this.element.locator('.group').getByText(name, { exact: true }));
  }

  /** Scrolls to what does not exist before it comes into sight. */
  async bring(line: Locator): Promise<void> {
    await this.element.waitFor();
    if ((await line.count()) === 0) await this.#scroll(Number.NEGATIVE_INFINITY);
    while ((await line.count()) === 0 && (await this.#scroll(STEP_PX)));
    // The bar with the button must not lie over it.
    await line.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  }

  /** Answers whether it went on. */
  #scroll(by: number): Promise<boolean> {
    return this.page.evaluate(async (step) => {
      const before = window.scrollY;
      window.scrollTo({ top: Math.max(0, before + step), behavior: 'instant' });
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return window.scrollY !== before;
    }, by);
  }
}
