import { createHmac, randomUUID } from 'node:crypto';

export interface SignedEvent {
  body: string;
  signature: string;
}

/** The bank's news of a transfer that nobody here has made, with all fields, signed now. */
export function signedEvent(secret: string): SignedEvent {
  const now = new Date();
  const body = JSON.stringify({
    id: randomUUID(),
    subscription_id: randomUUID(),
    organization_id: randomUUID(),
    membership_id: randomUUID(),
    type: 'v1/transfers',
    created_at: now.toISOString(),
    data: {
      event: 'settled',
      id: randomUUID(),
      initiator_id: randomUUID(),
      bank_account_id: randomUUID(),
      beneficiary_id: randomUUID(),
      amount: '1234.50',
      amount_cents: 123_450,
      amount_currency: 'EUR',
      status: 'settled',
      reference: 'Invoice 1042',
      note: 'a note of some length, as members write them',
      declined_reason: null,
      scheduled_date: now.toISOString().slice(0, 10),
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    },
  });
  const seconds = Math.floor(now.getTime() / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { body, signature: `t=${seconds},v1=${digest}` };
}
