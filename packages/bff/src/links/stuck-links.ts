import { isBankSilence, PaymentError } from '../payments/errors.js';
import { isStillPayable } from './other-links.js';
import type { LinkBank } from './ports.js';
import type { Link } from './records.js';
import type { LinkChange, LinkStore } from './store-port.js';

export interface StuckLinkStore extends Pick<LinkStore, 'change'> {
  /** Those that hold their invoice and lead nowhere by themselves for ten minutes, oldest first. */
  stuck(): Promise<Link[]>;
}

/** Links that wait for a person: lost without a trace, or withdrawn and perhaps paid. */
export class StuckLinks {
  readonly #bank: Pick<LinkBank, 'link'>;
  readonly #store: StuckLinkStore;

  constructor(bank: Pick<LinkBank, 'link'>, store: StuckLinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  list(): Promise<Link[]> {
    return this.#store.stuck();
  }

  /**
   * Nobody can pay by it any more: its invoice may get another link. @throws PaymentError where the
   * bank says otherwise, or cannot be asked.
   */
  async end(linkId: string, by: { operator: string; why: string }): Promise<LinkChange['to']> {
    const link = (await this.list()).find(({ id }) => id === linkId);
    if (!link) throw new PaymentError('link-not-open', 'No link of this id waits for a person.');
    if (link.bankId !== undefined) await this.#assertClosed(link, link.bankId);
    const to = link.status === 'unknown' ? 'failed' : 'refused';
    const reason = link.reason ?? 'not-at-the-bank';
    const note = { reason, candidates: [] };
    const outcome = await this.#store.change(link, { to, cause: 'ended-by-operator', by, note });
    if (outcome !== 'advanced') throw new PaymentError('link-not-open', 'Somebody was first.');
    return to;
  }

  async #assertClosed({ connectionId }: Link, bankId: string): Promise<void> {
    const bank = await this.#bank.link(connectionId, bankId).catch((error: unknown) => {
      if (!isBankSilence(error)) throw error;
      throw new PaymentError('bank-unavailable', 'The bank cannot be asked now.', { cause: error });
    });
    if (bank && (isStillPayable(bank) || bank.status === 'unrecognized')) {
      throw new PaymentError('bank-refused', 'It can still be paid: deactivate it in Qonto first.');
    }
  }
}
