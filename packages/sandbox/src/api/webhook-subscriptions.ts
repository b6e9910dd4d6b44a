import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { WebhookSubscription } from '../webhooks/subscription.js';
import { isCallbackUrl, WEBHOOK_TYPES } from '../webhooks/types.js';
import { parseBody } from './body.js';
import type { ApiCall, Handler } from './endpoint.js';
import { pageOf } from './pagination.js';
import { notFound, refusal } from './refusal.js';
import { isoOf } from './wire.js';

const Type = z.string().refine((type) => Object.hasOwn(WEBHOOK_TYPES, type), {
  error: 'is no webhook type',
  params: { code: 'not_in_list' },
});

/** Facts 4.13. */
const Subscription = z.object({
  callback_url: z
    .string()
    .max(512, 'must have at most 512 characters')
    .refine(isCallbackUrl, 'must be an https address, or an http one of this machine'),
  types: z.array(Type).min(1, 'must name at least one type'),
  secret: z.string().min(32, 'is too short').max(128, 'is too long').nullish(),
  description: z.string().max(256, 'is too long').nullish(),
});
type Wish = z.output<typeof Subscription>;

export const createSubscription: Handler = (call) => {
  const wish = wishIn(call);
  const { bank, caller } = call;
  const now = bank.clock.now();
  const subscription: WebhookSubscription = {
    id: randomUUID(),
    organizationId: caller.organizationId,
    membershipId: caller.id,
    createdAt: now,
    ...{ updatedAt: now, ...choicesIn(wish), secret: wish.secret ?? newSecret() },
  };
  bank.store.current.webhookSubscriptions.set(subscription.id, subscription);
  bank.store.touch();
  return { status: 201, body: onWire(subscription, true) };
};

export const listSubscriptions: Handler = ({ bank, caller, query }) => {
  const found = [...bank.store.current.webhookSubscriptions.values()].filter(
    ({ organizationId }) => organizationId === caller.organizationId,
  );
  const { items, meta } = pageOf(found, query, { perPage: 100 });
  const isTold = bank.switches.get('webhook_secret_shown');
  return { status: 200, body: { subscriptions: items.map((one) => onWire(one, isTold)), meta } };
};

export const showSubscription: Handler = (call) => ({
  status: 200,
  body: onWire(subscriptionOf(call), call.bank.switches.get('webhook_secret_shown')),
});

/** A full replacement: what is left out is gone. */
export const replaceSubscription: Handler = (call) => {
  const subscription = subscriptionOf(call);
  const wish = wishIn(call);
  const { bank } = call;
  const isKept = bank.switches.get('webhook_put_secret') === 'kept';
  const secret = wish.secret ?? (isKept ? subscription.secret : newSecret());
  Object.assign(subscription, choicesIn(wish), { secret, updatedAt: bank.clock.now() });
  bank.store.touch();
  // A secret that the bank has made up is told once, or nobody could check a signature.
  const isTold = !isKept || bank.switches.get('webhook_secret_shown');
  return { status: 200, body: onWire(subscription, isTold) };
};

export const deleteSubscription: Handler = (call) => {
  call.bank.store.current.webhookSubscriptions.delete(subscriptionOf(call).id);
  call.bank.store.touch();
  return { status: 204 };
};

function wishIn(call: ApiCall): Wish {
  const { callback_url: url } = parseBody(
    call,
    z.looseObject({ callback_url: z.unknown().optional() }),
  );
  if (url === undefined || url === null || url === '') {
    throw refusal(400, 'missing', 'CallbackURL is missing', { pointer: '/callback_url' });
  }
  const wish = parseBody(call, Subscription);
  for (const type of wish.types) {
    const scope = WEBHOOK_TYPES[type] ?? null;
    if (scope === null || call.scopes.includes(scope)) continue;
    throw refusal(403, 'forbidden', `missing required oauth scope: ${scope} for ${type}`);
  }
  return wish;
}

function choicesIn(wish: Wish) {
  return {
    callbackUrl: wish.callback_url,
    types: [...new Set(wish.types)],
    description: wish.description ?? undefined,
  };
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('hex')}`;
}

function subscriptionOf({ bank, caller, params }: ApiCall): WebhookSubscription {
  const found = bank.store.current.webhookSubscriptions.get(params.id ?? '');
  if (found?.organizationId !== caller.organizationId) throw notFound('Webhook subscription');
  return found;
}

/** Not wrapped, and without a description where there is none. */
function onWire(subscription: WebhookSubscription, isSecretTold: boolean) {
  const { description } = subscription;
  return {
    id: subscription.id,
    organization_id: subscription.organizationId,
    membership_id: subscription.membershipId,
    callback_url: subscription.callbackUrl,
    types: subscription.types,
    secret: isSecretTold ? subscription.secret : null,
    ...(description === undefined ? {} : { description }),
    created_at: isoOf(subscription.createdAt),
    updated_at: isoOf(subscription.updatedAt),
  };
}
