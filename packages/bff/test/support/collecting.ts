import { randomInt, randomUUID } from 'node:crypto';
import type {
  CreateLinkIntent,
  LinkState,
  PartnerIntent,
  PayLink,
  PayState,
} from '@qonto-pay/shared';
import { expect } from 'vitest';
import type { BankLinkRow } from './bank.js';
import { passLinkTime } from './link-time.js';
import { stateWhen } from './many.js';
import type { Payer } from './payer.js';
import { type PartnerRequest, SHOP, type World } from './world.js';

export const CREATE_LINK = { method: 'POST', path: '/v2/payment_links' };
export const LIST_LINKS = { method: 'GET', path: '/v2/payment_links' };
export const READ_LINK = { method: 'GET', path: '/v2/payment_links/*' };
export const DEACTIVATE_LINK = { method: 'PATCH', path: '/v2/payment_links/*/deactivate' };
export const CONNECTIONS = '/v2/payment_links/connections';

export const PAID_CARD = '4242 4242 4242 4242';
export const DECLINED_CARD = '4000 0000 0000 0002';

/** The main account of ACME SAS, for whom all but Nora collect. */
export const ACME_IBAN = 'FR7616958000011111111110107';

/** Another one each time: links are told apart at the bank by what they collect. */
export const linkAmount = (): string => `${randomInt(100, 9000)}.${randomInt(10, 99)}`;

/** A basket of two rows: 24.20 with VAT, and another amount each time without. */
export function basketOrder(changes: Partial<CreateLinkIntent> = {}): CreateLinkIntent {
  return {
    ...orderFrame(),
    basket: {
      items: [
        {
          title: 'Consulting',
          quantity: '2',
          unitPrice: '10.00',
          vatRate: '21.0',
          type: 'service',
        },
        { title: 'Printed report', quantity: '1', unitPrice: linkAmount(), vatRate: '0' },
      ],
    },
    ...changes,
  };
}

export function invoiceOrder(
  changes: Partial<CreateLinkIntent> = {},
  invoice: Partial<NonNullable<CreateLinkIntent['invoice']>> = {},
): CreateLinkIntent {
  const number = `F-${randomUUID().slice(0, 8)}`;
  const own = { id: randomUUID(), number, debtor: 'Client & Fils SARL', amount: linkAmount() };
  return { ...orderFrame(), invoice: { ...own, ...invoice }, ...changes };
}

const orderFrame = () => ({
  kind: 'link' as const,
  externalRef: `INV-${randomUUID().slice(0, 8)}`,
  currency: 'EUR',
  methods: ['credit_card', 'ideal'],
  payee: { name: 'ACME SAS', iban: ACME_IBAN },
  returnUrl: `${SHOP}/invoices/1`,
});

/** What the partner's server gets for it. */
export async function createLinkIntent(
  world: World,
  order: CreateLinkIntent = basketOrder(),
  options: Omit<PartnerRequest, 'body'> = {},
): Promise<PartnerIntent> {
  const answer = await world.partner('POST', '/partner/v1/intents', { ...options, body: order });
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as PartnerIntent;
}

/** One invoice on its way from the partner's server to the client who pays it by a link. */
export class Collecting {
  readonly id: string;
  readonly externalRef: string;
  readonly payer: Payer;
  readonly #world: World;
  #token: Promise<string> | undefined;

  constructor(
    world: World,
    payer: Payer,
    { id, externalRef }: { id: string; externalRef: string },
  ) {
    this.#world = world;
    this.payer = payer;
    this.id = id;
    this.externalRef = externalRef;
  }

  /** An intent that this payer sees; no link is made yet. */
  static async begin(world: World, payer: Payer, order = basketOrder()): Promise<Collecting> {
    const { id } = await createLinkIntent(world, order);
    return new Collecting(world, payer, { id, externalRef: order.externalRef });
  }

  /** Its link is made and open. */
  static async open(world: World, payer: Payer, order = basketOrder()): Promise<Collecting> {
    const collecting = await Collecting.begin(world, payer, order);
    await collecting.created();
    await collecting.reaches('open');
    return collecting;
  }

  /** The answer to its request was lost, and the bank lists two that may be it. */
  static async inDoubt(world: World, payer: Payer, member = 'alice'): Promise<Collecting> {
    const order = basketOrder();
    const collecting = await Collecting.begin(world, payer, order);
    await world.bank.faults(
      { match: CREATE_LINK, do: { resetAfterCommit: true } },
      // The first listing is the one that the request itself asks for.
      { match: { ...LIST_LINKS, nth: 2, times: 100 }, do: { status: 503 } },
    );
    await collecting.created();
    await collecting.reaches('unknown');
    await makeLinkElsewhere(world, order, member);
    await world.bank.clearFaults();
    await passLinkTime(world, 0);
    await stateWhen(payer, collecting.id, ({ link }) => link?.link?.candidates.length === 2);
    return collecting;
  }

  /** The same intent, seen by somebody else. */
  by(payer: Payer): Collecting {
    return new Collecting(this.#world, payer, this);
  }

  state(): Promise<PayState> {
    return this.payer.state(this.id);
  }

  async shown(): Promise<PayLink> {
    const { link } = await this.state();
    if (!link) throw new Error('the page shows what is collected');
    return link;
  }

  /** The member comes back from the provider: what was known of the bank is asked anew. */
  async forgets(): Promise<void> {
    const page = await this.payer.request(`${this.#world.url}/pay/${this.id}?provider=back`);
    expect(page.status).toBe(200);
  }

  /** As the partner's server reads it. */
  async partnerIntent(): Promise<PartnerIntent> {
    const answer = await this.#world.partner('GET', `/partner/v1/intents/${this.id}`);
    return (await answer.json()) as PartnerIntent;
  }

  /** The token of a page that is old enough; the same one for every form of this payer. */
  token(): Promise<string> {
    this.#token ??= this.payer.openPage(this.id);
    return this.#token;
  }

  /** A form of the pay page, as its script sends it. */
  async send(action: string, fields: Record<string, string> = {}): Promise<Response> {
    const pageToken = await this.token();
    return this.payer.form(`/pay/api/intents/${this.id}/${action}`, { pageToken, ...fields });
  }

  create(changes: Record<string, string> = {}): Promise<Response> {
    const fields = { idempotencyKey: randomUUID(), methods: 'credit_card', ...changes };
    return this.send('link', fields);
  }

  /** The same; the answer must be that it was stored. */
  async created(): Promise<void> {
    const answer = await this.create();
    expect([answer.status, answer.status === 202 ? '' : await answer.text()]).toEqual([202, '']);
  }

  deactivate(): Promise<Response> {
    return this.send('link/deactivate');
  }

  /** Begins the provider's onboarding with the first account there is. */
  async connect(changes: Record<string, string> = {}): Promise<Response> {
    const { provider } = await this.shown();
    const account = provider?.accounts[0]?.id ?? '';
    return this.send('provider', { account, phone: '+33612345678', ...changes });
  }

  /** Goes through the provider's own page, and comes back. */
  async onboard(answer: 'enabled' | 'pending' | 'disabled' = 'enabled'): Promise<void> {
    const { provider } = await this.shown();
    await onboardAt(this.payer, provider?.location ?? '', answer);
  }

  /** Waits until the page says so. */
  async reaches(status: LinkState): Promise<NonNullable<PayLink['link']>> {
    const { link } = await stateWhen(
      this.payer,
      this.id,
      (state) => state.link?.link?.status === status,
    );
    if (!link?.link) throw new Error('there is a link');
    return link.link;
  }

  /** What the bank holds of it, told apart by the amount. */
  async bankLinks(): Promise<BankLinkRow[]> {
    const { amount } = await this.partnerIntent();
    const cents = Number(amount.replace('.', ''));
    const { payment_links: links } = await this.#world.bank.ledger();
    return links.filter(({ amount_cents }) => amount_cents === cents);
  }

  /** A client pays on the link's public page; somebody looks, so that the bank is asked. */
  async pay(card = PAID_CARD): Promise<void> {
    const { link } = await this.shown();
    await payLink(link?.url ?? '', card);
    await this.hint();
  }

  /** Somebody is back on the partner's page. */
  async hint(): Promise<void> {
    await fetch(`${this.#world.url}/v1/intents/${this.id}/hint`, { method: 'POST' });
  }

  /** Nothing was made, and nothing is written down of a link. */
  async expectNone(): Promise<void> {
    expect(await this.bankLinks()).toEqual([]);
    await this.expectNotStored();
  }

  async expectNotStored(): Promise<void> {
    const { rows } = await this.#world.database.query('select 1 from links where intent_id = $1', [
      this.id,
    ]);
    expect(rows).toEqual([]);
  }
}

/** A member who may make links: signed in with the permission, and connected to the provider. */
export async function collector(world: World, member = 'Alice Martin'): Promise<Payer> {
  const payer = world.newPayer();
  const collecting = await Collecting.begin(world, payer);
  await payer.signIn(collecting.id, member, { wanted: 'collect' });
  if ((await collecting.shown()).provider?.status === 'enabled') return payer;
  expect((await collecting.connect()).status).toBe(200);
  await collecting.onboard();
  return payer;
}

/** Signed in with the permission, and nothing more. */
export async function newcomer(world: World, member: string): Promise<Payer> {
  const payer = world.newPayer();
  await payer.signIn((await createLinkIntent(world)).id, member, { wanted: 'collect' });
  return payer;
}

/** The provider's page answers, and sends the browser back to ours. */
export async function onboardAt(payer: Payer, location: string, answer: string): Promise<string> {
  const sent = await payer.request(location, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ answer }).toString(),
  });
  expect(sent.status).toBe(303);
  const callback = sent.headers.get('location') ?? '';
  expect((await payer.request(callback)).status).toBe(200);
  return callback;
}

/** The same link, made by a member in the bank's own app: nobody of ours knows of it. */
async function makeLinkElsewhere(
  { bank }: World,
  { basket, invoice, reusable = false }: CreateLinkIntent,
  member = 'alice',
): Promise<void> {
  const token = await bank.token(member, 'payment_link.read payment_link.write');
  const euros = (value = '0') => ({ value, currency: 'EUR' });
  const items = basket?.items.map(({ title, quantity, unitPrice, vatRate }) => ({
    ...{ title, quantity: Number(quantity), unit_price: euros(unitPrice), vat_rate: vatRate },
  }));
  const content = invoice
    ? {
        ...{ invoice_id: invoice.id, invoice_number: invoice.number },
        ...{ debitor_name: invoice.debtor, amount: euros(invoice.amount) },
      }
    : { items, reusable };
  const answer = await fetch(bank.url + CREATE_LINK.path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      payment_link: { ...content, potential_payment_methods: ['credit_card'] },
    }),
  });
  expect(answer.status).toBe(201);
}

/** What a client does on the public page of a link. */
export async function payLink(url: string, card = PAID_CARD): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ method: 'credit_card', card, email: 'client@example.com' }),
  });
  expect(answer.status).toBe(303);
}
