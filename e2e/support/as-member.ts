import { setTimeout as sleep } from 'node:timers/promises';
import { callBank } from './control.js';
import type { Addresses } from './stack.js';

/** The member's company can collect: the payment provider has been connected before. */
export async function connectProvider(addresses: Addresses, member: string): Promise<void> {
  const call = await asMember(addresses, member, 'payment_link.read payment_link.write');
  const { organization } = (await call('/v2/organization')) as {
    organization: { bank_accounts: { id: string }[] };
  };
  const { connection_location } = (await call('/v2/payment_links/connections', {
    partner_callback_url: addresses.sandbox,
    user_bank_account_id: organization.bank_accounts[0]?.id,
    user_phone_number: '+33612345678',
    business_description: null,
  })) as { connection_location: string };
  await fetch(connection_location, {
    method: 'POST',
    body: new URLSearchParams({ answer: 'enabled' }),
    redirect: 'manual',
  });
}

interface WireLink {
  invoice_id: string;
  invoice_number: string;
  debitor_name: string;
  amount: unknown;
  potential_payment_methods: string[];
}

/** Another link like the newest one of this invoice, made by some other program of the company's. */
export async function addTwin(
  addresses: Addresses,
  member: string,
  invoiceNumber: string,
): Promise<void> {
  const call = await asMember(addresses, member, 'payment_link.read payment_link.write');
  const { payment_links } = (await call('/v2/payment_links')) as { payment_links: WireLink[] };
  const found = payment_links.find(({ invoice_number }) => invoice_number === invoiceNumber);
  if (!found) throw new Error(`The bank has no link of ${invoiceNumber}.`);
  const { invoice_id, invoice_number, debitor_name, amount, potential_payment_methods } = found;
  await call('/v2/payment_links', {
    payment_link: { invoice_id, invoice_number, debitor_name, amount, potential_payment_methods },
  });
}

/** Waits until our service is told what happens to this member. */
export async function isSubscribed(addresses: Addresses, member: string): Promise<void> {
  const call = await asMember(addresses, member, 'webhook');
  const { membership } = (await call('/v2/membership')) as { membership: { id: string } };
  const hasOne = async (): Promise<boolean> => {
    const { subscriptions } = (await call('/v2/webhook_subscriptions')) as {
      subscriptions: { membership_id: string }[];
    };
    return subscriptions.some(({ membership_id }) => membership_id === membership.id);
  };
  // Whoever waits has a limit of their own.
  while (!(await hasOne())) await sleep(100);
}

/** The bank's API as a member's own program would call it. */
async function asMember({ sandbox }: Addresses, member: string, scopes: string) {
  const { access_token: token } = (await callBank(`${sandbox}/_control/tokens`, {
    body: { member, scope: `organization.read membership.read ${scopes}` },
  })) as { access_token: string };
  return (path: string, body?: unknown): Promise<unknown> =>
    callBank(sandbox + path, { token, ...(body === undefined ? {} : { body }) });
}
