import { expect } from 'vitest';
import { callBank } from './control.js';
import { LinkLedger } from './link-ledger.js';

interface Transfer {
  id: string;
  amount_cents: number;
  credit_iban: string;
  credit_name: string;
  status: string;
  reference: string;
  note: string | null;
}

interface ScaSession {
  member: string;
  result: string;
  summary: {
    amount_cents: number | null;
    reference: string | null;
    items?: { reference: string }[];
  };
}

/** An approval that a member was asked for. */
interface Asked {
  member: string;
  result: string;
  amountCents: number | null;
  count: number;
}

/** What a transfer must be to be the payment of one invoice. */
export interface Expected {
  number: string;
  /** Where the number is not unique: what the transfer's note begins with. */
  externalRef?: string;
  amountCents: string;
  payee: string;
  iban: string;
}

/** The bank as its control API tells it: what it holds counts, whatever a page shows. */
export class Bank {
  readonly links: LinkLedger;
  readonly #url: string;
  readonly #known = new Set<string>();

  constructor(url: string) {
    this.links = new LinkLedger(url);
    this.#url = url;
  }

  /** What the bank holds now is no news any more. */
  async startCounting(): Promise<void> {
    await this.links.startCounting();
    for (const { id } of await this.#transfers()) this.#known.add(id);
  }

  /** Exactly one transfer was made for this invoice, of these cents to this payee and IBAN. */
  async expectOneTransfer(invoice: Expected): Promise<void> {
    await this.expectOneTransferEach([invoice]);
  }

  /** The same for each of many. A transfer that the bank declined has moved nothing. */
  async expectOneTransferEach(invoices: readonly Expected[]): Promise<void> {
    const find = await this.#finder();
    const made = invoices.map((invoice) => find(invoice));
    const facts = made.map((transfers) =>
      transfers.filter(movesMoney).map((transfer) => ({
        amountCents: String(transfer.amount_cents),
        payee: transfer.credit_name,
        iban: transfer.credit_iban,
      })),
    );
    expect(facts).toEqual(
      invoices.map(({ amountCents, payee, iban }) => [{ amountCents, payee, iban }]),
    );
    for (const { id } of made.flat()) this.#known.add(id);
  }

  async expectNoTransfer(invoice: Expected): Promise<void> {
    await this.expectNoTransfers([invoice]);
  }

  /** Nothing that moves money was made for any of them. */
  async expectNoTransfers(invoices: readonly Expected[]): Promise<void> {
    const find = await this.#finder();
    const made = invoices.flatMap((invoice) => find(invoice));
    expect(made.filter(movesMoney)).toEqual([]);
    for (const { id } of made) this.#known.add(id);
  }

  /** No transfer or link was made but those that some journey expected. */
  async expectNothingElse(): Promise<void> {
    await this.links.expectNothingElse();
    expect((await this.#transfers()).filter(({ id }) => !this.#known.has(id))).toEqual([]);
  }

  /** Whose phone was asked to approve this invoice, alone or among others, and what it answered. */
  async approvalsOf({ number }: Expected): Promise<Asked[]> {
    const sessions = (await this.#call('/_control/sca-sessions')) as ScaSession[];
    const isAbout = ({ summary }: ScaSession): boolean =>
      [summary, ...(summary.items ?? [])].some(
        ({ reference }) => reference === referenceOf(number),
      );
    return sessions.filter(isAbout).map(({ member, result, summary }) => ({
      member,
      result,
      amountCents: summary.amount_cents,
      count: summary.items?.length ?? 1,
    }));
  }

  /** Who is paid so that the bank behaves in a certain way. */
  async payee(effect: string): Promise<{ name: string; iban: string }> {
    const { payees } = (await this.#call('/_control/magic')) as {
      payees: { effect: string; name: string; iban: string }[];
    };
    const found = payees.find((payee) => payee.effect === effect);
    if (!found) throw new Error(`The sandbox has no payee for ${effect}.`);
    return { name: found.name, iban: found.iban };
  }

  /** Above 1,000 EUR the bank wants a second person, or no longer does. */
  async wantSecondPerson(isWanted: boolean): Promise<void> {
    await this.#call('/_control/switches', {
      method: 'PUT',
      body: { payment_policy: isWanted ? 'approval_required' : 'none' },
    });
  }

  /** The bank's day, so many days from now. */
  async dayIn(days: number): Promise<string> {
    const { now } = (await this.#call('/_control/clock', { body: { advanceSeconds: 0 } })) as {
      now: string;
    };
    return new Date(Date.parse(now) + days * DAY_MS).toISOString().slice(0, 10);
  }

  /** The bank's clock jumps ahead. */
  async advanceSeconds(advanceSeconds: number): Promise<void> {
    await this.#call('/_control/clock', { body: { advanceSeconds } });
  }

  /** The bank works, and its answer to the next request for a link comes so late. */
  async answerLinkLate(delayMs: number): Promise<void> {
    const match = { method: 'POST', path: '/v2/payment_links' };
    await this.#call('/_control/faults', { body: { match, do: { delayMs } } });
  }

  /** How long a link can be paid that is made from now on. */
  async letLinksLive(link_life_days: 1 | 365): Promise<void> {
    await this.#call('/_control/switches', { method: 'PUT', body: { link_life_days } });
  }

  /** What a member does in their bank's settings: nothing of theirs is allowed any more. */
  async revokeConsent(member: string): Promise<void> {
    await this.#call('/_control/consent-revocations', { body: { member } });
  }

  /** One reading of the ledger for any number of questions. */
  async #finder(): Promise<(invoice: Expected) => Transfer[]> {
    const byReference: Partial<Record<string, Transfer[]>> = {};
    for (const transfer of await this.#transfers()) {
      const { reference } = transfer;
      byReference[reference] = [...(byReference[reference] ?? []), transfer];
    }
    return ({ number, externalRef }) => {
      const transfers = byReference[referenceOf(number)] ?? [];
      return externalRef === undefined
        ? transfers
        : transfers.filter(({ note }) => note?.startsWith(`${externalRef} `));
    };
  }

  async #transfers(): Promise<Transfer[]> {
    return ((await this.#call('/_control/ledger')) as { transfers: Transfer[] }).transfers;
  }

  #call(path: string, call: { method?: string; body?: unknown } = {}): Promise<unknown> {
    return callBank(this.#url + path, call);
  }
}

const DAY_MS = 86_400_000;

const movesMoney = ({ status }: Transfer): boolean =>
  status !== 'declined' && status !== 'canceled';

/** Every invoice has a number of its own, and the shop writes it into the reference. */
const referenceOf = (number: string): string => `Invoice ${number}`;
