import { randomUUID } from 'node:crypto';
import { type Answer, type Driver, type Json, MAIN_ACCOUNT, MATCH } from './driver.js';

export const ORDER_SCOPES = [
  'offline_access organization.read membership.read payment.write internal_transfer.write',
  'request_transfers.write request_review.write attachment.write',
].join(' ');

export interface Payee {
  readonly name: string;
  readonly iban: string;
}

export const CLOSE = { name: 'Jean Dupond', iban: 'FR7614508012341040087295167' };
export const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

/** One keyed call, ready to be sent and sent again. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function call(method: string, path: string, body?: unknown): Call {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { method, path, body: text, key: randomUUID() };
}

export function send(bank: Driver, token: string, wish: Call, session?: string): Promise<Answer> {
  return bank.send(wish.method, wish.path, {
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'X-Qonto-Idempotency-Key': wish.key,
      ...(session === undefined ? {} : { 'X-Qonto-Sca-Session-Token': session }),
      ...wish.headers,
    },
    ...(wish.body === '' ? {} : { body: wish.body }),
  });
}

/** Sends a call until the bank has carried it out: challenge, approval, replay. */
export async function carryOut(bank: Driver, token: string, wish: Call): Promise<Answer> {
  const first = await send(bank, token, wish);
  if (first.status !== 428) return first;
  await bank.decide(first.json.sca_session_token, 'allow');
  return send(bank, token, wish, first.json.sca_session_token);
}

export async function bulkProof(bank: Driver, token: string, payees: readonly Payee[]) {
  const requests = payees.map(({ name, iban }, index) => ({
    ...{ id: String(index), iban, beneficiary_name: name },
  }));
  const { json } = await bank.post('/v2/sepa/bulk_verify_payee', token, { requests });
  return json.proof_token.token as string;
}

export interface Line {
  readonly payee?: Payee;
  readonly beneficiary_id?: string;
  readonly [field: string]: unknown;
}

/** A bulk with a fresh proof for exactly its payees. */
export async function bulk(bank: Driver, token: string, lines: readonly Line[]): Promise<Call> {
  const proof = await bulkProof(
    bank,
    token,
    lines.map(({ payee = MATCH }) => payee),
  );
  const bulk_transfers = lines.map(({ payee = MATCH, ...fields }, index) => ({
    ...{ client_transfer_id: randomUUID(), amount: '10.00', reference: `INV-${index}` },
    ...(fields.beneficiary_id === undefined ? { beneficiary: payee } : {}),
    ...fields,
  }));
  const body = { vop_proof_token: proof, bank_account_id: MAIN_ACCOUNT, bulk_transfers };
  return call('POST', '/v2/sepa/bulk_transfers', body);
}

/** A recurring transfer with a fresh proof. */
export async function recurring(bank: Driver, token: string, fields: Json = {}): Promise<Call> {
  const { payee = MATCH, ...rest } = fields;
  const target = rest.beneficiary_id === undefined ? { beneficiary: payee } : {};
  return call('POST', '/v2/sepa/recurring_transfers', {
    vop_proof_token: await bank.proof(token, payee),
    recurring_transfer: {
      ...{ bank_account_id: MAIN_ACCOUNT, reference: 'Rent', amount: '500.00' },
      ...{ frequency: 'monthly', first_execution_date: today(), ...target, ...rest },
    },
  });
}

export function today(offsetDays = 0): string {
  return new Date(Date.now() + offsetDays * 86_400_000).toISOString().slice(0, 10);
}

export function sendFile(
  bank: Driver,
  token: string,
  file: { readonly content: Uint8Array; readonly name?: string; readonly part?: string },
): Promise<Answer> {
  const body = new FormData();
  const blob = new Blob([new Uint8Array(file.content)], { type: 'application/octet-stream' });
  body.append(file.part ?? 'file', blob, file.name ?? 'invoice.pdf');
  const headers = { authorization: `Bearer ${token}`, 'X-Qonto-Idempotency-Key': randomUUID() };
  return bank.send('POST', '/v2/attachments', { headers, body });
}

/** Uploads a document in the name of Alice; its id. */
export async function upload(bank: Driver, content: Uint8Array = PDF): Promise<string> {
  const token = await bank.token('alice', ORDER_SCOPES);
  return (await sendFile(bank, token, { content })).json.attachment.id;
}
