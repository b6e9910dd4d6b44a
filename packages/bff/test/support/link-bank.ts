import type { CreateLinkIntent } from '@qonto-pay/shared';
import { expect } from 'vitest';
import { expectStatus } from './asking.js';
import type { Bank } from './bank.js';
import type { Payer } from './payer.js';
import type { World } from './world.js';

export const CREATE_LINK = { method: 'POST', path: '/v2/payment_links' };
export const LIST_LINKS = { method: 'GET', path: '/v2/payment_links' };
export const READ_LINK = { method: 'GET', path: '/v2/payment_links/*' };
export const READ_PAYMENTS = { method: 'GET', path: '/v2/payment_links/*/payments' };
export const DEACTIVATE_LINK = { method: 'PATCH', path: '/v2/payment_links/*/deactivate' };
export const CONNECTIONS = '/v2/payment_links/connections';

const SCOPE = 'organization.read payment_link.read payment_link.write';

/** What the client's card does, as the sandbox has it. */
const CARDS = {
  paid: '4242 4242 4242 4242',
  failed: '4000 0000 0000 0002',
  'pending, then paid': '4000 0000 0000 3220',
  'pending, then failed': '4000 0000 0000 0341',
};
export type Card = keyof typeof CARDS;

/** What a client does on the public page of a link. */
export async function payLink(url: string, card: Card = 'paid'): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      ...{ method: 'credit_card', card: CARDS[card], email: 'client@example.com' },
    }),
  });
  expect(answer.status).toBe(303);
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

/** The member has connected the provider in the bank's own app. */
export async function acceptPayments({ bank, url }: World, member: string): Promise<void> {
  const organization = await bank.as({ member, scope: SCOPE }, '/v2/organization');
  const { organization: company } = (await organization.json()) as {
    organization: { bank_accounts: { id: string }[] };
  };
  const body = {
    ...{ partner_callback_url: `${url}/pay`, business_description: null },
    user_bank_account_id: company.bank_accounts[0]?.id,
    user_phone_number: '+33612345678',
  };
  const connected = await bank.as({ member, scope: SCOPE }, CONNECTIONS, { method: 'POST', body });
  await expectStatus(connected.clone(), 201);
  const { connection_location: page } = (await connected.json()) as { connection_location: string };
  const answer = new URLSearchParams({ answer: 'enabled' });
  await fetch(page, { method: 'POST', body: answer, redirect: 'manual' });
}

/** The same link, made by a member in the bank's own app: nobody of ours knows of it. */
export async function makeLinkElsewhere(
  bank: Bank,
  { basket, invoice, reusable = false }: CreateLinkIntent,
  member: string,
): Promise<string> {
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
  const answer = await bank.as({ member, scope: SCOPE }, CREATE_LINK.path, {
    method: 'POST',
    body: { payment_link: { ...content, potential_payment_methods: ['credit_card'] } },
  });
  await expectStatus(answer.clone(), 201);
  const { payment_link: link } = (await answer.json()) as { payment_link: { id: string } };
  return link.id;
}
