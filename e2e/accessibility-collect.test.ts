import { expectNothingToBlame } from './support/accessibility.js';
import { collectTour } from './support/collect-tour.js';
import { journeys } from './support/journeys.js';

const world = journeys();
const { it } = world;

it('finds nothing to blame on any state of a payment link, in either colour scheme', {
  timeout: 300_000,
}, async ({ newVisitor }) => {
  // Our policies would keep axe out.
  const visitor = await newVisitor({ bypassCSP: true, reducedMotion: 'reduce' });
  await expectNothingToBlame(collectTour, { visitor, bank: world.bank, atLeast: 40 });
});
