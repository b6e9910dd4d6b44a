import { randomUUID } from 'node:crypto';
import { createSandbox, type Sandbox, type SandboxOptions } from '../src/index.js';
import { faultOfAnswer } from './support/contract.js';

export const ALL_SCOPES = 'offline_access organization.read membership.read payment.write';
export const MAIN_ACCOUNT = '01930000-0000-7000-8003-000000000001';
export const EMPTY_ACCOUNT = '01930000-0000-7000-8003-000000000002';
export const MATCH = { name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' };
export const TRUSTED_BENEFICIARY = '01930000-0000-7000-8004-000000000001';
export const TRUSTED = { name: 'Papeterie du Centre', iban: 'FR7630004008281023456700050' };

// biome-ignore lint/suspicious/noExplicitAny: what a bank answers is looked into freely by its tests.
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export interface Transfer {
  readonly body: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A client of a bank of its own, as a program would be one. */
export class Driver {
  readonly url: string;
  readonly close: () => Promise<void>;
  // Scripted trouble answers as it likes.
  #isFaulty = false;

  constructor(sandbox: Sandbox) {
    this.url = sandbox.url;
    this.close = sandbox.close;
  }

  static async start(options: Partial<SandboxOptions> = {}): Promise<Driver> {
    return new Driver(await createSandbox({ port: 0, ...options }));
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.url + path, { redirect: 'manual', ...init, method });
    const text = await response.text();
    if (path === '/_control/faults') this.#isFaulty = method === 'POST';
    if (path === '/_control/reset') this.#isFaulty = false;
    const type = response.headers.get('content-type');
    const fault = faultOfAnswer({ method, path, status: response.status, type, text });
    if (fault !== undefined && !this.#isFaulty) throw new Error(fault);
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    return {
      ...{ status: response.status, headers: response.headers, text },
      json: isJson ? JSON.parse(text) : undefined,
    };
  }

  async control(method: string, path: string, body?: unknown): Promise<Json> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return (await this.send(method, `/_control${path}`, init)).json;
  }

  async token(member = 'alice', scope = ALL_SCOPES): Promise<string> {
    return (await this.control('POST', '/tokens', { member, scope })).access_token;
  }

  async get(path: string, token: string): Promise<Answer> {
    return this.send('GET', path, { headers: { authorization: `Bearer ${token}` } });
  }

  async post(path: string, token: string, body?: unknown, headers = {}): Promise<Answer> {
    return this.send('POST', path, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  async proof(token: string, payee: { name: string; iban: string }): Promise<string> {
    const check = { iban: payee.iban, beneficiary_name: payee.name };
    const { json } = await this.post('/v2/sepa/verify_payee', token, check);
    return json.proof_token?.token ?? json.errors[0].meta.proof_token.token;
  }

  /** The exact bytes and the key of one transfer, ready to be sent and sent again. */
  async transfer(token: string, fields: Json = {}, headers = {}): Promise<Transfer> {
    const payee = fields.beneficiary ?? (fields.beneficiary_id ? TRUSTED : MATCH);
    const proof = await this.proof(token, payee);
    const target = fields.beneficiary_id ? {} : { beneficiary: payee };
    const standard = {
      bank_account_id: MAIN_ACCOUNT,
      ...target,
      reference: 'INV-1',
      amount: '12.50',
    };
    const body = { vop_proof_token: proof, transfer: { ...standard, ...fields } };
    return { body: JSON.stringify(body), key: randomUUID(), headers };
  }

  async create(token: string, transfer: Transfer, session?: string): Promise<Answer> {
    return this.post('/v2/sepa/transfers', token, transfer.body, {
      'X-Qonto-Idempotency-Key': transfer.key,
      ...(session === undefined ? {} : { 'X-Qonto-Sca-Session-Token': session }),
      ...transfer.headers,
    });
  }

  /** Sends a transfer until the bank has it: challenge, approval, replay. */
  async pay(token: string, fields: Json = {}): Promise<Answer> {
    const transfer = await this.transfer(token, fields);
    const first = await this.create(token, transfer);
    if (first.status !== 428) return first;
    await this.decide(first.json.sca_session_token, 'allow');
    return this.create(token, transfer, first.json.sca_session_token);
  }

  async decide(session: string, decision: 'allow' | 'deny'): Promise<void> {
    await this.control('POST', `/sca-sessions/${session}/${decision}`);
  }

  async advance(seconds: number): Promise<void> {
    await this.control('POST', '/clock', { advanceSeconds: seconds });
  }

  async ledger(): Promise<Json> {
    return this.control('GET', '/ledger');
  }
}
