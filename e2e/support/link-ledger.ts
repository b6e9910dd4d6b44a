import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { callBank } from './control.js';

interface LedgerLink {
  id: string;
  status: string;
  amount_cents: number;
  invoice_number: string | null;
  payments: { status: string; payment_method: string }[];
}

/** What the bank must hold of a link. */
export interface ExpectedLink {
  /** Where clients open it. */
  url: string;
  amountCents: string;
  status: string;
  /** What has come of the payments that clients have begun. */
  payments?: string[];
}

/** The payment links that the bank holds, whatever a page shows. */
export class LinkLedger {
  readonly #url: string;
  readonly #known = new Set<string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** What the bank holds now is no news any more. */
  async startCounting(): Promise<void> {
    for (const { id } of await this.#links()) this.#known.add(id);
  }

  /** The bank holds these, one beside the other, and of an invoice that it knows no others. */
  async expectLinks(expected: readonly ExpectedLink[], invoiceNumber?: string): Promise<void> {
    const isMeant = ({ id, invoice_number }: LedgerLink): boolean =>
      invoiceNumber === undefined
        ? expected.some(({ url }) => idIn(url) === id)
        : invoice_number === invoiceNumber;
    const found = (await this.#links()).filter(isMeant);
    expect(found.map((link) => factsOf(link))).toEqual(
      expected.map(({ url, amountCents, status, payments = [] }) => {
        return { id: idIn(url), amountCents, status, payments };
      }),
    );
    for (const { id } of found) this.#known.add(id);
  }

  /** No link of this invoice was made. */
  expectNoLink(invoiceNumber: string): Promise<void> {
    return this.expectLinks([], invoiceNumber);
  }

  /** No link was made but those that some journey expected. */
  async expectNothingElse(): Promise<void> {
    expect((await this.#links()).filter(({ id }) => !this.#known.has(id))).toEqual([]);
  }

  /** Waits until the bank has made so many links of an invoice; whoever waits has a limit of their own. */
  async holds(count: number, invoiceNumber: string): Promise<void> {
    const isOf = ({ invoice_number }: LedgerLink): boolean => invoice_number === invoiceNumber;
    while ((await this.#links()).filter(isOf).length < count) await sleep(100);
  }

  async #links(): Promise<LedgerLink[]> {
    const { payment_links } = (await callBank(`${this.#url}/_control/ledger`)) as {
      payment_links: LedgerLink[];
    };
    return payment_links;
  }
}

const idIn = (url: string): string => new URL(url).pathname.slice('/pay/'.length);

const factsOf = ({ id, amount_cents, status, payments }: LedgerLink) => ({
  ...{ id, amountCents: String(amount_cents), status },
  payments: payments.map((payment) => payment.status),
});
