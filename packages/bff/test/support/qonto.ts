import { randomUUID } from 'node:crypto';
import { createSandbox, type Sandbox } from '@qonto-pay/sandbox';
import type { AttemptKind, BankRequest, OrderItem } from '../../src/payments/ports.js';
import { QontoBank, type QontoBankOptions } from '../../src/qonto/qonto-bank.js';

export const MAIN = {
  accountId: '01930000-0000-7000-8003-000000000001',
  accountIban: 'FR7616958000011111111110107',
};
export const MATCH = { name: 'Atelier Lumière SARL', iban: 'FR7610278008281039295362036' };
export const PERSON = { name: 'Default Match Person', iban: 'FR7616958000014849440866435' };
export const TRUSTED = { name: 'Papeterie du Centre', iban: 'FR7630004008281023456700050' };
const SCOPES =
  'offline_access organization.read membership.read payment.write ' +
  'attachment.write request_transfers.write request_review.write';

/** Qonto's adapter at a sandbox of its own, without the rest of the service. */
export class QontoAtSandbox {
  readonly #sandbox: Sandbox;
  #accessToken = '';

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  static async start(): Promise<QontoAtSandbox> {
    return new QontoAtSandbox(await createSandbox({ port: 0 }));
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  /** A fresh bank, and Alice, its owner, signed in. */
  async reset(): Promise<void> {
    await this.control('POST', '/reset');
    await this.signIn('alice');
  }

  async signIn(member: string, scope = SCOPES, organization?: string): Promise<void> {
    const wish = { member, scope, ...(organization && { organization }) };
    const tokens = (await this.control('POST', '/tokens', wish)) as { access_token: string };
    this.#accessToken = tokens.access_token;
  }

  bank(options: Partial<QontoBankOptions> = {}): QontoBank {
    const token = async () => this.#accessToken;
    return new QontoBank({
      baseUrl: this.#sandbox.url,
      tokens: { forConnection: token, renew: token },
      budget: { take: async () => true },
      ...options,
    });
  }

  async send(kind: AttemptKind, request: BankRequest, session?: string) {
    const ready = await this.bank().ready('c');
    return ready.send(attemptOf(kind, request), session);
  }

  /** Sends, approves as the member would on the phone, and sends the same again. */
  async sendApproved(kind: AttemptKind, request: BankRequest) {
    const attempt = attemptOf(kind, request);
    const ready = await this.bank().ready('c');
    const first = await ready.send(attempt);
    if (first.kind !== 'approval_needed') return first;
    await this.control('POST', `/sca-sessions/${first.session}/allow`);
    return (await this.bank().ready('c')).send(attempt, first.session);
  }

  async switches(values: Record<string, unknown>): Promise<void> {
    await this.control('PUT', '/switches', values);
  }

  async advance(advanceSeconds: number): Promise<void> {
    await this.control('POST', '/clock', { advanceSeconds });
  }

  async fault(match: object, trouble: object): Promise<void> {
    await this.control('POST', '/faults', [{ match, do: trouble }]);
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.#sandbox.url}/_control${path}`, { method, ...init });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }
}

export function attemptOf(kind: AttemptKind, request: BankRequest) {
  return { kind, bankKey: randomUUID(), request, approvalMethod: 'paired-device' as const };
}

export function orderItem(item: Partial<OrderItem> = {}): OrderItem {
  return {
    clientTransferId: randomUUID(),
    payee: MATCH,
    amountCents: 1_250n,
    remittance: 'INV-1',
    note: 'QP-1',
    scheduledOn: undefined,
    attachmentIds: [],
    ...item,
  };
}
