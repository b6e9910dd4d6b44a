import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, inject } from 'vitest';
import { root } from '../../scripts/workspace.js';
import { Bank } from './bank.js';
import { launchBrowser } from './browser.js';
import type { Addresses } from './stack.js';
import { Visitor } from './visitor.js';

/** What the tests of a file share: a browser, the bank, and visitors who leave when their test ends. */
export interface Journeys {
  readonly bank: Bank;
  readonly addresses: Addresses;
  newVisitor(options?: BrowserContextOptions): Promise<Visitor>;
  /** Stays until the file's last test has ended. */
  newLastingVisitor(options?: BrowserContextOptions): Promise<Visitor>;
}

/** To be called once at the top of a file; `findAddresses` names another stack than the shared one. */
export function journeys(findAddresses = () => inject('addresses')): Journeys {
  let browser: Browser;
  let bank: Bank;
  let visitors: Visitor[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    bank = new Bank(findAddresses().sandbox);
    return () => browser.close();
  });
  beforeEach(() => bank.startCounting());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takePictures(visitors, task.name);
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    visitors = [];
  });

  return {
    get bank() {
      return bank;
    },
    get addresses() {
      return findAddresses();
    },
    newLastingVisitor: (options) => Visitor.arrive(browser, findAddresses(), options),
    async newVisitor(options) {
      const visitor = await Visitor.arrive(browser, findAddresses(), options);
      visitors.push(visitor);
      return visitor;
    },
  };
}

/** What each page showed when a test failed, for whoever has to find out why. */
async function takePictures(visitors: readonly Visitor[], name: string): Promise<void> {
  const pages = visitors.flatMap((visitor) => visitor.pages);
  await Promise.all(
    pages.map((page, index) =>
      page.screenshot({
        path: path.join(root, 'screenshots/failed', `${name.replaceAll(/\W+/g, '-')}-${index}.png`),
        timeout: 5_000,
      }),
    ),
  );
}
