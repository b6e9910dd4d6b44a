import { randomUUID } from 'node:crypto';
import type { BasketRow, CreateLinkIntent } from '@qonto-pay/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collector } from './support/collectors.js';
import { refusal } from './support/journey.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder, invoiceOrder } from './support/link-orders.js';
import type { Payer } from './support/payer.js';
import { OTHER_SECRET, PAUSED_SECRET, startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await collector(world);
});
afterAll(() => world.close());

const begin = (order?: CreateLinkIntent) => LinkJourney.begin(world, alice, order);
const create = (order: object) => world.partner('POST', '/partner/v1/intents', { body: order });

describe('an intent to collect', () => {
  it('tells the totals with VAT before a link is made, and the link agrees with them', async () => {
    const items: BasketRow[] = [
      { title: 'Ink', quantity: '1', unitPrice: '10.99', vatRate: '21.0', type: 'good' },
      { title: 'Hours', quantity: '2.5', unitPrice: '0.33', vatRate: '5.5', measureUnit: 'hour' },
    ];
    const journey = await begin(basketOrder({ basket: { items } }));
    const { rows, vats, total, creatable, link } = await journey.shown();
    expect(rows.map(({ net, vat, gross }) => [net, vat, gross])).toEqual([
      ['10.99', '2.31', '13.30'],
      ['0.83', '0.04', '0.87'],
    ]);
    expect(vats).toEqual([
      { rate: '5.5', net: '0.83', vat: '0.04' },
      { rate: '21.0', net: '10.99', vat: '2.31' },
    ]);
    expect([total, creatable, link]).toEqual([
      { net: '11.82', vat: '2.35', gross: '14.17' },
      true,
      null,
    ]);
    await journey.asked();
    await journey.shows('open');
    expect(await journey.atBank()).toMatchObject([{ amount_cents: 1417, status: 'open' }]);
  });

  const row = (changes: object): object => {
    const items = [{ title: 'Ink', quantity: '1', unitPrice: '1.00', vatRate: '20', ...changes }];
    return { ...basketOrder(), basket: { items } };
  };
  const invoice = (changes: object, frame: object = {}): object => ({
    ...invoiceOrder({}, changes),
    ...frame,
  });
  it.each<[string, () => object, string, string | undefined]>([
    [
      'a VAT rate above 100',
      () => row({ vatRate: '100.01' }),
      'invalid-vat-rate',
      'basket.items[0].vatRate',
    ],
    [
      'a negative VAT rate',
      () => row({ vatRate: '-1' }),
      'invalid-vat-rate',
      'basket.items[0].vatRate',
    ],
    [
      'a VAT rate in words',
      () => row({ vatRate: '20%' }),
      'invalid-vat-rate',
      'basket.items[0].vatRate',
    ],
    [
      'a quantity of zero',
      () => row({ quantity: '0.0' }),
      'invalid-quantity',
      'basket.items[0].quantity',
    ],
    [
      'a quantity of four decimals',
      () => row({ quantity: '1.0001' }),
      'invalid-quantity',
      'basket.items[0].quantity',
    ],
    [
      'a quantity as a number',
      () => row({ quantity: 1 }),
      'invalid-request',
      'basket.items[0].quantity',
    ],
    [
      'a price of zero',
      () => row({ unitPrice: '0.00' }),
      'invalid-amount',
      'basket.items[0].unitPrice',
    ],
    [
      'a price of three decimals',
      () => row({ unitPrice: '1.001' }),
      'invalid-amount',
      'basket.items[0].unitPrice',
    ],
    [
      'a negative price',
      () => row({ unitPrice: '-1.00' }),
      'invalid-amount',
      'basket.items[0].unitPrice',
    ],
    [
      'less than a cent',
      () => row({ unitPrice: '0.01', quantity: '0.1' }),
      'invalid-amount',
      'basket.items[0]',
    ],
    [
      'an unknown unit',
      () => row({ measureUnit: 'parsec' }),
      'invalid-measure-unit',
      'basket.items[0].measureUnit',
    ],
    ['an unknown type', () => row({ type: 'wish' }), 'invalid-request', 'basket.items[0].type'],
    ['an empty title', () => row({ title: ' ' }), 'invalid-basket', 'basket.items[0].title'],
    [
      'a title that turns the text',
      () => row({ title: 'Ink\u202e' }),
      'invalid-basket',
      'basket.items[0].title',
    ],
    [
      'an empty basket',
      () => ({ ...basketOrder(), basket: { items: [] } }),
      'invalid-basket',
      'basket.items',
    ],
    [
      'basket and invoice',
      () => ({ ...basketOrder(), ...invoiceOrder() }),
      'invalid-basket',
      'invoice',
    ],
    ['neither', () => ({ ...basketOrder(), basket: undefined }), 'invalid-basket', undefined],
    ['an invoice of zero', () => invoice({ amount: '0.00' }), 'invalid-amount', 'invoice.amount'],
    ['an invoice without UUID', () => invoice({ id: '7' }), 'invalid-invoice', 'invoice.id'],
    ['an invoice paid often', () => invoice({}, { reusable: true }), 'invalid-invoice', 'reusable'],
    ['no method', () => ({ ...basketOrder(), methods: [] }), 'invalid-methods', 'methods'],
    [
      'an unknown method',
      () => ({ ...basketOrder(), methods: ['cash'] }),
      'invalid-methods',
      'methods',
    ],
    [
      'another currency',
      () => ({ ...basketOrder(), currency: 'USD' }),
      'invalid-currency',
      'currency',
    ],
    [
      'a wrong IBAN',
      () => ({ ...basketOrder(), payee: { name: 'A', iban: 'FR1' } }),
      'invalid-iban',
      'payee.iban',
    ],
    ['items of a payment', () => ({ ...basketOrder(), items: [] }), 'invalid-request', undefined],
    [
      'another return URL',
      () => ({ ...basketOrder(), returnUrl: 'https://evil.example/' }),
      'invalid-return-url',
      'returnUrl',
    ],
  ])('is not made of %s', async (_what, order, code, field) => {
    const answer = await create(order());
    const problem = (await answer.json()) as { code: string; field?: string };
    expect([answer.status, problem.code, problem.field]).toEqual([400, code, field]);
  });

  it('is not made for a partner that is paused', async () => {
    const body = basketOrder();
    const answer = await world.partner('POST', '/partner/v1/intents', {
      ...{ body, secret: PAUSED_SECRET },
    });
    expect(await refusal(answer)).toEqual([403, 'partner-paused']);
  });

  it('is read by its own partner alone, with the link once there is one', async () => {
    const journey = await begin();
    expect(await journey.partnerIntent()).toMatchObject({ status: 'open', link: null });
    await journey.asked();
    const { url } = await journey.shows('open');
    const { link } = await journey.partnerIntent();
    expect(link).toMatchObject({ url, status: 'open', reusable: false, payments: [] });
    const path = `/partner/v1/intents/${journey.id}`;
    const stranger = await world.partner('GET', path, { secret: OTHER_SECRET });
    expect(await refusal(stranger)).toEqual([404, 'intent-not-found']);
  });

  it('has nothing to confirm, to review or to ask colleagues for', async () => {
    const journey = await begin();
    const seen = { reviewVersion: '1', account: 'a', idempotencyKey: randomUUID() };
    const forms: [string, Record<string, string>][] = [
      ['confirm', seen],
      ['review', { account: 'a' }],
      ['cancel', {}],
      ['approval', { method: 'passkey' }],
      ['request', { ...seen, select: 'all' }],
    ];
    for (const [action, fields] of forms) {
      const answer = await journey.send(action, fields);
      expect([action, ...(await refusal(answer))]).toEqual([action, 404, 'intent-not-found']);
    }
    await journey.expectNone();
  });
});
