import { callBank } from './control.js';
import type { Addresses } from './stack.js';

const SCOPE = 'organization.read payment_link.read payment_link.write';

/** The member's company can collect: the payment provider has been connected before. */
export async function connectProvider({ sandbox }: Addresses, member: string): Promise<void> {
  const { access_token: token } = (await callBank(`${sandbox}/_control/tokens`, {
    body: { member, scope: SCOPE },
  })) as { access_token: string };
  const { organization } = (await callBank(`${sandbox}/v2/organization`, { token })) as {
    organization: { bank_accounts: { id: string }[] };
  };
  const { connection_location } = (await callBank(`${sandbox}/v2/payment_links/connections`, {
    token,
    body: {
      partner_callback_url: sandbox,
      user_bank_account_id: organization.bank_accounts[0]?.id,
      user_phone_number: '+33612345678',
      business_description: null,
    },
  })) as { connection_location: string };
  await fetch(connection_location, {
    method: 'POST',
    body: new URLSearchParams({ answer: 'enabled' }),
    redirect: 'manual',
  });
}
