import { BankUnavailableError, isBankSilence } from './errors.js';
import { LOOK_BACK_MS, plus, requestPollMs, resendAfterMs } from './pace.js';
import type { Bank, BankTransferRequest } from './ports.js';
import type { LeasedAttempt } from './records.js';
import { requestChange } from './request-change.js';
import { byEitherMember } from './request-members.js';
import type { AttemptStore } from './store-port.js';

const BANK_DOWN_RETRY_MS = 10_000;

/** Follows a request to colleagues until one of them has decided, here or in Qonto's own app. */
export class RequestWatcher {
  readonly #bank: Bank;
  readonly #store: AttemptStore;

  constructor(bank: Bank, store: AttemptStore) {
    this.#bank = bank;
    this.#store = store;
  }

  /** From `requested`: has somebody decided? */
  async look(leased: LeasedAttempt): Promise<void> {
    await this.#withRequest(leased, async (request) => {
      if (isDecided(request)) {
        await this.#store.advance(leased, requestChange(request));
        return;
      }
      if (request.status === 'unrecognized') {
        await this.#store.alarm(leased, 'request-status-unrecognized');
      }
      const { payment, now } = leased;
      const ageMs = now.getTime() - payment.updatedAt.getTime();
      await this.#store.release(leased, requestPollMs(ageMs));
    });
  }

  /**
   * From `unknown`: an approval was not answered. The request tells what it did; undecided a while
   * after it, it waits for the next approval. The bank carries a request out but once.
   */
  async lookAfterSilence(leased: LeasedAttempt): Promise<void> {
    await this.#withRequest(leased, async (request) => {
      const waitMs = resendAfterMs(leased.attempt) - leased.sinceLastSendMs;
      if (!isDecided(request) && waitMs > 0) return this.#store.release(leased, waitMs);
      const change = requestChange(request);
      const note = { ...change.note, inFlight: false };
      await this.#store.advance(leased, { ...change, note });
    });
  }

  async #withRequest(
    leased: LeasedAttempt,
    act: (request: BankTransferRequest) => Promise<void>,
  ): Promise<void> {
    try {
      const request = await byEitherMember(leased, (member) => this.#find(member));
      if (request) return await act(request);
      await this.#store.alarm(leased, 'request-not-found');
      throw new BankUnavailableError('a request that the bank does not list');
    } catch (error) {
      if (!isBankSilence(error)) throw error;
      await this.#store.waitForBank(leased, error, BANK_DOWN_RETRY_MS);
    }
  }

  #find({ attempt, payment }: LeasedAttempt) {
    if (!payment.bankId) throw new Error('a request has its id of the bank');
    return this.#bank.colleagueRequestById(attempt.connectionId, {
      id: payment.bankId,
      type: 'multi_transfers',
      since: plus(payment.createdAt, -LOOK_BACK_MS),
    });
  }
}

const isDecided = ({ status }: BankTransferRequest): boolean =>
  status === 'approved' || status === 'declined' || status === 'canceled';
