import { isBankSilence, PaymentError } from '../payments/errors.js';
import { mayBringMoney } from './link-state-machine.js';
import { isStillPayable } from './other-links.js';
import type { LinkBank } from './ports.js';
import type { Link } from './records.js';
import type { LinkChange, LinkStore } from './store-port.js';

export interface StuckLinkStore extends Pick<LinkStore, 'change'> {
  /**
   * Those that hold their invoice and lead nowhere by themselves, oldest first: lost or withdrawn for
   * ten minutes, or open with an alarm.
   */
  stuck(): Promise<StuckLink[]>;
}

export interface StuckLink {
  link: Link;
  /** The connection to ask the bank with. */
  readerId: string;
}

interface By {
  operator: string;
  why: string;
}

/** Links that wait for a person. They end by what that person decides, on the record. */
export class StuckLinks {
  readonly #bank: Pick<LinkBank, 'link' | 'payments'>;
  readonly #store: StuckLinkStore;

  constructor(bank: Pick<LinkBank, 'link' | 'payments'>, store: StuckLinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  async list(): Promise<Link[]> {
    return (await this.#store.stuck()).map(({ link }) => link);
  }

  /**
   * Nobody can pay by it any more. `isUnasked`: where nobody can ask the bank. @throws PaymentError
   * where the bank says otherwise, or does not answer.
   */
  async end(linkId: string, by: By, { isUnasked = false } = {}): Promise<LinkChange['to']> {
    const stuck = (await this.#store.stuck()).find(({ link }) => link.id === linkId);
    if (!stuck) throw new PaymentError('link-not-open', 'No link of this id waits for a person.');
    const { link } = stuck;
    if (!isUnasked) await this.#assertOver(stuck);
    const to = endOf(link);
    const note = { candidates: [], ...(to === 'canceled' ? {} : { reason: reasonOf(link) }) };
    const outcome = await this.#store.change(link, { to, cause: 'ended-by-operator', by, note });
    if (outcome !== 'advanced') throw new PaymentError('link-not-open', 'Somebody was first.');
    return to;
  }

  async #assertOver({ link: { bankId }, readerId }: StuckLink): Promise<void> {
    if (bankId === undefined) return;
    try {
      const bank = await this.#bank.link(readerId, bankId);
      if (!bank) return;
      const payments = await this.#bank.payments(readerId, bankId);
      const isOpen = isStillPayable(bank) || bank.status === 'unrecognized';
      if (!isOpen && !payments.some(mayBringMoney)) return;
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      throw new PaymentError('bank-unavailable', 'The bank cannot be asked now.', { cause: error });
    }
    throw new PaymentError(
      'bank-refused',
      'It may still be paid: deactivate it in Qonto, or wait.',
    );
  }
}

function endOf({ status }: Link): LinkChange['to'] {
  if (status === 'unknown') return 'failed';
  return status === 'withdrawing' ? 'refused' : 'canceled';
}

const reasonOf = ({ reason }: Link) => reason ?? 'not-at-the-bank';
