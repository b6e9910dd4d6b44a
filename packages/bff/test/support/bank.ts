/** The sandbox's control API: what the bank holds, and what it is told to do. */
export interface Ledger {
  transfers: {
    id: string;
    amount_cents: number;
    debit_iban: string;
    credit_iban: string;
    credit_name: string;
    status: string;
    declined_reason: string | null;
    reference: string;
    note: string;
    idempotency_key: string;
    request_sha256: string;
    initiator: string;
    created_at: string;
  }[];
  bulk_transfers: {
    id: string;
    idempotency_key: string;
    request_sha256: string;
    results: {
      client_transfer_id: string;
      transfer_id: string | null;
      amount_cents: number;
      status: string;
    }[];
  }[];
  payment_links: BankLinkRow[];
  pushes: { token: string; member: string; result: string }[];
  calls: Record<string, Record<string, number>>;
}

export interface BankLinkRow {
  id: string;
  status: string;
  amount_cents: number;
  reusable: boolean;
  payments: { id: string; status: string; payment_method: string }[];
}

/** One try to bring an event to a subscriber. */
export interface Told {
  id: string;
  type: string;
  outcome: number | 'no answer' | 'dropped';
}

interface Magic {
  payees: { effect: string; name: string; iban: string }[];
  amounts: { effect: string; amount: string }[];
}

export interface ScaSession {
  token: string;
  member: string;
  method: string;
  result: string;
  summary: {
    amount_cents: number;
    payee: string;
    iban: string;
    reference: string;
    title?: string;
    /** Of a bulk: every line. */
    count?: number;
    items?: { amount_cents: number; payee: string; iban: string; reference: string }[];
  };
}

/** What is scripted to go wrong at the bank (see the sandbox's README). */
export interface Fault {
  match: { method?: string; path?: string; nth?: number; times?: number };
  do: Record<string, unknown>;
}

export const CREATE_BULK = { method: 'POST', path: '/v2/sepa/bulk_transfers' };
export const LIST_BULKS = { method: 'GET', path: '/v2/sepa/bulk_transfers' };
export const READ_BULK = { method: 'GET', path: '/v2/sepa/bulk_transfers/*' };
export const BULK_CHECK = { method: 'POST', path: '/v2/sepa/bulk_verify_payee' };
export const CREATE = { method: 'POST', path: '/v2/sepa/transfers' };
export const LIST = { method: 'GET', path: '/v2/sepa/transfers' };
export const READ_TRANSFER = { method: 'GET', path: '/v2/sepa/transfers/*' };
export const POLL = { method: 'GET', path: '/v2/sca_sessions/*' };
export const PAYEES = { method: 'GET', path: '/v2/sepa/beneficiaries' };
export const READ_PAYEE = { method: 'GET', path: '/v2/sepa/beneficiaries/*' };
export const PAYEE_CHECK = { method: 'POST', path: '/v2/sepa/verify_payee' };

export class Bank {
  readonly url: string;
  #magic: Magic | undefined;

  constructor(url: string) {
    this.url = url;
  }

  async payee(effect: string): Promise<{ name: string; iban: string }> {
    return found(
      (await this.#readMagic()).payees.find((one) => one.effect === effect),
      effect,
    );
  }

  async amount(effect: string): Promise<string> {
    const { amounts } = await this.#readMagic();
    return found(
      amounts.find((one) => one.effect === effect),
      effect,
    ).amount;
  }

  async ledger(): Promise<Ledger> {
    return (await this.#call('GET', '/_control/ledger')) as Ledger;
  }

  /** The challenges of a payment with this reference, oldest first. */
  async sessions(reference?: string): Promise<ScaSession[]> {
    const all = (await this.#call('GET', '/_control/sca-sessions')) as ScaSession[];
    return all.filter(({ summary }) => !reference || summary.reference === reference);
  }

  /** Decides on the newest challenge that waits, as its member does on the phone. */
  async decide(decision: 'allow' | 'deny', reference?: string): Promise<void> {
    const waiting = (await this.sessions(reference)).filter(({ result }) => result === 'waiting');
    await this.answer(found(waiting.at(-1), 'a waiting session').token, decision);
  }

  async answer(token: string, decision: 'allow' | 'deny'): Promise<void> {
    await this.#call('POST', `/_control/sca-sessions/${token}/${decision}`);
  }

  /** What the bank holds of a payment with this reference. */
  async transfers(reference: string): Promise<Ledger['transfers']> {
    return (await this.ledger()).transfers.filter((one) => one.reference === reference);
  }

  /** How many creates the bank has answered, or cut off, with this outcome; or in all. */
  creates(outcome?: string): Promise<number> {
    return this.calls('POST /v2/sepa/transfers', outcome);
  }

  /** How many calls of this address there were, with this outcome or in all. */
  async calls(address: string, outcome?: string): Promise<number> {
    const { calls } = await this.ledger();
    return Object.entries(calls[address] ?? {})
      .filter(([name]) => !outcome || name === outcome)
      .reduce((sum, [, count]) => sum + count, 0);
  }

  async advance(advanceSeconds: number): Promise<void> {
    await this.#call('POST', '/_control/clock', { advanceSeconds });
  }

  async faults(...faults: Fault[]): Promise<void> {
    await this.#call('POST', '/_control/faults', faults);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/_control/faults');
  }

  async switches(changes: Record<string, unknown>): Promise<void> {
    await this.#call('PUT', '/_control/switches', changes);
  }

  /** What was tried of late to tell subscribers, the newest last. */
  async told(type?: string): Promise<Told[]> {
    const { tries } = (await this.#call('GET', '/_control/webhooks')) as { tries: Told[] };
    return tries.filter((one) => type === undefined || one.type === type);
  }

  /** The member withdraws their consent in the bank's own app. */
  async revokeConsent(member: string): Promise<void> {
    await this.#call('POST', '/_control/consent-revocations', { member });
  }

  async token(member: string, scope: string): Promise<string> {
    const answer = (await this.#call('POST', '/_control/tokens', { member, scope })) as {
      access_token: string;
    };
    return answer.access_token;
  }

  /** One call of another application, to which the member has allowed as much. */
  async as(
    { member, scope }: { member: string; scope: string },
    path: string,
    { method = 'GET', body }: { method?: string; body?: object } = {},
  ): Promise<Response> {
    const token = await this.token(member, scope);
    return fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async #readMagic(): Promise<Magic> {
    this.#magic ??= (await this.#call('GET', '/_control/magic')) as Magic;
    return this.#magic;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the sandbox has no ${what}`);
  return value;
}
