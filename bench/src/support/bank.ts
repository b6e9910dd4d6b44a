import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plainFetch } from './bank-calls.js';

export interface Approval {
  token: string;
  member: string;
  result: string;
  summary: { amount_cents: number };
  created_at: string;
}

export interface Transfer {
  amount_cents: number;
  credit_iban: string;
  status: string;
}

/** Read so by the bank's own program: it is not one of the package's entry points. */
const SANDBOX = fileURLToPath(new URL('main.ts', import.meta.resolve('@qonto-pay/sandbox')));

/** The sandbox in a process of its own, so that its work is not counted as the service's. */
export class Bank {
  readonly url: string;
  readonly #stop: () => Promise<void>;

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url;
    this.#stop = stop;
  }

  static async start(redirectUri: string): Promise<Bank> {
    const child = fork(SANDBOX, {
      env: {
        ...process.env,
        PORT: '0',
        SANDBOX_CONTROL: '1',
        SANDBOX_RATE_LIMITS: '0',
        SANDBOX_REDIRECT_URIS: redirectUri,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error('The sandbox ended before it was ready.');
    });
    const [ready] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
    ended.catch(() => {});
    return new Bank(ready.url, async () => {
      child.disconnect();
      await ended.catch(() => {});
    });
  }

  async payee(effect: string): Promise<{ name: string; iban: string }> {
    const { payees } = await this.#control<{
      payees: { effect: string; name: string; iban: string }[];
    }>('GET', 'magic');
    const payee = payees.find((one) => one.effect === effect);
    if (!payee) throw new Error(`the sandbox has no payee "${effect}"`);
    return { name: payee.name, iban: payee.iban };
  }

  /** The approval that waits for a payment of this amount; the benchmark gives each its own. */
  async approvalOf(amountCents: number): Promise<Approval> {
    const approvals = await this.#control<Approval[]>('GET', 'sca-sessions');
    const approval = approvals.find(
      ({ summary, result }) => summary.amount_cents === amountCents && result === 'waiting',
    );
    if (!approval) throw new Error(`no approval of ${amountCents} cents waits`);
    return approval;
  }

  async allow(token: string): Promise<void> {
    await this.#control('POST', `sca-sessions/${token}/allow`);
  }

  async transfers(): Promise<Transfer[]> {
    return (await this.#control<{ transfers: Transfer[] }>('GET', 'ledger')).transfers;
  }

  async accessToken(member: string, scope = 'organization.read payment.write'): Promise<string> {
    const answer = await this.#control<{ access_token: string }>('POST', 'tokens', {
      member,
      scope,
    });
    return answer.access_token;
  }

  /** Where the bank tells what has changed, with the secret that it signs with. */
  async subscriptions(): Promise<{ callback_url: string; secret: string }[]> {
    await this.#control('PUT', 'switches', { webhook_secret_shown: true });
    const token = await this.accessToken('alice', 'webhook organization.read');
    const answer = await plainFetch(`${this.url}/v2/webhook_subscriptions`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    type Listed = { subscriptions: { callback_url: string; secret: string }[] };
    return ((await answer.json()) as Listed).subscriptions;
  }

  /** Connects a member with the payment provider, who has asked all that it wants to know. */
  async acceptPayments(member: string): Promise<void> {
    const scope = 'organization.read payment_link.write';
    const authorization = `Bearer ${await this.accessToken(member, scope)}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const accounts = await plainFetch(`${this.url}/v2/organization`, { headers });
    type Accounts = { organization: { bank_accounts: { id: string }[] } };
    const { organization } = (await accounts.json()) as Accounts;
    const connection = await plainFetch(`${this.url}/v2/payment_links/connections`, {
      ...{ method: 'POST', headers },
      body: JSON.stringify({
        partner_callback_url: 'http://localhost:4000/',
        user_bank_account_id: organization.bank_accounts[0]?.id,
        user_phone_number: '+33612345678',
        business_description: null,
      }),
    });
    const { connection_location: location } = (await connection.json()) as {
      connection_location: string;
    };
    const body = new URLSearchParams({ answer: 'enabled' });
    await plainFetch(location, { method: 'POST', body, redirect: 'manual' });
  }

  async close(): Promise<void> {
    await this.#stop();
  }

  async #control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await plainFetch(`${this.url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /_control/${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Answer;
  }
}
