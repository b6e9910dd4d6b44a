import { expect } from 'vitest';
import { journeys } from './support/journeys.js';
import { textOfQrCode } from './support/qr-code.js';
import type { Invoice } from './support/shop-page.js';

const world = journeys();
const { it } = world;

it.concurrent('offers a bank transfer before the sign-in: its code is read, its IBAN copied', async ({
  newVisitor,
}) => {
  const visitor = await newVisitor();
  const { invoice } = await visitor.openInvoice();
  const pay = await visitor.openPayPage(invoice.intent);
  await pay.becomes('sign-in');
  const transfer = await pay.openBankTransfer();
  expect(await textOfQrCode(transfer.locator('qpay-qr-code svg'))).toBe(epcText(invoice));
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await transfer.getByRole('button', { name: 'Copy the IBAN' }).click();
  await pay.says('Copied the IBAN.');
  expect(await pay.page.evaluate(() => navigator.clipboard.readText())).toBe(invoice.iban);
  visitor.expectNoProblems();
  await world.bank.expectNoTransfer(invoice);
});

it.concurrent('shows the same code to a browser without JavaScript', async ({ newVisitor }) => {
  const visitor = await newVisitor({ javaScriptEnabled: false });
  const { invoice } = await visitor.openInvoice();
  const pay = await visitor.openPlainPage(invoice.intent);
  await pay.page.getByRole('link', { name: 'Pay by bank transfer instead' }).click();
  expect(await textOfQrCode(pay.page.locator('svg.qr'))).toBe(epcText(invoice));
  visitor.expectNoProblems();
});

/** As EPC069-12 has it: version 002, SEPA credit transfer, no BIC, no purpose, no creditor reference. */
function epcText({ payee, iban, amountCents, number }: Invoice): string {
  const amount = `EUR${amountCents.slice(0, -2)}.${amountCents.slice(-2)}`;
  const lines = ['BCD', '002', '1', 'SCT', '', payee, iban, amount, '', '', `Invoice ${number}`];
  return lines.join('\n');
}
