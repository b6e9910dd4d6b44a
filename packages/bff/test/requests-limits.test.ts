import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Asking, colleagues } from './support/asking.js';
import { refusal } from './support/journey.js';
import type { Payer } from './support/payer.js';
import { assertSound } from './support/soundness.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let emma: Payer;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld({ env: { MAX_APPROVALS_PER_MEMBER: '1' } });
  ({ emma, alice } = await colleagues(world));
});
afterAll(async () => {
  await assertSound(world);
  await world.close();
});

describe('a phone that was asked often enough', () => {
  it('is not asked again for ten minutes, and the request goes on waiting', async () => {
    const asking = await Asking.pending(world, { asker: emma, approver: alice });
    await asking.phone('deny');
    await asking.reaches('requested');
    expect(await refusal(await asking.approve(alice))).toEqual([429, 'too-many-approvals']);
    await asking.reaches('requested');
    expect(await asking.attempts()).toMatchObject([{ live: false }, { live: true }]);
    await world.passTime(601);
    await asking.approved(alice);
    await asking.reaches('approval_needed');
    expect(await asking.challenges()).toHaveLength(2);
    await asking.phone('allow');
    await asking.settles();
  });

  it('is no limit to what a member may ask of others', async () => {
    for (let count = 0; count < 3; count += 1) await Asking.requested(world, emma);
  });
});
