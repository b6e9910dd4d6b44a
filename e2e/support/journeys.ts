import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { root } from '../../scripts/workspace.js';
import { Bank } from './bank.js';
import { launchBrowser } from './browser.js';
import { sharedStack } from './shared-stack.js';
import type { Addresses } from './stack.js';
import { Visitor } from './visitor.js';

type NewVisitor = (options?: BrowserContextOptions) => Promise<Visitor>;

/** What the tests of a file share. */
export interface Journeys {
  readonly bank: Bank;
  readonly addresses: Addresses;
  /** A test whose visitors leave when it ends. */
  readonly it: ReturnType<typeof testWithVisitors>;
  /** Somebody who stays until the file's last test has ended. */
  newLastingVisitor: NewVisitor;
}

/** To be called once at the top of a file; `findAddresses` names another stack than the shared one. */
export function journeys(
  findAddresses: () => Addresses | Promise<Addresses> = sharedStack,
): Journeys {
  let addresses: Addresses;
  let browser: Browser;
  let bank: Bank;
  const failed = { any: false };

  beforeAll(async () => {
    [addresses, browser] = await Promise.all([findAddresses(), launchBrowser()]);
    bank = new Bank(addresses.sandbox);
    await bank.startCounting();
  });
  afterAll(async () => {
    await browser.close();
    // A try that failed half-way, and was made again, leaves what nobody has expected.
    if (!failed.any) await bank.expectNothingElse();
  });

  const newVisitor: NewVisitor = (options) => Visitor.arrive(browser, addresses, options);
  return {
    get bank() {
      return bank;
    },
    get addresses() {
      return addresses;
    },
    it: testWithVisitors(newVisitor, failed),
    newLastingVisitor: newVisitor,
  };
}

function testWithVisitors(arrive: NewVisitor, failed: { any: boolean }) {
  return test.extend<{ newVisitor: NewVisitor }>({
    newVisitor: async ({ task }, use) => {
      const visitors: Visitor[] = [];
      await use(async (options) => {
        const visitor = await arrive(options);
        visitors.push(visitor);
        return visitor;
      });
      if (task.result?.state === 'fail') {
        failed.any = true;
        await takePictures(visitors, task.name);
      }
      await Promise.all(visitors.map((visitor) => visitor.leave()));
    },
  });
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
