import { PaymentError } from './errors.js';
import { intentNotFound } from './intent-service.js';
import type { Partner } from './partner.js';
import type { Bank } from './ports.js';
import type { Member } from './records.js';
import type { IntentStore, PaymentStore } from './store-port.js';

export interface ScheduledServiceDeps {
  bank: Pick<Bank, 'cancelTransfer'>;
  intents: Pick<IntentStore, 'view'>;
  payments: Pick<PaymentStore, 'noteWish' | 'wakeConnection'>;
  wake: () => void;
}

/** Rows that the bank has for a later day: until then their payer may withdraw them. */
export class ScheduledService {
  readonly #deps: ScheduledServiceDeps;

  constructor(deps: ScheduledServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Withdraws rows at the bank. What became of each, its next look at the bank tells.
   * @throws PaymentError `not-cancelable`, for the first row that is on its way already.
   */
  async cancel(
    partner: Partner,
    intentId: string,
    member: Member,
    rows: readonly number[],
  ): Promise<void> {
    const { bank, payments } = this.#deps;
    const wanted = await this.#own(partner, intentId, member, rows);
    for (const paymentId of new Set(wanted.map((one) => one.paymentId))) {
      const own = wanted.filter((one) => one.paymentId === paymentId);
      const wish = { action: 'cancel-asked', rows: own.map(({ row }) => row) };
      await payments.noteWish(paymentId, member, wish);
    }
    try {
      let refused: number | undefined;
      for (const { row, transferId } of wanted) {
        const answer = await bank.cancelTransfer(member.connectionId, transferId);
        // One that has left does not keep the others from being stopped.
        if (answer === 'refused') refused ??= row;
      }
      if (refused !== undefined) throw notCancelable(refused);
    } finally {
      await payments.wakeConnection(member.connectionId);
      this.#deps.wake();
    }
  }

  async #own(partner: Partner, intentId: string, member: Member, rows: readonly number[]) {
    const view = await this.#deps.intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return rows.map((row) => {
      const state = view.items.find(({ index }) => index === row);
      const isOwn = state?.connectionId === member.connectionId && state.status === 'scheduled';
      if (!isOwn || !state.transferId || !state.paymentId) throw notCancelable(row);
      return { row, transferId: state.transferId, paymentId: state.paymentId };
    });
  }
}

const notCancelable = (row: number) =>
  new PaymentError(
    'not-cancelable',
    'The bank may already have it. Look at the status before you do anything else.',
    { field: `items[${row}]` },
  );
