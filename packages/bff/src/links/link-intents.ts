import type { CreateLinkIntent, PartnerIntent } from '@qonto-pay/shared';
import { readReturnUrl } from '../payments/intent-rules.js';
import { INTENT_LIFE_MS, type IntentsOfAKind, paused } from '../payments/intent-service.js';
import type { Partner } from '../payments/partner.js';
import type { Ids } from '../payments/ports.js';
import type { OnceKey } from '../payments/store-port.js';
import { readLinkOrder } from './link-order-rules.js';
import { linkSnapshotOf, sharedLink } from './link-snapshot.js';
import { linkPayments } from './pay-link.js';
import type { LinkView } from './records.js';
import type { LinkIntentStore, LinkStore } from './store-port.js';

/** Intents to collect, under the addresses of all intents. */
export class LinkIntents implements IntentsOfAKind<CreateLinkIntent> {
  readonly #intents: LinkIntentStore;
  readonly #links: Pick<LinkStore, 'hint'>;
  readonly #ids: Ids;
  readonly #publicUrl: string;

  constructor(options: {
    intents: LinkIntentStore;
    links: Pick<LinkStore, 'hint'>;
    ids: Ids;
    publicUrl: string;
  }) {
    this.#intents = options.intents;
    this.#links = options.links;
    this.#ids = options.ids;
    this.#publicUrl = options.publicUrl;
  }

  async create(partner: Partner, given: CreateLinkIntent, once: OnceKey) {
    if (partner.paused) throw paused();
    const intent = {
      id: this.#ids.make('in'),
      partnerId: partner.id,
      order: readLinkOrder(given, partner),
      returnUrl: readReturnUrl(given.returnUrl, partner.returnPrefixes),
      lifeMs: INTENT_LIFE_MS,
    };
    return this.#intents.create(intent, once, (view) => ({
      status: 201,
      body: JSON.stringify(this.#partnerIntent(view)),
    }));
  }

  async read(partner: Partner, intentId: string): Promise<PartnerIntent | undefined> {
    const view = await this.#intents.view(intentId);
    return view?.intent.partnerId === partner.id ? this.#partnerIntent(view) : undefined;
  }

  async withdraw(partner: Partner, intentId: string): Promise<PartnerIntent | undefined> {
    if (!(await this.read(partner, intentId))) return undefined;
    return this.#partnerIntent(await this.#intents.withdraw(intentId));
  }

  async snapshots(intentIds: string[]) {
    const views = await this.#intents.views(intentIds);
    return views.map((view) => ({
      snapshot: linkSnapshotOf(view),
      partnerId: view.intent.partnerId,
    }));
  }

  async hint(intentId: string): Promise<void> {
    await this.#links.hint(intentId);
  }

  #partnerIntent(view: LinkView): PartnerIntent {
    const { intent } = view;
    const link = sharedLink(view);
    const { status, payable, why, amount } = linkSnapshotOf(view);
    return {
      id: intent.id,
      url: `${this.#publicUrl}/pay/${intent.id}`,
      ...{ status, payable, why, amount, currency: 'EUR' },
      count: 1,
      items: [{ index: 0, externalRef: intent.order.externalRef, status }],
      link: link
        ? {
            ...{ url: link.url, status },
            reusable: link.reusable,
            expiresAt: link.bankExpiresAt?.toISOString() ?? null,
            createdAt: link.createdAt.toISOString(),
            payments: linkPayments(link),
          }
        : null,
      createdAt: intent.createdAt.toISOString(),
      expiresAt: intent.expiresAt.toISOString(),
    };
  }
}
