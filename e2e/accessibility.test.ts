import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journeys } from './support/journeys.js';
import { tour } from './support/tour.js';

const world = journeys();
const { it } = world;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

declare global {
  interface Window {
    axe: typeof axe;
  }
}

it('finds nothing to blame on any state, in either colour scheme', {
  timeout: 300_000,
}, async ({ newVisitor }) => {
  // Our policies would keep axe out.
  const visitor = await newVisitor({ bypassCSP: true, reducedMotion: 'reduce' });
  const faults: string[] = [];
  let looks = 0;
  await tour({
    visitor,
    bank: world.bank,
    look: async (name, page) => {
      looks += 1;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = await faultsOf(page);
        faults.push(...found.map((fault) => `${name}, ${colorScheme}: ${fault}`));
      }
    },
  });
  expect(looks).toBeGreaterThan(30);
  expect(faults).toEqual([]);
});

it('would find a fault, were there one', async ({ newVisitor }) => {
  const visitor = await newVisitor({ bypassCSP: true });
  const page = await visitor.context.newPage();
  await page.setContent('<main><h1>A page</h1><img src="data:,"></main>');
  expect((await faultsOf(page)).join()).toContain('image-alt');
});

async function faultsOf(page: Page): Promise<string[]> {
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
