import { z } from 'zod';
import { originOf } from '../payment-links/on-wire.js';
import { ENABLED_METHODS, METHODS } from '../payment-links/payment-desk.js';
import type { PaymentConnection } from '../payment-links/payment-link.js';
import { parseBody } from './body.js';
import type { ApiCall, Handler } from './endpoint.js';
import { requireCollector, requireConnection } from './payment-access.js';
import { notFound, refusal } from './refusal.js';

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:\/\//.test(text);

/** Facts 4.10. */
const Connection = z.object({
  partner_callback_url: z.string().refine(isWebAddress, 'must be a web address'),
  user_bank_account_id: z.string(),
  user_phone_number: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number'),
  business_description: z.string().min(80, 'must have at least 80 characters').nullable(),
  user_website_url: z
    .string()
    .refine((text) => isWebAddress(text) && !text.includes('@'), 'must be a web address')
    .nullish(),
});

export const createConnection: Handler = (call) => {
  requireCollector(call);
  const wish = parseBody(call, Connection);
  const { bank, caller } = call;
  const account = bank.ledger.account(caller.organizationId, wish.user_bank_account_id);
  if (account?.status !== 'active') {
    throw refusal(400, 'bank_account_not_found', 'Bank account not found', {
      pointer: '/user_bank_account_id',
    });
  }
  const connection = bank.payments.connect(caller, {
    accountId: account.id,
    callbackUrl: wish.partner_callback_url,
  });
  return { status: 201, body: onWire(connection, call) };
};

export const showConnection: Handler = (call) => {
  requireCollector(call);
  const { bank, caller } = call;
  const connection = bank.payments.connectionOf(caller);
  if (connection) return { status: 200, body: onWire(connection, call) };
  if (bank.switches.get('missing_connection') === 404) throw notFound('Connection');
  const accounts = [...bank.store.current.accounts.values()];
  const main = accounts.find(
    ({ organizationId, main }) => main && organizationId === caller.organizationId,
  );
  const nothing = { connection_location: '', status: 'not_connected', bank_account_id: main?.id };
  return { status: 200, body: nothing };
};

export const listMethods: Handler = (call) => {
  requireConnection(call);
  const methods = METHODS.map((name) => ({ name, enabled: ENABLED_METHODS.includes(name) }));
  return { status: 200, body: { payment_link_payment_methods: methods } };
};

/** Bare, and with the page that the user is to be sent to. */
function onWire({ token, status, accountId }: PaymentConnection, call: ApiCall) {
  return {
    connection_location: `${originOf(call.header('host'))}/onboarding/${token}`,
    status,
    bank_account_id: accountId,
  };
}
