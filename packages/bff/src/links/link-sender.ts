import {
  ConsentNeededError,
  isBankSilence,
  NotAllowedError,
  SignedOutError,
} from '../payments/errors.js';
import { BANK_DOWN_RETRY_MS, SEND_WITHIN_MS, searchMs } from './link-pace.js';
import { isOurMoney, statusOfLink } from './link-state-machine.js';
import type { LinkAnswer, LinkBank, ReadyLinkBank } from './ports.js';
import type { BankLink, BankLinkPayment, LeasedLink } from './records.js';
import type { LinkNote, LinkStore } from './store-port.js';

const WITHDRAW_AGAIN_MS = 10 * 60_000;
const FIRST_LOOK_MS = 5_000;

/** Sends the one request for a link, and withdraws a link of ours that nobody may see. */
export class LinkSender {
  readonly #bank: LinkBank;
  readonly #store: LinkStore;

  constructor(bank: LinkBank, store: LinkStore) {
    this.#bank = bank;
    this.#store = store;
  }

  /** From `making`: nothing has left yet. The endpoint takes no key, so it is sent once, ever. */
  async send(leased: LeasedLink): Promise<void> {
    if (leased.now.getTime() - leased.link.createdAt.getTime() > SEND_WITHIN_MS) {
      return this.#end(leased, 'failed', 'not-at-the-bank');
    }
    const ready = await this.#ready(leased);
    if (!ready) return;
    const sending = await this.#store.markSending(leased);
    if (!sending) return;
    await this.#settle(sending, await ready.create(sending.link.request));
  }

  /** Found in flight after a crash: whether the bank has it nobody knows. */
  async interrupted(leased: LeasedLink): Promise<void> {
    await this.#store.advance(leased, {
      to: 'unknown',
      cause: 'interrupted',
      note: { inFlight: false },
      nextInMs: searchMs(0),
    });
  }

  /**
   * Nobody is to pay it: its total is not ours, or another link of the invoice was paid. An answer
   * to our own request named it, so it is ours to deactivate.
   */
  async withdraw(leased: LeasedLink): Promise<void> {
    const { link, readerId } = leased;
    const bankId = link.bankId ?? '';
    try {
      const answer = await this.#bank.deactivate(readerId, bankId);
      const bank = answer === 'refused' ? await this.#bank.link(readerId, bankId) : answer;
      if (!bank) {
        await this.#store.alarm(leased, 'link-not-found');
        return await this.#store.release(leased, WITHDRAW_AGAIN_MS);
      }
      const payments = await this.#bank.payments(readerId, bankId);
      if (isClosed(bank) && payments.every(({ status }) => status === 'failed')) {
        return await this.#end(leased, 'refused', link.reason ?? 'amount-differs');
      }
      await this.#tooLate(leased, bank, payments);
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  /** A client pays it: our sum is told as what it is, for any other a person has to look. */
  async #tooLate(leased: LeasedLink, bank: BankLink, payments: BankLinkPayment[]): Promise<void> {
    const { link } = leased;
    const isOurs = link.reason === 'paid-otherwise' && isOurMoney(link, bank, payments);
    const to =
      bank.status === 'unrecognized' ? undefined : statusOfLink(bank.status, { ...link, payments });
    if (isOurs && (to === 'processing' || to === 'paid')) {
      const note = { payments, reason: null };
      await this.#store.advance(leased, { to, cause: 'bank-says', note, nextInMs: FIRST_LOOK_MS });
      return;
    }
    await this.#store.alarm(leased, 'withdrawn-link-may-be-paid');
    await this.#store.release(leased, WITHDRAW_AGAIN_MS, { payments });
  }

  async #ready(leased: LeasedLink): Promise<ReadyLinkBank | undefined> {
    try {
      return await this.#bank.ready(leased.link.connectionId);
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      if (error instanceof SignedOutError) await this.#end(leased, 'failed', 'signed-out');
      else if (error instanceof ConsentNeededError) {
        await this.#end(leased, 'failed', 'consent-needed');
      } else if (error instanceof NotAllowedError)
        await this.#end(leased, 'refused', 'not-allowed');
      else await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
      return undefined;
    }
  }

  async #settle(leased: LeasedLink, answer: LinkAnswer): Promise<void> {
    const { traceId } = answer;
    if (answer.kind === 'no_answer') {
      await this.#store.advance(leased, {
        ...{ to: 'unknown', cause: answer.cause, traceId },
        ...{ note: { inFlight: false }, nextInMs: searchMs(0) },
      });
      return;
    }
    if (answer.kind === 'refused') {
      const note = { inFlight: false, reason: answer.reason };
      await this.#store.advance(leased, { to: answer.outcome, cause: 'refused', traceId, note });
      return;
    }
    const { link: bank } = answer;
    const isAsAsked = bank.amountCents === leased.link.amountCents && bank.currency === 'EUR';
    // A new link is open, whatever a newer word of the bank's may be.
    const status = bank.status === 'unrecognized' ? 'open' : statusOfLink(bank.status, leased.link);
    if (!isAsAsked) await this.#store.alarm(leased, 'link-amount-differs');
    await this.#store.advance(leased, {
      to: isAsAsked ? status : 'withdrawing',
      ...{ cause: isAsAsked ? 'created' : 'amount-differs', traceId },
      note: {
        ...{ ...noteOf(bank), inFlight: false, namedByBank: true },
        ...(isAsAsked ? {} : { reason: 'amount-differs' }),
      },
      nextInMs: isAsAsked ? FIRST_LOOK_MS : 0,
    });
  }

  async #end(
    leased: LeasedLink,
    to: 'refused' | 'failed',
    reason: NonNullable<LinkNote['reason']>,
  ): Promise<void> {
    await this.#store.advance(leased, { to, cause: reason, note: { reason, inFlight: false } });
  }
}

const isClosed = ({ status }: BankLink): boolean => status === 'canceled' || status === 'expired';

/** What of the bank's link is kept with ours. */
export const noteOf = ({ id, url, expiresAt }: BankLink): LinkNote => ({
  bankId: id,
  url,
  ...(expiresAt && { bankExpiresAt: expiresAt }),
});
