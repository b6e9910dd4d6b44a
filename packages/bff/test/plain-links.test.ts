import type { CreateLinkIntent } from '@qonto-pay/shared';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collector, newcomer } from './support/collectors.js';
import { CONNECTIONS, CREATE_LINK, onboardAt } from './support/link-bank.js';
import { LinkJourney } from './support/link-journey.js';
import { basketOrder, createLinkIntent, invoiceOrder } from './support/link-orders.js';
import { passLinkTime } from './support/link-time.js';
import { linkInDoubt, unansweredLink } from './support/link-unanswered.js';
import type { Payer } from './support/payer.js';
import { PlainBrowser } from './support/plain-browser.js';
import { readQrCode } from './support/qr-reader.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let alice: Payer;
beforeAll(async () => {
  world = await startWorld();
  alice = await collector(world);
});
afterEach(() => world.bank.clearFaults());
afterAll(() => world.close());

async function at(intent: string, payer = alice): Promise<PlainBrowser> {
  const page = new PlainBrowser(payer, { url: world.url, intent });
  await page.open();
  return page;
}

/** A fresh intent's page, and what is behind it. */
async function shown(order: CreateLinkIntent = basketOrder(), payer = alice) {
  const journey = await LinkJourney.begin(world, payer, order);
  await journey.comesBack();
  return { journey, page: await at(journey.id, payer) };
}

const hasStatus =
  (...statuses: string[]) =>
  ({ status }: PlainBrowser) =>
    statuses.includes(status);

/** What a link of the page leads to, by its id. */
const hrefOf = ({ html }: PlainBrowser, id: string): string =>
  (new RegExp(`id="${id}"[^>]* href="([^"]+)"`).exec(html)?.[1] ?? '').replaceAll('&#38;', '&');

describe('before the sign-in', () => {
  it('the page says what it is about, and nothing of the invoice', async () => {
    const { id } = await createLinkIntent(world, invoiceOrder());
    const page = await at(id, world.newPayer());
    expect(page.status).toBe('sign-in');
    expect(page.text).toContain('Ledgerly lets you create a payment link for an invoice');
    expect(page.text).not.toContain('Client & Fils');
    expect(hrefOf(page, 'sign-in')).toContain('for=collect');
  });
});

describe('who is not connected to the provider', () => {
  // On a second try the first of them is.
  const unconnected = ['Noah Bernard', 'Adam Dupont'];

  it('fills in a form, goes on at the provider by a link, and comes back', async () => {
    const member = await newcomer(world, unconnected.shift() ?? '');
    const { journey, page } = await shown(undefined, member);
    expect([page.status, page.refreshes]).toEqual(['provider-not_connected', false]);
    await page.submit('provider', { phone: ['12'] });
    expect(page.text).toContain('no phone number with its country code');
    await page.submit('provider', { phone: ['+33612345678'] });
    expect([page.status, page.refreshes]).toEqual(['provider-pending', true]);
    const location = hrefOf(page, 'go-on');
    expect(page.text).toContain('Go on at Mollie');
    await onboardAt(member, location, 'disabled');
    await page.open();
    expect([page.status, page.refreshes]).toEqual(['provider-disabled', false]);
    await onboardAt(member, location, 'enabled');
    await page.open();
    expect(page.status).toBe('review');
    await journey.expectNone();
  });

  it('reads who may, and where Qonto has no links at all', async () => {
    const emma = await newcomer(world, 'Emma Schmidt');
    const hers = (await shown(undefined, emma)).page;
    expect(hers.status).toBe('not-allowed');
    expect(hers.text).toContain('Only an owner or admin of your company can make payment links');
    const nora = await newcomer(world, 'Nora Petit');
    const { page } = await shown(undefined, nora);
    await page.submit('provider', { phone: ['+33612345678'] });
    expect(page.status).toBe('provider-unavailable');
    expect(page.text).toContain('only in some countries, to some legal forms and on some plans');
  });
});

describe('without script', () => {
  it('a basket is shown with its VAT, its link made, shared, paid', async () => {
    const item = { title: 'Ink <b>', quantity: '2.5', unitPrice: '10.99', vatRate: '20' };
    const basket = { items: [{ ...item, measureUnit: 'hour', type: 'good' as const }] };
    const { journey, page } = await shown(basketOrder({ basket }));
    expect([page.status, page.refreshes]).toEqual(['review', false]);
    for (const text of ['Ink <b>', 'Goods', '2.5 hours', '€10.99', '20%', '€27.48', '€32.97']) {
      expect(page.text).toContain(text);
    }
    expect(page.text).toContain('VAT 20% on €27.48 €5.49');
    expect(page.text).toContain('Create payment link for €32.97');
    expect(page.fields('link').filter(([name]) => name === 'methods')).toEqual([
      ['methods', 'credit_card'],
      ['methods', 'ideal'],
    ]);
    await page.submit('link', { methods: [] });
    expect(page.text).toContain('Choose at least one way to pay.');
    await page.submit('link', { methods: ['ideal', 'credit_card'] });
    await page.shows(hasStatus('open'));
    expect(page.text).toContain('It can be paid until');
    const { url } = await journey.shows('open');
    expect(readQrCode(page.html)).toBe(url);
    expect(hrefOf(page, 'link-url')).toBe(url);
    expect(page.refreshes).toBe(true);
    await journey.paid();
    await journey.hint();
    await page.shows(hasStatus('paid'));
    expect(page.text).toContain('€32.97 · paid Card');
    expect([page.refreshes, page.html.includes('<form')]).toEqual([false, false]);
  });

  it('a link is deactivated, and another one made', async () => {
    const journey = await LinkJourney.made(world, alice);
    const page = await at(journey.id);
    await page.submit('link/deactivate');
    await page.shows(hasStatus('canceled'));
    expect(page.text).toContain('You can create a new one if the invoice is still due.');
    await page.submit('link');
    await page.shows(hasStatus('open'));
  });

  it('other links of the invoice are shown, and accepted by a box', async () => {
    const order = invoiceOrder({ methods: ['credit_card', 'paypal'] });
    const first = await LinkJourney.made(world, alice, order);
    const { url } = await first.shows('open');
    const { page } = await shown({ ...order, externalRef: `${order.externalRef}-B` });
    expect(page.text).toContain(`Invoice ${order.invoice?.number} Client Client & Fils SARL`);
    expect(page.html).toContain(url);
    expect(page.text).toContain('PayPal – not enabled at Mollie');
    await page.submit('link');
    expect(page.text).toContain('tick the box to create another one');
    await page.submit('link', { acceptOthers: ['yes'] });
    await page.shows(hasStatus('open'));
    await first.paid();
    await first.hint();
    await first.shows('paid');
    const third = await shown({ ...order, externalRef: `${order.externalRef}-C` });
    expect(third.page.text).toContain('has been paid by another link');
    expect(third.page.html).not.toContain('id="create-link"');
    const { number = '' } = order.invoice ?? {};
    const ofAnotherYear = await shown(invoiceOrder({}, { number }));
    expect(ofAnotherYear.page.text).toContain('make sure that it was for another invoice');
    expect(ofAnotherYear.page.html).toContain('id="create-link"');
  });

  it('after a lost answer the member chooses the link', async () => {
    const journey = await linkInDoubt(world, alice, { order: basketOrder() });
    const page = await at(journey.id);
    expect([page.status, page.refreshes]).toEqual(['choose', false]);
    const [candidate] = (await journey.shown()).link?.candidates ?? [];
    await page.submit('link/choose', { candidate: [candidate?.id ?? ''] });
    await page.shows(hasStatus('open'));
    expect(page.text).toContain('You can deactivate this link in your Qonto app.');
  });

  it('a link that is nowhere is given up by the member who has looked', async () => {
    const trouble = { resetBefore: true };
    const journey = await unansweredLink(world, alice, { trouble });
    const waiting = await at(journey.id);
    expect([waiting.status, waiting.refreshes]).toEqual(['unknown', true]);
    await world.database.query(
      "update links set first_sent_at = first_sent_at - interval '10 minutes' where intent_id = $1",
      [journey.id],
    );
    const page = await at(journey.id);
    expect([page.status, page.refreshes]).toEqual(['choose', false]);
    expect(page.text).toContain('We cannot find the link');
    await page.submit('link/choose', { candidate: ['nothing-found'] });
    await page.shows(hasStatus('failed'));
    expect(page.html).toContain('id="create-link"');
  });

  it('a refusal has its reason, and may be tried again; so may a link that has expired', async () => {
    const { page } = await shown();
    const errors = [{ code: 'invalid', detail: 'No', source: { pointer: '/items' } }];
    await world.bank.faults({ match: CREATE_LINK, do: { status: 422, body: { errors } } });
    await page.submit('link');
    await page.shows(hasStatus('refused'));
    expect(page.text).toContain('Qonto did not accept the link, and gave no reason that we know.');
    await world.bank.switches({ link_life_days: 1 });
    await page.submit('link');
    await page.shows(hasStatus('open'));
    await world.bank.switches({ link_life_days: 365 });
    await passLinkTime(world, 86_400);
    await page.shows(hasStatus('expired'));
    expect(page.html).toContain('id="create-link"');
  });

  it('a bank that does not answer is said so, and the page asks again', async () => {
    await world.bank.faults({ match: { path: CONNECTIONS, times: 9 }, do: { status: 503 } });
    const { page } = await shown();
    expect([page.status, page.refreshes]).toEqual(['unavailable', true]);
    expect(page.text).toContain('No link has been created.');
  });

  it('an invoice that was withdrawn gets no link', async () => {
    const { journey, page } = await shown();
    await world.partner('DELETE', `/partner/v1/intents/${journey.id}`);
    await page.open();
    expect(page.status).toBe('withdrawn');
    expect(page.html).not.toContain('<form');
  });

  it('it speaks French', async () => {
    const { journey, page } = await shown();
    await page.open(`/pay/${journey.id}/plain?lang=fr`);
    expect(page.html).toContain('<html lang="fr">');
    expect(page.text).toContain('Vérifier et créer le lien');
    expect(page.text).toContain('TVA 21 % sur 20,00 €'.replaceAll(' ', ' '));
  });
});

describe('on paper', () => {
  const print = async (intent: string, payer = alice, query = '') => {
    const headers = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document' };
    return payer.request(`${world.url}/pay/${intent}/print${query}`, { headers });
  };

  it('stand the order, the link and the bank transfer, each with a code that can be read', async () => {
    const order = invoiceOrder({ reference: 'Invoice 77' });
    const journey = await LinkJourney.made(world, alice, order);
    const { url } = await journey.shows('open');
    const answer = await print(journey.id);
    const html = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'nonce-");
    const [, byLink = '', byTransfer = ''] = html.split('<section');
    expect([readQrCode(byLink), byLink.includes(`>${url}<`)]).toEqual([url, true]);
    const { name, iban } = order.payee ?? {};
    expect(readQrCode(byTransfer).split('\n')).toEqual([
      ...['BCD', '002', '1', 'SCT', '', name, iban],
      ...[`EUR${order.invoice?.amount}`, '', '', 'Invoice 77'],
    ]);
    expect(html).toContain(iban?.replace(/(.{4})(?=.)/g, '$1 '));
    expect(html).toContain('Please pay once only');
    expect(html).not.toContain('<script');
    expect(await (await print(journey.id, alice, '?lang=fr')).text()).toContain('À payer à');
  });

  it('stands no way to pay any more once it is paid', async () => {
    const journey = await LinkJourney.made(world, alice);
    await journey.paid();
    await journey.hint();
    await journey.shows('paid');
    const html = await (await print(journey.id)).text();
    expect(html).toContain('id="said">Paid<');
    expect(html).not.toContain('class="qr"');
  });

  it('stands nothing for who is not signed in, nor of what is to be paid', async () => {
    const { id } = await createLinkIntent(world);
    const payment = await world.createIntent();
    for (const [intent, payer] of [
      [id, world.newPayer()],
      [payment.id, alice],
    ] as const) {
      const answer = await print(intent, payer);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/pay/${intent}`]);
    }
    const inside = { 'Sec-Fetch-Dest': 'iframe' };
    const framed = await alice.request(`${world.url}/pay/${id}/print`, { headers: inside });
    expect(framed.status).toBe(403);
  });
});
