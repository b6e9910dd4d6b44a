/** The sandbox's control API: what the bank holds, and what it is told to do. */
export interface Ledger {
  transfers: {
    id: string;
    amount_cents: number;
    credit_iban: string;
    status: string;
    reference: string;
    note: string;
    idempotency_key: string;
    request_sha256: string;
  }[];
  pushes: { token: string; member: string }[];
  calls: Record<string, Record<string, number>>;
}

interface Magic {
  payees: { effect: string; name: string; iban: string }[];
  amounts: { effect: string; amount: string }[];
}

export interface ScaSession {
  token: string;
  member: string;
  result: string;
}

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

  async sessions(): Promise<ScaSession[]> {
    const answer = (await this.#call('GET', '/_control/sca-sessions')) as
      | ScaSession[]
      | { sca_sessions: ScaSession[] };
    return Array.isArray(answer) ? answer : answer.sca_sessions;
  }

  /** Decides on the newest challenge that waits. */
  async decide(decision: 'allow' | 'deny'): Promise<void> {
    const waiting = (await this.sessions()).filter(({ result }) => result === 'waiting');
    const { token } = found(waiting.at(-1), 'a waiting session');
    await this.#call('POST', `/_control/sca-sessions/${token}/${decision}`);
  }

  async advance(advanceSeconds: number): Promise<void> {
    await this.#call('POST', '/_control/clock', { advanceSeconds });
  }

  async faults(...faults: object[]): Promise<void> {
    await this.#call('POST', '/_control/faults', faults);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/_control/faults');
  }

  async token(member: string, scope: string): Promise<string> {
    const answer = (await this.#call('POST', '/_control/tokens', { member, scope })) as {
      access_token: string;
    };
    return answer.access_token;
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
