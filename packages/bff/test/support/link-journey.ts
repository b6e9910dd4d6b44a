import { randomInt, randomUUID } from 'node:crypto';
import type { LinkSnapshot, LinkState, PayLink, PayState } from '@qonto-pay/shared';
import { expect } from 'vitest';
import { expectStatus } from './asking.js';
import type { BankLinkRow } from './bank.js';
import { restOfLinks } from './link-time.js';
import type { Payer } from './payer.js';
import { SHOP, until, type World } from './world.js';

export const READ_PAYMENTS = { method: 'GET', path: '/v2/payment_links/*/payments' };

const SCOPES = 'organization.read payment_link.read payment_link.write';

/** What the client's card does, as the sandbox has it. */
const CARDS = {
  paid: '4242424242424242',
  failed: '4000000000000002',
  'pending, then paid': '4000000000003220',
  'pending, then failed': '4000000000000341',
};

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

export interface LinkWish {
  externalRef?: string;
  amount?: string;
  reusable?: boolean;
  /** The rows of a basket; none: an invoice. */
  items?: object[];
}

/** One invoice to collect, from the partner's server to the bank's list of links. */
export class LinkJourney {
  readonly id: string;
  readonly externalRef: string;
  readonly amountCents: number;
  readonly #world: World;
  readonly #member: Payer;
  readonly #invoice: object | undefined;

  private constructor(
    at: { world: World; member: Payer },
    intent: { id: string; externalRef: string; amount: string; invoice: object | undefined },
  ) {
    this.#world = at.world;
    this.#member = at.member;
    this.id = intent.id;
    this.externalRef = intent.externalRef;
    this.amountCents = Math.round(Number(intent.amount) * 100);
    this.#invoice = intent.invoice;
  }

  /** Each has a sum of its own, by which it is known at the bank. */
  static async begin(world: World, member: Payer, wish: LinkWish = {}): Promise<LinkJourney> {
    const externalRef = wish.externalRef ?? `INV-${randomUUID().slice(0, 8)}`;
    const amount = wish.amount ?? `${randomInt(1000, 9000)}.${randomInt(10, 99)}`;
    const { items, reusable = false } = wish;
    const row = { title: 'Lamp', quantity: '1', unitPrice: amount, vatRate: '0' };
    const rows = items ?? (reusable ? [row] : undefined);
    const invoice = rows ? undefined : { id: randomUUID(), number: externalRef, debtor: 'Zoë' };
    const body = {
      ...{ kind: 'link', externalRef, currency: 'EUR', methods: ['credit_card', 'ideal'] },
      ...{ returnUrl: `${SHOP}/invoices/1`, reusable },
      ...(rows && { basket: { items: rows } }),
      ...(invoice && { invoice: { ...invoice, amount } }),
    };
    const answer = await world.partner('POST', '/partner/v1/intents', { body });
    await expectStatus(answer, 201);
    const intent = (await answer.json()) as { id: string; amount: string };
    return new LinkJourney(
      { world, member },
      { id: intent.id, amount: intent.amount, externalRef, invoice },
    );
  }

  /** There is a link, and its answer has named it. */
  static async made(world: World, member: Payer, wish: LinkWish = {}): Promise<LinkJourney> {
    const journey = await LinkJourney.begin(world, member, wish);
    await journey.asked();
    await journey.reaches('open');
    await restOfLinks(world);
    return journey;
  }

  async fields(changes: Record<string, string> = {}): Promise<Record<string, string>> {
    return {
      pageToken: changes.pageToken ?? (await this.#member.openPage(this.id)),
      ...{ idempotencyKey: randomUUID(), methods: 'credit_card,ideal' },
      ...changes,
    };
  }

  async ask(changes: Record<string, string> = {}, payer = this.#member): Promise<Response> {
    return payer.form(`/pay/api/intents/${this.id}/link`, await this.fields(changes));
  }

  async asked(changes: Record<string, string> = {}): Promise<void> {
    await expectStatus(await this.ask(changes), 202);
  }

  async choose(candidate: string): Promise<Response> {
    const pageToken = await this.#member.openPage(this.id);
    return this.#member.form(`/pay/api/intents/${this.id}/link/choose`, { pageToken, candidate });
  }

  async deactivate(): Promise<Response> {
    const pageToken = await this.#member.openPage(this.id);
    return this.#member.form(`/pay/api/intents/${this.id}/link/deactivate`, { pageToken });
  }

  state(payer = this.#member): Promise<PayState> {
    return payer.state(this.id);
  }

  /** The link as the pay page shows it. */
  async link(payer = this.#member): Promise<NonNullable<PayLink['link']>> {
    const { link } = await this.state(payer);
    if (!link?.link) throw new Error('the page shows no link');
    return link.link;
  }

  async snapshot(): Promise<LinkSnapshot> {
    return (await this.state()).snapshot as LinkSnapshot;
  }

  /** Its requests for links as they are stored, oldest first. */
  async rows(): Promise<LinkRow[]> {
    const { rows } = await this.#world.database.query<LinkRow>(
      'select * from links where intent_id = $1 order by ordinal',
      [this.id],
    );
    return rows;
  }

  /** Waits for the state of the latest. */
  async reaches(status: LinkState): Promise<LinkRow> {
    const row = await until(
      async () => (await this.rows()).at(-1),
      (now) => now?.status === status,
    );
    return row as LinkRow;
  }

  /** What the bank holds of it, oldest first. */
  async atBank(): Promise<BankLinkRow[]> {
    const { payment_links: links } = await this.#world.bank.ledger();
    return links.filter(({ amount_cents: cents }) => cents === this.amountCents);
  }

  /** A link of the same content that somebody makes in the bank's own app. */
  async madeElsewhere(): Promise<string> {
    const payment_link = {
      potential_payment_methods: ['ideal'],
      ...this.#wireInvoice(),
    };
    const { payment_link: made } = (await asAlice(this.#world, '/v2/payment_links', {
      payment_link,
    })) as { payment_link: { id: string } };
    return made.id;
  }

  #wireInvoice(): object {
    const { id, number, debtor } = this.#invoice as { id: string; number: string; debtor: string };
    const value = (this.amountCents / 100).toFixed(2);
    return {
      ...{ invoice_id: id, invoice_number: number, debitor_name: debtor },
      amount: { value, currency: 'EUR' },
    };
  }

  /** A client pays it, on the public page of the link. */
  async paid(card: keyof typeof CARDS = 'paid'): Promise<void> {
    const { url } = await this.link();
    const answer = await fetch(url ?? '', {
      ...{ method: 'POST', redirect: 'manual' },
      body: new URLSearchParams({
        ...{ method: 'credit_card', email: 'zoe@client.example', card: CARDS[card] },
      }),
    });
    expect(answer.status).toBe(303);
  }

  /** Alarms that an operator sees, oldest first. */
  async alarms(): Promise<string[]> {
    const { rows } = await this.#world.database.query<{ action: string }>(
      `select action from audit_log where intent_id = $1 and action like 'alarm:%' order by id`,
      [this.id],
    );
    return rows.map(({ action }) => action.slice('alarm:'.length));
  }
}

/** Alice, who has connected the provider in the bank's own app, and allowed us to make links. */
export async function collector(world: World): Promise<Payer> {
  const { organization } = (await asAlice(world, '/v2/organization')) as {
    organization: { bank_accounts: { id: string }[] };
  };
  const connection = (await asAlice(world, '/v2/payment_links/connections', {
    partner_callback_url: `${world.url}/pay`,
    user_bank_account_id: organization.bank_accounts[0]?.id,
    user_phone_number: '+33612345678',
    business_description: null,
  })) as { connection_location: string };
  const body = new URLSearchParams({ answer: 'enabled' });
  await fetch(connection.connection_location, { method: 'POST', body, redirect: 'manual' });
  const alice = world.newPayer();
  const { id } = await world.createIntent();
  await alice.signIn(id, 'Alice Martin', { wanted: 'collect' });
  return alice;
}

/** One call as another application of Alice's makes it. */
async function asAlice(world: World, path: string, body?: object): Promise<unknown> {
  const token = await world.bank.token('alice', SCOPES);
  const answer = await fetch(world.bank.url + path, {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
