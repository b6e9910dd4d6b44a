import { type BankTransferRow, type BankTransfers, formatAmount } from '@qonto-pay/shared';
import { epcPayload } from '@qonto-pay/shared/epc-qr';
import { intentNotFound } from './intent-service.js';
import type { Partner } from './partner.js';
import type { IntentView, Member } from './records.js';
import { isFree, reasonAgainstPaying } from './snapshot.js';
import type { IntentStore } from './store-port.js';

/** The bank transfers of intents of another kind, under the same address. */
export interface BankTransfersOfAKind {
  /** @throws PaymentError `intent-not-found`. */
  bankTransfers(
    partner: Partner,
    intentId: string,
    member: Member | undefined,
  ): Promise<BankTransfers>;
}

/** What a payer needs to pay from another bank: without Qonto, or while Qonto is down. */
export class BankTransferService {
  readonly #intents: IntentStore;
  readonly #links: BankTransfersOfAKind;

  constructor(intents: IntentStore, links: BankTransfersOfAKind) {
    this.#intents = intents;
    this.#links = links;
  }

  /** The rows that are free to be paid, or why there is none. */
  async read(
    partner: Partner,
    intentId: string,
    member: Member | undefined,
  ): Promise<BankTransfers> {
    const view = await this.#intents.view(intentId);
    if (!view) return this.#links.bankTransfers(partner, intentId, member);
    if (view.intent.partnerId !== partner.id) throw intentNotFound();
    const why = reasonAgainstTransfer(partner, view, member);
    return { kind: 'transfer', transfers: why ? [] : freeRows(view), why };
  }
}

/**
 * Why nothing may be paid from another bank now; `null` when something may. Stricter than what may
 * be paid here: we never learn of such a transfer, so it must not meet another one.
 */
export function reasonAgainstTransfer(
  partner: Partner,
  view: Parameters<typeof reasonAgainstPaying>[0],
  member: Member | undefined,
): BankTransfers['why'] {
  return reasonAgainstTelling(partner, member) ?? reasonAgainstPaying(view);
}

/** Why these are not told at all, or not to just anybody. */
export function reasonAgainstTelling(
  partner: Partner,
  member: Member | undefined,
): BankTransfers['why'] {
  // Whom the operator has stopped may be the one who is not to be paid.
  if (partner.paused) return 'paused';
  return partner.bankTransfer === 'signed-in' && !member ? 'signed-out' : null;
}

function freeRows({ intent, items }: IntentView): BankTransferRow[] {
  const free = new Set(items.filter(isFree).map(({ index }) => index));
  return intent.items
    .filter(({ index }) => free.has(index))
    .map(({ index, payeeName: name, payeeIban: iban, amountCents, remittance: reference }) => ({
      ...{ index, name, iban, amount: formatAmount(amountCents), reference },
      payload: epcPayload({ name, iban, amountCents, reference }) ?? null,
    }));
}
