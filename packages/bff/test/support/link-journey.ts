import { randomUUID } from 'node:crypto';
import type {
  CreateLinkIntent,
  LinkSnapshot,
  LinkState,
  PartnerIntent,
  PayLink,
  PayState,
} from '@qonto-pay/shared';
import { expect } from 'vitest';
import { expectStatus } from './asking.js';
import type { BankLinkRow } from './bank.js';
import { type Card, makeLinkElsewhere, payLink } from './link-bank.js';
import { createLinkIntent, invoiceOrder } from './link-orders.js';
import { putOffLooks } from './link-time.js';
import { stateWhen } from './many.js';
import type { Payer } from './payer.js';
import { until, type World } from './world.js';

/** A link as it is stored. */
export interface LinkRow {
  id: string;
  status: LinkState;
  reason: string | null;
  body: Buffer;
  sends: number;
  in_flight: boolean;
  named_by_bank: boolean;
  bank_id: string | null;
  clean_listings: number;
}

type Order = CreateLinkIntent;
type Fields = Record<string, string>;
type ShownLink = NonNullable<PayLink['link']>;

/** One invoice on its way from the partner's server to the client who pays it by a link. */
export class LinkJourney {
  readonly id: string;
  readonly order: Order;
  readonly amountCents: number;
  readonly payer: Payer;
  readonly #world: World;
  #token: Promise<string> | undefined;

  constructor(
    at: { world: World; payer: Payer },
    intent: Pick<LinkJourney, 'id' | 'order' | 'amountCents'>,
  ) {
    this.#world = at.world;
    this.payer = at.payer;
    this.id = intent.id;
    this.order = intent.order;
    this.amountCents = intent.amountCents;
  }

  /** An intent that this payer sees; no link is asked for yet. */
  static async begin(world: World, payer: Payer, order = invoiceOrder()): Promise<LinkJourney> {
    const { id, amount } = await createLinkIntent(world, order);
    const amountCents = Math.round(Number(amount) * 100);
    return new LinkJourney({ world, payer }, { id, order, amountCents });
  }

  /** There is a link, and its answer has named it; by itself nobody asks the bank about it. */
  static async made(world: World, payer: Payer, order?: Order): Promise<LinkJourney> {
    const journey = await LinkJourney.begin(world, payer, order);
    await journey.asked();
    await journey.reaches('open');
    await putOffLooks(world, journey.id);
    return journey;
  }

  /** The same intent, seen by somebody else. */
  by(payer: Payer): LinkJourney {
    return new LinkJourney({ world: this.#world, payer }, this);
  }

  state(): Promise<PayState> {
    return this.payer.state(this.id);
  }

  async shown(): Promise<PayLink> {
    const { link } = await this.state();
    if (!link) throw new Error('the page shows what is collected');
    return link;
  }

  /** The link as the pay page shows it. */
  async link(): Promise<ShownLink> {
    const { link } = await this.shown();
    if (!link) throw new Error('the page shows no link');
    return link;
  }

  async snapshot(): Promise<LinkSnapshot> {
    return (await this.state()).snapshot as LinkSnapshot;
  }

  /** What everybody is told who asks. */
  async publicSnapshot(): Promise<LinkSnapshot> {
    const answer = await fetch(`${this.#world.url}/v1/intents/${this.id}`);
    return (await answer.json()) as LinkSnapshot;
  }

  /** As the partner's server reads it. */
  async partnerIntent(): Promise<PartnerIntent> {
    const answer = await this.#world.partner('GET', `/partner/v1/intents/${this.id}`);
    return (await answer.json()) as PartnerIntent;
  }

  /** Its requests for links as they are stored, oldest first. */
  async rows(): Promise<LinkRow[]> {
    const { rows } = await this.#world.database.query<LinkRow>(
      'select * from links where intent_id = $1 order by ordinal',
      [this.id],
    );
    return rows;
  }

  /** Waits until the latest is stored so. */
  async reaches(status: LinkState): Promise<LinkRow> {
    const row = await until(
      async () => (await this.rows()).at(-1),
      (now) => now?.status === status,
    );
    return row as LinkRow;
  }

  /** Waits until the page says so. */
  async shows(status: LinkState): Promise<ShownLink> {
    await stateWhen(this.payer, this.id, ({ link }) => link?.link?.status === status);
    return this.link();
  }

  /** What the bank holds of it, oldest first: told apart by the amount. */
  async atBank(): Promise<BankLinkRow[]> {
    const { payment_links: links } = await this.#world.bank.ledger();
    return links.filter(({ amount_cents: cents }) => cents === this.amountCents);
  }

  /** Alarms that an operator sees, oldest first. */
  async alarms(): Promise<string[]> {
    const { rows } = await this.#world.database.query<{ action: string }>(
      `select action from audit_log where intent_id = $1 and action like 'alarm:%' order by id`,
      [this.id],
    );
    return rows.map(({ action }) => action.slice('alarm:'.length));
  }

  /** Nothing was made, and nothing is written down of a link. */
  async expectNone(): Promise<void> {
    expect(await this.atBank()).toEqual([]);
    expect(await this.rows()).toEqual([]);
  }

  /** The token of a page that is old enough; the same one for every form of this payer. */
  token(): Promise<string> {
    this.#token ??= this.payer.openPage(this.id);
    return this.#token;
  }

  /** A form of the pay page, as its script sends it. */
  async send(action: string, fields: Fields = {}): Promise<Response> {
    const pageToken = fields.pageToken ?? (await this.token());
    return this.payer.form(`/pay/api/intents/${this.id}/${action}`, { ...fields, pageToken });
  }

  /** Of the form that asks for a link. */
  async fields(changes: Fields = {}): Promise<Fields> {
    const pageToken = changes.pageToken ?? (await this.token());
    return { pageToken, idempotencyKey: randomUUID(), methods: 'credit_card', ...changes };
  }

  async ask(changes: Fields = {}): Promise<Response> {
    return this.send('link', await this.fields(changes));
  }

  /** The same; the answer must be that it was stored. */
  async asked(changes: Fields = {}): Promise<void> {
    await expectStatus(await this.ask(changes), 202);
  }

  choose(candidate: string): Promise<Response> {
    return this.send('link/choose', { candidate });
  }

  deactivate(): Promise<Response> {
    return this.send('link/deactivate');
  }

  /** Begins the provider's onboarding with the first account there is. */
  async connect(changes: Fields = {}): Promise<Response> {
    const { provider } = await this.shown();
    const account = provider?.accounts[0]?.id ?? '';
    return this.send('provider', { account, phone: '+33612345678', ...changes });
  }

  /** The member comes back from the provider: what was known of the bank is asked anew. */
  async comesBack(): Promise<void> {
    const page = await this.payer.request(`${this.#world.url}/pay/${this.id}?provider=back`);
    expect(page.status).toBe(200);
  }

  /** Somebody is back on the partner's page. */
  async hint(): Promise<void> {
    await fetch(`${this.#world.url}/v1/intents/${this.id}/hint`, { method: 'POST' });
  }

  /** A client pays it, on the public page of the link. */
  async paid(card?: Card): Promise<void> {
    await payLink((await this.link()).url ?? '', card);
  }

  /** A link of the same content that somebody makes in the bank's own app. */
  madeElsewhere(member = 'alice'): Promise<string> {
    return makeLinkElsewhere(this.#world.bank, this.order, member);
  }
}
