import { expect } from 'vitest';

interface Transfer {
  id: string;
  amount_cents: number;
  credit_iban: string;
  credit_name: string;
  status: string;
  reference: string;
  initiator: string;
}

export interface Push {
  token: string;
  member: string;
  result: string;
}

interface Ledger {
  transfers: Transfer[];
  pushes: Push[];
}

/** What a transfer must be to be the payment of one invoice. */
export interface Expected {
  number: string;
  amountCents: string;
  payee: string;
  iban: string;
}

/** The bank as its control API tells it: what it holds counts, whatever a page shows. */
export class Bank {
  readonly #url: string;
  #before: Ledger = { transfers: [], pushes: [] };

  constructor(url: string) {
    this.#url = url;
  }

  /** What follows is counted from here. */
  async startCounting(): Promise<void> {
    this.#before = await this.#ledger();
  }

  /** Exactly one transfer was made, of these cents to this payee and IBAN, for this invoice. */
  async expectOneTransfer({ number, amountCents, payee, iban }: Expected): Promise<void> {
    const transfers = await this.#newTransfers();
    const made = transfers.map((transfer) => ({
      amountCents: String(transfer.amount_cents),
      payee: transfer.credit_name,
      iban: transfer.credit_iban,
      reference: transfer.reference,
    }));
    expect(made).toEqual([{ amountCents, payee, iban, reference: `Invoice ${number}` }]);
  }

  async expectNoTransfer(): Promise<void> {
    expect(await this.#newTransfers()).toEqual([]);
  }

  /** Approvals asked of any phone since the counting began. */
  async newPushes(): Promise<Push[]> {
    const known = new Set(this.#before.pushes.map(({ token }) => token));
    return (await this.#ledger()).pushes.filter(({ token }) => !known.has(token));
  }

  /** The bank's clock jumps ahead. */
  async advanceSeconds(advanceSeconds: number): Promise<void> {
    await this.#call('/_control/clock', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ advanceSeconds }),
    });
  }

  async #newTransfers(): Promise<Transfer[]> {
    const known = new Set(this.#before.transfers.map(({ id }) => id));
    return (await this.#ledger()).transfers.filter(({ id }) => !known.has(id));
  }

  async #ledger(): Promise<Ledger> {
    return (await this.#call('/_control/ledger')) as Ledger;
  }

  async #call(path: string, init: RequestInit = {}): Promise<unknown> {
    const answer = await fetch(this.#url + path, init);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  }
}
