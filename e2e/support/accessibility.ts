import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Bank } from './bank.js';
import type { Tour } from './guide.js';
import type { Visitor } from './visitor.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Axe has nothing to blame on any state of the tour, in either colour scheme. */
export async function expectNothingToBlame(
  tour: (tour: Tour) => Promise<void>,
  { visitor, bank, atLeast }: { visitor: Visitor; bank: Bank; atLeast: number },
): Promise<void> {
  const faults: string[] = [];
  let looks = 0;
  await tour({
    visitor,
    bank,
    look: async (name, page) => {
      looks += 1;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = await faultsOf(page);
        faults.push(...found.map((fault) => `${name}, ${colorScheme}: ${fault}`));
      }
    },
  });
  expect(looks).toBeGreaterThanOrEqual(atLeast);
  expect(faults).toEqual([]);
}

/** What axe finds on the page as it is now. */
export async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE });
  return page.evaluate(async (tags) => {
    // Without script nothing but a refresh can tell the payer what the phone has answered.
    const rules = { 'meta-refresh': { enabled: !location.pathname.endsWith('/plain') } };
    const { violations } = await window.axe.run(document, { runOnly: tags, rules });
    return violations.map(({ id, nodes }) => {
      const where = nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`);
      return `${id}: ${where.join(' | ')}`;
    });
  }, RULES);
}
