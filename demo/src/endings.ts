import type { Payee } from './invoice.js';
import { centsOf } from './money.js';

/** A payee or an amount that makes the sandbox bank behave in a certain way. */
export interface MagicPayee extends Payee {
  effect: string;
}
export interface MagicAmount {
  effect: string;
  amount: string;
}
export interface Endings {
  payees: MagicPayee[];
  amounts: MagicAmount[];
}

/** Stands in until the sandbox has told its own: a payee whose name matches, whom nobody trusts yet. */
const FALLBACK: Endings = {
  payees: [{ effect: 'match', name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' }],
  amounts: [],
};

/** Asks the sandbox once which payees and amounts lead to which ending; asks again while it does not answer. */
export function endingsReader(sandboxUrl: string): () => Promise<Endings> {
  let known: Endings | undefined;
  return async () => {
    known ??= await ask(sandboxUrl);
    return known ?? FALLBACK;
  };
}

async function ask(sandboxUrl: string): Promise<Endings | undefined> {
  try {
    const signal = AbortSignal.timeout(3_000);
    const answer = await fetch(`${sandboxUrl}/_control/magic`, { signal });
    return answer.ok ? parseEndings(await answer.json()) : undefined;
  } catch {
    return undefined;
  }
}

function parseEndings(body: unknown): Endings | undefined {
  const { payees, amounts } = (body ?? {}) as { payees?: unknown; amounts?: unknown };
  if (!Array.isArray(payees) || !Array.isArray(amounts)) return undefined;
  const endings = {
    payees: firstOfEachEffect(payees.filter(isPayee)),
    amounts: firstOfEachEffect(amounts.filter(isAmount)),
  };
  return endings.payees.length > 0 ? endings : undefined;
}

function isPayee(value: unknown): value is MagicPayee {
  const { effect, name, iban } = (value ?? {}) as Record<string, unknown>;
  return [effect, name, iban].every((it) => typeof it === 'string');
}

function isAmount(value: unknown): value is MagicAmount {
  const { effect, amount } = (value ?? {}) as Record<string, unknown>;
  if (typeof effect !== 'string' || typeof amount !== 'string') return false;
  return centsOf(amount) > 0n;
}

function firstOfEachEffect<T extends { effect: string }>(list: T[]): T[] {
  return [...new Map(list.toReversed().map((it) => [it.effect, it])).values()].toReversed();
}
