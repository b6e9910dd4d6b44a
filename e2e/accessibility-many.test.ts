import { expectNothingToBlame } from './support/accessibility.js';
import { journeys } from './support/journeys.js';
import { manyTour } from './support/many-tour.js';

const world = journeys();
const { it } = world;

it('finds nothing to blame on any state of many payments, in either colour scheme', {
  timeout: 300_000,
}, async ({ newVisitor }) => {
  // Our policies would keep axe out.
  const visitor = await newVisitor({ bypassCSP: true, reducedMotion: 'reduce' });
  await expectNothingToBlame(manyTour, { visitor, bank: world.bank, atLeast: 25 });
});
