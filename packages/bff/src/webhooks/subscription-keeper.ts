import { randomBytes } from 'node:crypto';
import { BankUnavailableError, isBankSilence } from '../payments/errors.js';
import { LeaseRunner } from '../payments/lease-runner.js';
import type { Log } from '../payments/ports.js';
import { SubscriptionRefusedError } from './errors.js';
import type {
  Address,
  BankSubscription,
  LeasedSubscription,
  SubscriptionBank,
  SubscriptionStore,
  SubscriptionWish,
  Topic,
} from './ports.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SWEEP_MS = 30_000;
/** A create without an answer may still arrive: nobody looks for it, or creates again, before. */
const FIRST_WAIT_MS = MINUTE_MS;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
/** After trouble: a create that came late has made a second one by then. */
const LOOK_AGAIN_MS = 10 * MINUTE_MS;

interface KeeperDeps {
  store: SubscriptionStore;
  bank: SubscriptionBank;
  callbackUrl: (token: string) => string;
  log: Log;
}

/**
 * Has the bank tell us of each connection that allows it: one subscription, looked at every day and
 * made anew if the bank has lost it. It looks before it makes, so that an answer that was lost makes
 * no second one.
 */
export function subscriptionKeeper({ store, bank, callbackUrl, log }: KeeperDeps) {
  return new LeaseRunner<LeasedSubscription>({
    log,
    sweepMs: SWEEP_MS,
    async lease(limit) {
      for (const connectionId of await store.missing(limit)) {
        await store.add(connectionId, newAddress());
      }
      return store.lease(limit);
    },
    async step(subscription) {
      const address = subscription.address ?? newAddress();
      // A key that is to go must be needed by nothing any more when it goes.
      if (!(await store.keepAddress(subscription, address))) return;
      const wish = wishOf(subscription.scopes, address, callbackUrl);
      const bankId = await keep(bank, subscription, wish);
      const nextInMs = subscription.failures > 0 ? LOOK_AGAIN_MS : DAY_MS;
      await store.release(subscription, { bankId, nextInMs });
    },
    async failed(subscription, error) {
      if (isBankSilence(error)) log.warn({ event: 'webhook-subscription-not-kept', error });
      else log.error({ event: 'webhook-subscription-failed', error });
      // What only the member can mend is looked at when they sign in.
      const mayPass = error instanceof BankUnavailableError || !isBankSilence(error);
      const nextInMs = mayPass ? waitMs(subscription.failures) : DAY_MS;
      await store.release(subscription, { bankId: undefined, nextInMs });
    },
  });
}

/** @returns the bank's id of the one subscription that is left. */
async function keep(
  bank: SubscriptionBank,
  { connectionId, bankId }: LeasedSubscription,
  wish: SubscriptionWish,
): Promise<string> {
  const listed = await bank.list(connectionId);
  const atOurAddress = listed.filter((one) => one.callbackUrl === wish.callbackUrl);
  const known = listed.find(({ id }) => id === bankId) ?? atOurAddress[0];
  if (!known) return asOffered(wish, (one) => bank.create(connectionId, one));
  if (!isAsWished(known, wish)) {
    await asOffered(wish, (one) => bank.replace(connectionId, known.id, one));
  }
  for (const { id } of atOurAddress) {
    // Nobody else knows the address: it is ours, from a create whose answer was lost.
    if (id !== known.id) await bank.remove(connectionId, id);
  }
  return known.id;
}

/** Not every bank's environment offers the type of transfers (facts § 4.13): then the others. */
async function asOffered<Kept>(
  wish: SubscriptionWish,
  ask: (wish: SubscriptionWish) => Promise<Kept>,
): Promise<Kept> {
  try {
    return await ask(wish);
  } catch (error) {
    if (!(error instanceof SubscriptionRefusedError)) throw error;
    return ask({ ...wish, topics: withoutTransfers(wish.topics) });
  }
}

function wishOf(
  scopes: string,
  { token, secret }: Address,
  callbackUrl: (token: string) => string,
): SubscriptionWish {
  const topics: Topic[] = ['transfers', 'consent-revocations'];
  if (scopes.split(' ').includes('payment_link.read')) {
    topics.push('payment-links', 'payment-provider');
  }
  return { callbackUrl: callbackUrl(token), topics, secret };
}

/** Without transfers, too: refused once, they are asked for with the next change and not every day. */
function isAsWished({ callbackUrl, topics }: BankSubscription, wish: SubscriptionWish): boolean {
  const wanted = topics.includes('transfers') ? wish.topics : withoutTransfers(wish.topics);
  const isSame = topics.length === wanted.length && wanted.every((one) => topics.includes(one));
  return callbackUrl === wish.callbackUrl && isSame;
}

const withoutTransfers = (topics: Topic[]): Topic[] => topics.filter((one) => one !== 'transfers');

const newAddress = (): Address => ({
  token: randomBytes(16).toString('base64url'),
  secret: randomBytes(32).toString('base64url'),
});

const waitMs = (failures: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 20), LONGEST_WAIT_MS);
