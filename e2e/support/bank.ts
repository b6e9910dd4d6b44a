import { expect } from 'vitest';

interface Transfer {
  id: string;
  amount_cents: number;
  credit_iban: string;
  credit_name: string;
  reference: string;
}

interface ScaSession {
  member: string;
  result: string;
  summary: { reference: string };
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
  readonly #known = new Set<string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** What the bank holds now is no news any more. */
  async startCounting(): Promise<void> {
    for (const { id } of await this.#transfers()) this.#known.add(id);
  }

  /** Exactly one transfer was made for this invoice, of these cents to this payee and IBAN. */
  async expectOneTransfer({ number, amountCents, payee, iban }: Expected): Promise<void> {
    const transfers = await this.#transfersFor(number);
    const made = transfers.map((transfer) => ({
      amountCents: String(transfer.amount_cents),
      payee: transfer.credit_name,
      iban: transfer.credit_iban,
    }));
    expect(made).toEqual([{ amountCents, payee, iban }]);
    for (const { id } of transfers) this.#known.add(id);
  }

  async expectNoTransfer({ number }: Expected): Promise<void> {
    expect(await this.#transfersFor(number)).toEqual([]);
  }

  /** No transfer was made but those that some journey expected. */
  async expectNothingElse(): Promise<void> {
    expect((await this.#transfers()).filter(({ id }) => !this.#known.has(id))).toEqual([]);
  }

  /** Whose phone was asked to approve this invoice, and what it answered. */
  async approvalsOf({ number }: Expected): Promise<{ member: string; result: string }[]> {
    const sessions = (await this.#call('/_control/sca-sessions')) as ScaSession[];
    return sessions
      .filter(({ summary }) => summary.reference === referenceOf(number))
      .map(({ member, result }) => ({ member, result }));
  }

  /** The bank's clock jumps ahead. */
  async advanceSeconds(advanceSeconds: number): Promise<void> {
    await this.#call('/_control/clock', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ advanceSeconds }),
    });
  }

  async #transfersFor(number: string): Promise<Transfer[]> {
    const transfers = await this.#transfers();
    return transfers.filter(({ reference }) => reference === referenceOf(number));
  }

  async #transfers(): Promise<Transfer[]> {
    return ((await this.#call('/_control/ledger')) as { transfers: Transfer[] }).transfers;
  }

  async #call(path: string, init: RequestInit = {}): Promise<unknown> {
    const answer = await fetch(this.#url + path, init);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  }
}

/** Every invoice has a number of its own, and the shop writes it into the reference. */
const referenceOf = (number: string): string => `Invoice ${number}`;
