import type { Page } from 'playwright-core';
import type { Look, Tour } from './guide.js';
import type { PayPage } from './pay-page.js';
import type { Visitor, Wish } from './visitor.js';

/** Who signs in: the tours of one bank must not use up one member's checks and approvals. */
const MEMBER = { key: 'adam', name: 'Adam Dupont' };
const PAST_THE_DEADLINE_S = 16 * 60;

/** Every state of one invoice: the partner's page, the pay page (with script and without), the phone. */
export async function oneTour(tour: Tour): Promise<void> {
  await reviews(tour);
  await settles(tour);
  await isRefused(tour);
  await expires(tour);
  await isCanceled(tour);
  await isDeclined(tour);
  await hasNoPhone(tour);
  await odds(tour);
}

async function reviews({ visitor, look }: Tour): Promise<void> {
  const shop = await visitor.openInvoice();
  await look('shop-open', shop.page);
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.becomes('sign-in');
  await look('pay-sign-in', pay.page);
  await pay.page.locator('#sign-in').click();
  await pay.page.getByRole('button', { name: MEMBER.name, exact: true }).waitFor();
  await look('bank-sign-in', pay.page);
  await pay.page.getByRole('button', { name: MEMBER.name, exact: true }).click();
  await pay.page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  await look('bank-consent', pay.page);
  await pay.page.getByRole('button', { name: 'Allow', exact: true }).click();
  await pay.payeeCheckIs('match');
  await look('pay-review-match', pay.page);
  for (const result of ['close-match', 'no-match', 'not-possible']) {
    const { pay: review } = await open(visitor, { payee: result });
    await review.payeeCheckIs(result.replace('-', '_'));
    await look(`pay-review-${result}`, review.page);
    if (result === 'no-match') await decisionMissing(review, look);
    await review.page.close();
  }
  await pay.page.close();
  await shop.page.close();
}

async function decisionMissing(review: PayPage, look: Look): Promise<void> {
  await review.confirm();
  await review.page.locator('#accept-payee[aria-invalid="true"]').waitFor();
  await look('pay-review-undecided', review.page);
}

async function settles({ visitor, bank, look }: Tour): Promise<void> {
  const phone = await visitor.openPhone(MEMBER.key);
  await look('phone-empty', phone.page);
  const { shop, pay } = await confirmed(visitor, { amount: 'slow-settlement' });
  await look('pay-approval', pay.page);
  await look('shop-approval', shop.page);
  await phone.card(shop.invoice).waitFor();
  await look('phone-waiting', phone.page);
  await pay.page.locator('#cancel').click();
  await look('pay-cancel-asked', pay.page);
  await pay.page.getByRole('button', { name: 'No, go on' }).click();
  const plain = await visitor.openPlainPage(shop.invoice.intent);
  await look('plain-approval', plain.page);
  await phone.approve(shop.invoice);
  await look('phone-answered', phone.page);
  await Promise.all([pay, shop].map((page) => page.becomes('processing')));
  await look('pay-processing', pay.page);
  await look('shop-processing', shop.page);
  await bank.expectOneTransfer(shop.invoice);
  await closeAll([pay.page, shop.page, plain.page, phone.page]);
  await settled({ visitor, bank, look });
}

async function settled({ visitor, bank, look }: Tour): Promise<void> {
  const phone = await visitor.openPhone(MEMBER.key);
  const { shop, pay } = await confirmed(visitor);
  await phone.approve(shop.invoice);
  await Promise.all([pay, shop].map((page) => page.becomes('settled')));
  await look('pay-settled', pay.page);
  await shop.badgeBecomes('paid');
  await look('shop-settled', shop.page);
  const plain = await visitor.openPlainPage(shop.invoice.intent);
  await look('plain-settled', plain.page);
  await bank.expectOneTransfer(shop.invoice);
  await closeAll([pay.page, shop.page, plain.page, phone.page]);
}

async function isRefused({ visitor, look }: Tour): Promise<void> {
  const phone = await visitor.openPhone(MEMBER.key);
  const { shop, pay } = await confirmed(visitor);
  await phone.refuse(shop.invoice);
  await Promise.all([pay, shop].map((page) => page.becomes('denied')));
  await look('pay-denied', pay.page);
  await look('shop-denied', shop.page);
  await closeAll([pay.page, shop.page, phone.page]);
}

async function expires({ visitor, bank, look }: Tour): Promise<void> {
  const { shop, pay } = await confirmed(visitor);
  await bank.advanceSeconds(PAST_THE_DEADLINE_S);
  await Promise.all([pay, shop].map((page) => page.becomes('expired')));
  await look('pay-expired', pay.page);
  await look('shop-expired', shop.page);
  await closeAll([pay.page, shop.page]);
}

async function isCanceled({ visitor, look }: Tour): Promise<void> {
  const { shop, pay } = await confirmed(visitor);
  await pay.page.locator('#cancel').click();
  await pay.page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await Promise.all([pay, shop].map((page) => page.becomes('canceled')));
  await look('pay-canceled', pay.page);
  await look('shop-canceled', shop.page);
  await closeAll([pay.page, shop.page]);
}

async function isDeclined({ visitor, look }: Tour): Promise<void> {
  const phone = await visitor.openPhone(MEMBER.key);
  const { shop, pay } = await confirmed(visitor, { amount: 'insufficient-funds' });
  await phone.approve(shop.invoice);
  await Promise.all([pay, shop].map((page) => page.becomes('declined')));
  await look('pay-declined', pay.page);
  await look('shop-declined', shop.page);
  await closeAll([pay.page, shop.page, phone.page]);
}

async function hasNoPhone({ visitor, look }: Tour): Promise<void> {
  const shop = await visitor.openInvoice();
  const pay = await visitor.openPayPage(shop.invoice.intent);
  await pay.becomes('review');
  await pay.switchMember('Noah Bernard');
  await pay.payeeCheckIs('match');
  await pay.confirm();
  await pay.becomes('not_enrolled');
  await look('pay-not-enrolled', pay.page);
  await closeAll([pay.page, shop.page]);
}

/** What most payers never meet. */
async function odds({ visitor, look }: Tour): Promise<void> {
  const stranger = await visitor.another();
  const shop = await stranger.openInvoice();
  const plain = await stranger.openPlainPage(shop.invoice.intent);
  await look('plain-sign-in', plain.page);
  await plain.signIn(MEMBER.name);
  const review = await stranger.openPlainPage(shop.invoice.intent);
  await review.payeeCheckIs('match');
  await look('plain-review', review.page);
  const { page } = await stranger.openPayPage('in_00000000000000000000000000');
  await look('pay-unknown', page);
  await page.goto(`${stranger.addresses.bff}/pay/opening?flow=AAAAAAAAAAAAAAAAAAAAAA`);
  await look('pay-opening', page);
  await page.goto(`${stranger.addresses.shop}/invoices/INV-NONE-01`);
  await look('shop-missing', page);
  await page.goto(`${shop.page.url()}?block-script=1`);
  await look('shop-script-blocked', page);
  await page.goto(`${stranger.addresses.sandbox}/phone`);
  await look('phone-whose', page);
  await shop.element.evaluate((element) => {
    // On a phone the window would not even be tried.
    element.setAttribute('presentation', 'popup');
    // As a blocker answers.
    window.open = () => null;
  });
  await shop.button.click();
  await shop.panelSays('Go on in this tab');
  await look('shop-window-blocked', shop.page);
  await stranger.leave();
}

async function open(visitor: Visitor, wish?: Wish) {
  const shop = await visitor.openInvoice(wish);
  const pay = await visitor.openPayPage(shop.invoice.intent);
  return { shop, pay };
}

/** A payment that waits for the phone, on both pages. */
async function confirmed(visitor: Visitor, wish?: Wish) {
  const { shop, pay } = await open(visitor, wish ?? { payee: 'match' });
  await pay.payeeCheckIs('match');
  await pay.confirm();
  await pay.becomes('approval_needed');
  await shop.page.reload();
  await shop.becomes('approval_needed');
  return { shop, pay };
}

const closeAll = (pages: readonly Page[]): Promise<unknown> =>
  Promise.all(pages.map((page) => page.close()));
