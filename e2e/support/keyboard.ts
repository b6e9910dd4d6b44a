import type { Locator, Page } from 'playwright-core';

/** More than any page of ours asks for. */
const MAX_TABS = 40;

/** Reaches it by the Tab key alone, then presses Enter. */
export async function enter(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

/** Reaches it by the Tab key alone. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let tabs = 0; tabs < MAX_TABS && !(await isFocused(control)); tabs += 1)
    await page.keyboard.press('Tab');
  await hasFocus(control);
}

export const hasFocus = (control: Locator): Promise<void> =>
  control.and(control.page().locator(':focus')).waitFor();

const isFocused = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element.matches(':focus'));
