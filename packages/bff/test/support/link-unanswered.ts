import type { CreateLinkIntent } from '@qonto-pay/shared';
import type { Fault } from './bank.js';
import { CREATE_LINK, LIST_LINKS } from './link-bank.js';
import { LinkJourney } from './link-journey.js';
import { passLinkTime, putOffLooks } from './link-time.js';
import { stateWhen } from './many.js';
import type { Payer } from './payer.js';
import type { World } from './world.js';

/** Asked for while this goes wrong; the answer is missing, and nobody has looked for it yet. */
export async function unansweredLink(
  world: World,
  payer: Payer,
  { trouble, order }: { trouble: Fault['do']; order?: CreateLinkIntent | undefined },
): Promise<LinkJourney> {
  const journey = await LinkJourney.begin(world, payer, order);
  const fields = await journey.fields();
  await world.bank.faults(
    { match: CREATE_LINK, do: trouble },
    // The first listing is the one that the request itself asks for.
    { match: { ...LIST_LINKS, nth: 2, times: 100 }, do: { status: 503 } },
  );
  await journey.asked(fields);
  await journey.reaches('unknown');
  await putOffLooks(world, journey.id);
  await world.bank.clearFaults();
  return journey;
}

/** The answer to its request was lost, and the bank lists two that may be it. */
export async function linkInDoubt(
  world: World,
  payer: Payer,
  { order, member }: { order?: CreateLinkIntent; member?: string } = {},
): Promise<LinkJourney> {
  const trouble = { resetAfterCommit: true };
  const journey = await unansweredLink(world, payer, { trouble, order });
  await journey.madeElsewhere(member);
  await passLinkTime(world, 0);
  await stateWhen(payer, journey.id, ({ link }) => link?.link?.candidates.length === 2);
  return journey;
}
