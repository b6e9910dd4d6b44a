import { addTwin, connectProvider } from './as-member.js';
import { linesOf, makeBatch } from './batch.js';
import type { Tour } from './guide.js';
import { OnboardingPage } from './onboarding-page.js';
import type { PayPage } from './pay-page.js';
import type { ReceivablePage } from './receivable-page.js';
import type { Visitor } from './visitor.js';

/** An admin who has connected no payment provider, and whom no other tour needs. */
const MEMBER = { key: 'zoe', name: 'Zoé Laurent', organization: 'ACME SAS' };
const UNTIL_DECIDED_S = 61;
const A_DAY_S = 24 * 3600;
/** Longer than the service waits for the answer to a link. */
const TOO_LATE_MS = 25_000;

interface CollectTour extends Tour {
  /** What the demo's addresses end in: its language. */
  query?: string;
}

/** What a payment link adds, on every page that has to do with it. */
export async function collectTour(tour: CollectTour): Promise<void> {
  const zoe = await tour.visitor.another();
  await connect(tour, zoe);
  await makeAndShare(tour, zoe);
  await isPaid(tour, zoe);
  await isStopped(tour, zoe);
  await expires(tour, zoe);
  await isLost(tour, zoe);
  await zoe.leave();
  await mayNot(tour);
  await payByTransfer(tour);
  // What was made here is no journey's business.
  await tour.bank.startCounting();
}

async function connect({ look, query }: CollectTour, zoe: Visitor): Promise<void> {
  const shop = await zoe.openReceivable('basket', query);
  await look('collect-open', shop.page);
  const pay = await zoe.openPayPage(shop.intent);
  await pay.becomes('sign-in');
  await look('collect-sign-in', pay.page);
  await look('plain-collect-sign-in', (await zoe.openPlainPage(shop.intent)).page);
  await pay.page.locator('#sign-in').click();
  const bank = pay.page;
  await bank.getByRole('button', { name: MEMBER.name, exact: true }).click();
  await bank.getByRole('button', { name: MEMBER.organization, exact: true }).click();
  await bank.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  await look('bank-consent-collect', bank);
  await bank.getByRole('button', { name: 'Allow', exact: true }).click();
  await pay.becomes('provider');
  await look('collect-connect', pay.page);
  await pay.page.locator('#phone').fill('12');
  await pay.page.locator('#connect-provider').click();
  await pay.page.locator('#phone[aria-invalid=true]').waitFor();
  await look('collect-connect-wrong', pay.page);
  await look('plain-collect-connect', (await zoe.openPlainPage(shop.intent)).page);
  const provider = await pay.connectProvider();
  await look('provider', provider.page);
  await provider.endsAs('pending');
  await pay.page.locator('a#connect-provider').waitFor();
  await look('collect-pending', pay.page);
  await pay.page.locator('a#connect-provider').click();
  await pay.page.waitForURL(/\/onboarding\//);
  await new OnboardingPage(pay.page).endsAs('disabled');
  await pay.becomes('provider');
  await look('collect-disabled', pay.page);
  await connectProvider(zoe.addresses, MEMBER.key);
  // As the provider leads back: what the service has read of it a moment ago no longer counts.
  await pay.page.goto(`${zoe.addresses.bff}/pay/${shop.intent}?provider=back`);
  await pay.page.locator('#create-link').waitFor();
  await closeAll(shop, pay);
}

async function makeAndShare(tour: CollectTour, zoe: Visitor): Promise<void> {
  const { look, query } = tour;
  const { shop, pay } = await review(tour, zoe, 'basket');
  await look('collect-review', pay.page);
  await look('plain-collect-review', (await zoe.openPlainPage(shop.intent)).page);
  for (const box of await pay.page.locator('[name=methods]:enabled').all()) await box.uncheck();
  await pay.createLink();
  await pay.page.locator('#missing').waitFor();
  await look('collect-no-method', pay.page);
  for (const box of await pay.page.locator('[name=methods]:enabled').all()) await box.check();
  await pay.createLink();
  await pay.becomes('open');
  await look('collect-ready', pay.page);
  await pay.page.locator('#link-qr summary').click();
  await pay.page.locator('#link-qr svg').waitFor();
  await look('collect-ready-qr', pay.page);
  await look('plain-collect-ready', (await zoe.openPlainPage(shop.intent)).page);
  const print = await zoe.context.newPage();
  await print.goto(`${zoe.addresses.bff}/pay/${shop.intent}/print`);
  await look('collect-print', print);
  await shop.page.reload();
  await shop.link.waitFor();
  await look('collect-share', shop.page);
  await shop.element.locator('button[aria-expanded=false][part=action]').click();
  await shop.element.locator('[part=qr]').waitFor();
  await look('collect-share-qr', shop.page);
  await closeAll(shop, pay);
  const many = await made(tour, zoe, 'reusable');
  const checkout = await zoe.openCheckout(await many.shop.sharedUrl());
  await checkout.payByCard();
  await many.pay.page.locator('#paid-count').waitFor();
  await look('collect-reusable', many.pay.page);
  await look('collect-share-reusable', many.shop.page);
  await closeAll(many.shop, many.pay);
  await look('collect-list', (await zoe.openReceivable('invoice', query)).page);
}

async function isPaid(tour: CollectTour, zoe: Visitor): Promise<void> {
  const { look, bank } = tour;
  const { shop, pay } = await made(tour, zoe, 'invoice');
  const checkout = await zoe.openCheckout(await shop.sharedUrl());
  await look('checkout', checkout.page);
  await checkout.payByCard('declined');
  await checkout.says('The payment was declined');
  await look('checkout-declined', checkout.page);
  await checkout.payByCard('pending');
  await Promise.all([shop, pay].map((page) => page.becomes('processing')));
  await look('checkout-pending', checkout.page);
  await look('collect-processing', pay.page);
  await look('collect-share-processing', shop.page);
  await bank.advanceSeconds(UNTIL_DECIDED_S);
  await Promise.all([shop, pay].map((page) => page.becomes('paid')));
  await shop.badgeBecomes('paid');
  await look('collect-paid', pay.page);
  await look('collect-share-paid', shop.page);
  await look('plain-collect-paid', (await zoe.openPlainPage(shop.intent)).page);
  await closeAll(shop, pay);
}

async function isStopped(tour: CollectTour, zoe: Visitor): Promise<void> {
  const { look } = tour;
  const { shop, pay } = await made(tour, zoe, 'invoice');
  await pay.page.locator('#deactivate').click();
  await look('collect-deactivate', pay.page);
  await pay.page.locator('#deactivate-yes').click();
  await Promise.all([shop, pay].map((page) => page.becomes('canceled')));
  await look('collect-canceled', pay.page);
  await look('collect-share-canceled', shop.page);
  await addTwin(zoe.addresses, MEMBER.key, shop.number);
  await pay.page.locator('#again').click();
  await pay.createLink();
  await pay.page.locator('#accept-others').waitFor();
  await look('collect-others', pay.page);
  await pay.createLink();
  await pay.page.locator('#accept-others[aria-invalid=true]').waitFor();
  await look('collect-others-undecided', pay.page);
  await closeAll(shop, pay);
}

async function expires(tour: CollectTour, zoe: Visitor): Promise<void> {
  const { look, bank } = tour;
  await bank.letLinksLive(1);
  const { shop, pay } = await made(tour, zoe, 'basket');
  await bank.advanceSeconds(A_DAY_S);
  await bank.letLinksLive(365);
  await Promise.all([shop, pay].map((page) => page.becomes('expired')));
  await look('collect-expired', pay.page);
  await look('collect-share-expired', shop.page);
  await closeAll(shop, pay);
}

/** The bank's answer comes too late, and its list has two links that may be the one. */
async function isLost(tour: CollectTour, zoe: Visitor): Promise<void> {
  const { look, bank } = tour;
  const { shop, pay } = await review(tour, zoe, 'invoice');
  await bank.answerLinkLate(TOO_LATE_MS);
  await pay.createLink();
  await pay.becomes('making');
  await look('collect-making', pay.page);
  await shop.page.reload();
  await shop.page.locator('qonto-pay-button [part=panel]').waitFor();
  await look('collect-share-making', shop.page);
  await bank.links.holds(1, shop.number);
  await addTwin(zoe.addresses, MEMBER.key, shop.number);
  await pay.becomes('unknown', TOO_LATE_MS);
  await pay.page.locator('#choose-link').waitFor();
  await look('collect-choose', pay.page);
  await look('collect-share-choose', shop.page);
  await look('plain-collect-choose', (await zoe.openPlainPage(shop.intent)).page);
  await pay.page.locator('[name=candidate]').first().check();
  await pay.page.locator('#choose-link').click();
  await pay.becomes('open');
  await look('collect-chosen', pay.page);
  await closeAll(shop, pay);
}

async function mayNot({ visitor, look, query }: CollectTour): Promise<void> {
  const emma = await visitor.another();
  const shop = await emma.openReceivable('invoice', query);
  const pay = await emma.openPayPage(shop.intent);
  await pay.signIn('Emma Schmidt');
  await pay.becomes('error');
  await look('collect-not-allowed', pay.page);
  await pay.switchMember('Nora Petit');
  await pay.page.locator('#phone').fill('+33 6 12 34 56 78');
  await pay.page.locator('#connect-provider').click();
  await pay.page.locator('#provider-form').waitFor({ state: 'detached' });
  await look('collect-unavailable', pay.page);
  await emma.leave();
}

async function payByTransfer({ visitor, look }: CollectTour): Promise<void> {
  const stranger = await visitor.another();
  const { intent } = await makeBatch(stranger.addresses, linesOf(3));
  const pay = await stranger.openPayPage(intent);
  const transfer = await pay.openBankTransfer();
  await transfer.locator('svg').waitFor();
  await look('bank-transfer', pay.page);
  const plain = await stranger.context.newPage();
  await plain.goto(`${stranger.addresses.bff}/pay/${intent}/plain?transfer=1`);
  await look('plain-bank-transfer', plain);
  await stranger.leave();
}

/** Where a link can be made, by who is connected. */
async function review(
  { query }: CollectTour,
  zoe: Visitor,
  kind: 'basket' | 'invoice' | 'reusable',
) {
  const shop = await zoe.openReceivable(kind, query);
  const pay = await zoe.openPayPage(shop.intent);
  await pay.page.locator('#create-link:not([aria-disabled])').waitFor();
  return { shop, pay };
}

/** A link that can be shared, on both pages. */
async function made(tour: CollectTour, zoe: Visitor, kind: 'basket' | 'invoice' | 'reusable') {
  const { shop, pay } = await review(tour, zoe, kind);
  await pay.createLink();
  await pay.becomes('open');
  await shop.page.reload();
  await shop.link.waitFor();
  return { shop, pay };
}

const closeAll = (shop: ReceivablePage, pay: PayPage): Promise<unknown> =>
  Promise.all([shop.page.close(), pay.page.close()]);
