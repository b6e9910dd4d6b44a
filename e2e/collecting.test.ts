import { beforeAll, expect } from 'vitest';
import { connectProvider, isSubscribed } from './support/as-member.js';
import { journeys } from './support/journeys.js';
import { enter } from './support/keyboard.js';
import { PayPage } from './support/pay-page.js';
import { textOfQrCode } from './support/qr-code.js';

const world = journeys();
const { it } = world;
beforeAll(() => connectProvider(world.addresses, 'alice'));

it.concurrent('connects the provider, makes a link, shares it in four ways, and sees the client pay', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openReceivable('basket');
  const popup = await shop.pressPay();
  await popup.signIn('Noah Bernard');
  await popup.says('Connect Mollie first');
  const provider = await popup.connectProvider();
  await provider.endsAs('enabled');
  await popup.says('Check and create the link');
  await popup.createLink();
  await popup.closesItself();
  await shop.becomes('open');
  await shop.buttonOffers('Share payment link');
  await shop.badgeBecomes('shared');

  const url = await shop.sharedUrl();
  expect(await shop.copy()).toBe(url);
  expect(await shop.qrText()).toBe(url);
  const { subject, body } = await shop.emailDraft();
  expect(subject).toBe('Payment of €1,050.00');
  expect(body.split('\r\n\r\n')).toContain(url);
  const opened = await shop.openLink();
  expect(opened.url()).toBe(url);
  expect(await opened.evaluate(() => window.opener === null)).toBe(true);

  const pay = await visitor.openPayPage(shop.intent);
  await pay.becomes('open');
  const client = await newVisitor();
  const checkout = await client.openCheckout(url);
  await checkout.payByCard();
  await checkout.says('Paid. Thank you!');
  await Promise.all([shop, pay].map((page) => page.becomes('paid')));
  await shop.buttonSays('Paid');
  await shop.badgeBecomes('paid');
  expect(await shop.link.count()).toBe(0);
  visitor.expectNoProblems();
  client.expectNoProblems();
  const paid = { url, amountCents: shop.amountCents, status: 'paid', payments: ['paid'] };
  await world.bank.links.expectLinks([paid]);
});

it.concurrent('stops a link on the pay page: the client cannot pay it, and a new one may be made', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openReceivable();
  const popup = await shop.pressPay();
  await popup.signIn();
  await popup.createLink();
  await popup.closesItself();
  const first = await shop.sharedUrl();
  const client = await newVisitor();
  const checkout = await client.openCheckout(first);

  const pay = await visitor.openPayPage(shop.intent);
  await pay.becomes('open');
  await pay.deactivateLink();
  await Promise.all([shop, pay].map((page) => page.becomes('canceled')));
  await shop.badgeBecomes('unpaid');
  await checkout.payByCard();
  await checkout.says('This link has been withdrawn.');

  const again = await shop.pressPay();
  await again.page.locator('#again').click();
  await again.createLink();
  await shop.becomes('open');
  const second = await shop.sharedUrl();
  visitor.expectNoProblems();
  const { amountCents, number } = shop;
  await world.bank.links.expectLinks(
    [
      { url: first, amountCents, status: 'canceled' },
      { url: second, amountCents, status: 'open' },
    ],
    number,
  );
});

it.concurrent('tells a colleague without the right, and a plan without links, in a sentence', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const shop = await visitor.openReceivable();
  const pay = await visitor.openPayPage(shop.intent);
  await pay.signIn('Emma Schmidt');
  await pay.says('Only an owner or admin of your company can make payment links');
  expect(await pay.page.locator('#create-link').count()).toBe(0);
  await pay.switchMember('Nora Petit');
  const phone = pay.page.locator('#phone');
  await phone.or(pay.page.getByText('No payment links for your company')).first().waitFor();
  // What Qonto said to her is remembered for a while: another journey may have asked before.
  if (await phone.isVisible()) {
    await phone.fill('+33 6 12 34 56 78');
    await pay.page.locator('#connect-provider').click();
  }
  await pay.says('No payment links for your company');
  await world.bank.links.expectNoLink(shop.number);
});

it.concurrent('makes a link that two clients pay, and counts them, in French', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ locale: 'fr-FR' });
  const shop = await visitor.openReceivable('reusable', '?lang=fr');
  const popup = await shop.pressPay();
  await popup.signIn();
  await popup.says('Vérifier et créer le lien');
  await popup.createLink();
  await popup.closesItself();
  await shop.buttonOffers('Partager le lien de paiement');
  const url = await shop.sharedUrl();
  expect((await shop.emailDraft()).subject).toContain('120,00');
  for (const times of ['1 fois', '2 fois']) {
    const client = await newVisitor();
    const checkout = await client.openCheckout(url);
    await checkout.payByCard();
    await checkout.says('Paid. Thank you!');
    await shop.panelSays(times);
    client.expectNoProblems();
  }
  await shop.becomes('open');
  const pay = await visitor.openPayPage(shop.intent);
  await pay.page.locator('#paid-count').waitFor();
  visitor.expectNoProblems();
  const { amountCents } = shop;
  await world.bank.links.expectLinks([
    { url, amountCents, status: 'open', payments: ['paid', 'paid'] },
  ]);
});

it.concurrent('makes and shares a link with the keyboard alone', async ({ newVisitor }) => {
  const visitor = await newVisitor({ viewport: { width: 1280, height: 900 } });
  const shop = await visitor.openReceivable();
  const popup = shop.page.waitForEvent('popup');
  await enter(shop.page, shop.button);
  const pay = new PayPage(await popup);
  const { page } = pay;
  const signInAtBank = async (): Promise<void> => {
    await enter(page, page.getByRole('button', { name: 'Alice Martin', exact: true }));
    await enter(page, page.getByRole('button', { name: 'Allow', exact: true }));
  };
  await enter(page, page.locator('#sign-in'));
  await signInAtBank();
  if (await pay.isAskedAgain('Alice Martin')) await signInAtBank();
  await enter(page, page.locator('#create-link:not([aria-disabled])'));
  const url = await shop.sharedUrl();
  await enter(shop.page, shop.element.getByRole('button', { name: 'Copy link' }));
  await shop.panelSays('Link copied');
  const opened = visitor.context.waitForEvent('page');
  await enter(shop.page, shop.link);
  expect((await opened).url()).toBe(url);
  visitor.expectNoProblems();
  const made = { url, amountCents: shop.amountCents, status: 'open' };
  await world.bank.links.expectLinks([made], shop.number);
});

it.concurrent('makes a link without any JavaScript, prints it, and learns that it is paid', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ javaScriptEnabled: false });
  const shop = await visitor.openReceivable();
  await shop.element.getByRole('link', { name: 'Create a payment link with Qonto' }).click();
  const pay = new PayPage(shop.page);
  await pay.becomes('sign-in');
  await pay.signIn();
  await pay.becomes('review');
  await pay.looksAMoment();
  await pay.createLink();
  await pay.becomes('open');
  const url = (await pay.page.locator('#link-url').getAttribute('href')) ?? '';
  await pay.page.locator('#print').click();
  await pay.page.waitForURL(/\/print\?/);
  expect(await textOfQrCode(pay.page.locator('svg.qr').first())).toBe(url);
  await pay.page.goBack();
  const client = await newVisitor();
  const checkout = await client.openCheckout(url);
  await checkout.payByCard();
  await checkout.says('Paid. Thank you!');
  // A page without script refreshes itself at its own pace; who waits may press reload.
  while ((await pay.main.getAttribute('data-status')) !== 'paid') await pay.page.reload();
  await pay.page.locator('#back').click();
  await shop.badgeBecomes('paid');
  visitor.expectNoProblems();
  const paid = { url, amountCents: shop.amountCents, status: 'paid', payments: ['paid'] };
  await world.bank.links.expectLinks([paid], shop.number);
});

it.concurrent('asks to sign in as soon as the member takes the permission back at the bank', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const { invoice } = await visitor.openInvoice();
  const pay = await visitor.openPayPage(invoice.intent);
  await pay.signIn('Mia Rossi');
  await pay.says('as Mia Rossi');
  await isSubscribed(world.addresses, 'mia');
  await world.bank.revokeConsent('mia');
  await pay.becomes('sign-in');
  expect(await pay.page.getByText('Mia Rossi').count()).toBe(0);
  await pay.signIn('Mia Rossi');
  await pay.says('as Mia Rossi');
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(invoice);
});
