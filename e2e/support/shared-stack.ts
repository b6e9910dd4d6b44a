import { inject } from 'vitest';
import type { Addresses } from './stack.js';

/** The stack of this worker: its files use it one after the other, so each can count what its bank holds. */
export async function sharedStack(): Promise<Addresses> {
  const answer = await fetch(`${inject('stackKeeper')}/${process.env.VITEST_POOL_ID}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Addresses;
}
