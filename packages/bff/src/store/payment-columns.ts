import { sql } from 'kysely';
import { packRows } from './packed-rows.js';
import type { PaymentItemJson, PaymentRow } from './rows.js';

/** The statuses that free an invoice again, as in the unique index of I-2. */
export const RELEASED = sql`('declined', 'denied', 'expired', 'not_enrolled', 'canceled', 'failed')`;

const PAYMENT_FIELDS = [
  'id',
  'partner_id',
  'intent_id',
  'connection_id',
  'organization_id',
  'kind',
  'status',
  'reason',
  'version',
  'account_id',
  'account_name',
  'account_iban',
  'amount_cents',
  'bank_id',
  'created_at',
  'updated_at',
] as const;

const ITEMS = packRows<PaymentItemJson>(
  {
    index: 'r.index',
    externalRef: 'r.external_ref',
    amountCents: 'r.amount_cents::text',
    payeeName: 'r.payee_name',
    payeeIban: 'r.payee_iban',
    beneficiaryId: 'r.beneficiary_id',
    remittance: 'r.remittance',
    scheduledOn: 'r.scheduled_on',
    clientTransferId: 'r.client_transfer_id',
    status: 'r.status',
    reason: 'r.reason',
    transferId: 'r.transfer_id',
    payeeVerified: 'r.payee_verified',
  },
  'r.index',
);

/** The columns of payment `p`, renamed so that they stand beside another table's, and its items. */
export const paymentColumns = sql.join([
  ...PAYMENT_FIELDS.map((name) => sql`p.${sql.ref(name)} as ${sql.ref(`p_${name}`)}`),
  sql`(select ${ITEMS} from payment_items r where r.payment_id = p.id) as p_items`,
]);

/** Picks the payment out of a row that was read with `paymentColumns`. */
export function pickPayment(row: Record<string, unknown>): PaymentRow | null {
  if (row.p_id === null) return null;
  const picked = [...PAYMENT_FIELDS, 'items'].map((name) => [name, row[`p_${name}`]]);
  return Object.fromEntries(picked) as PaymentRow;
}
