import { expect } from 'vitest';
import { expectNothingToBlame, faultsOf } from './support/accessibility.js';
import { journeys } from './support/journeys.js';
import { oneTour } from './support/tour.js';

const world = journeys();
const { it } = world;

it('finds nothing to blame on any state of one payment, in either colour scheme', {
  timeout: 300_000,
}, async ({ newVisitor }) => {
  // Our policies would keep axe out.
  const visitor = await newVisitor({ bypassCSP: true, reducedMotion: 'reduce' });
  await expectNothingToBlame(oneTour, { visitor, bank: world.bank, atLeast: 30 });
});

it('would find a fault, were there one', async ({ newVisitor }) => {
  const visitor = await newVisitor({ bypassCSP: true });
  const page = await visitor.context.newPage();
  await page.setContent('<main><h1>A page</h1><img src="data:,"></main>');
  expect((await faultsOf(page)).join()).toContain('image-alt');
});
