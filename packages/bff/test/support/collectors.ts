import { acceptPayments } from './link-bank.js';
import { createLinkIntent } from './link-orders.js';
import type { Payer } from './payer.js';
import type { World } from './world.js';

/** A member who may make links: connected to the provider, and signed in with the permission. */
export async function collector(world: World, name = 'Alice Martin'): Promise<Payer> {
  await acceptPayments(world, name.split(' ')[0]?.toLowerCase() ?? '');
  return newcomer(world, name);
}

/** Signed in with the permission, and nothing more. */
export async function newcomer(world: World, name: string): Promise<Payer> {
  const payer = world.newPayer();
  await payer.signIn((await createLinkIntent(world)).id, name, { wanted: 'collect' });
  return payer;
}
