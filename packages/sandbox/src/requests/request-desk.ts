import { randomUUID } from 'node:crypto';
import type { BankClock } from '../clock.js';
import type { Ledger } from '../ledger.js';
import { dayOf } from '../settlement.js';
import type { BankAccount } from '../state.js';
import type { StateStore } from '../state-store.js';
import type { RequestedTransfer, RequestType, TransferRequest } from './transfer-request.js';

interface Parts {
  readonly store: StateStore;
  readonly clock: BankClock;
  readonly ledger: Ledger;
}

export type RequestOrder = Pick<
  TransferRequest,
  | 'organizationId'
  | 'type'
  | 'initiatorId'
  | 'note'
  | 'scheduledDate'
  | 'debitIban'
  | 'idempotencyKey'
> & { readonly transfers: readonly Omit<RequestedTransfer, 'id' | 'transferId'>[] };

/** What members ask owners and admins to pay (facts 4.8). */
export class RequestDesk {
  readonly #bank: Parts;

  constructor(bank: Parts) {
    this.#bank = bank;
  }

  find(organizationId: string, type: RequestType, id: string): TransferRequest | undefined {
    const found = this.#bank.store.current.requests.get(id);
    return found?.organizationId === organizationId && found.type === type ? found : undefined;
  }

  ask(order: RequestOrder): TransferRequest {
    const request: TransferRequest = {
      ...order,
      id: randomUUID(),
      transfers: order.transfers.map((one) => ({ ...one, id: randomUUID(), transferId: null })),
      createdAt: this.#bank.clock.now(),
      status: 'pending',
      approverId: null,
      declinedNote: null,
      processedAt: null,
    };
    this.#bank.store.current.requests.set(request.id, request);
    this.#bank.store.touch();
    return request;
  }

  /** Makes the transfers, all in the name of the member who asked. */
  approve(
    request: TransferRequest,
    by: {
      readonly approverId: string;
      readonly account: BankAccount;
      readonly requestSha256: string;
    },
  ): void {
    const now = this.#bank.clock.now();
    for (const one of request.transfers) {
      const payee = { name: one.creditName, iban: one.creditIban, bic: null, email: null };
      const transfer = this.#bank.ledger.accept({
        account: by.account,
        payee: { ...payee, activityTag: 'other_expense' },
        initiatorId: request.initiatorId,
        amountCents: one.amountCents,
        reference: one.reference,
        note: request.note,
        scheduledDate: laterOf(request.scheduledDate, dayOf(now)),
        attachmentIds: one.attachmentIds,
        idempotencyKey: request.idempotencyKey,
        requestSha256: by.requestSha256,
      });
      one.transferId = transfer.id;
    }
    this.#decide(request, { status: 'approved', approverId: by.approverId, declinedNote: null });
  }

  decline(request: TransferRequest, by: { approverId: string; declinedNote: string }): void {
    this.#decide(request, { status: 'declined', ...by });
  }

  #decide(
    request: TransferRequest,
    decision: Pick<TransferRequest, 'status' | 'approverId' | 'declinedNote'>,
  ): void {
    Object.assign(request, decision);
    request.processedAt = this.#bank.clock.now();
    this.#bank.store.touch();
  }
}

function laterOf(day: string | null, today: string): string {
  return day !== null && day > today ? day : today;
}
