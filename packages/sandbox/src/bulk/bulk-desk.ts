import { randomUUID } from 'node:crypto';
import type { AttachmentStore } from '../attachments/attachment-store.js';
import type { BeneficiaryBook } from '../beneficiary-book.js';
import type { BankClock } from '../clock.js';
import { magicAmountOf } from '../data/magic.js';
import type { Ledger } from '../ledger.js';
import { policyFaultOf } from '../payment-policy.js';
import { dayOf } from '../settlement.js';
import type { StateStore } from '../state-store.js';
import type { Switches } from '../switches.js';
import type { BulkResult, BulkTransfer } from './bulk-transfer.js';

const FIRST_AFTER_MS = 500;
const NEXT_AFTER_MS = 20;
/** Facts 4.4. */
const NEEDS_ATTACHMENT_ABOVE_CENTS = 3_000_000;

export type BulkItem = Omit<BulkResult, 'dueAt' | 'status' | 'transferId' | 'errors'>;
type BulkOrder = Pick<
  BulkTransfer,
  'organizationId' | 'accountId' | 'initiatorId' | 'idempotencyKey' | 'requestSha256'
> & { readonly items: readonly BulkItem[] };
interface Parts {
  readonly store: StateStore;
  readonly clock: BankClock;
  readonly switches: Switches;
  readonly ledger: Ledger;
  readonly beneficiaries: BeneficiaryBook;
  readonly attachments: AttachmentStore;
}
interface Fault {
  readonly code: string;
  readonly detail: string;
}

/** Bulk transfers: taken at once, and looked at one payment after the other (facts 4.5). */
export class BulkDesk {
  readonly #bank: Parts;
  readonly #open = new Set<BulkTransfer>();
  #nextStepAt = Number.POSITIVE_INFINITY;

  constructor(bank: Parts) {
    this.#bank = bank;
    this.reload();
  }

  get nextStepAt(): number {
    return this.#nextStepAt;
  }

  reload(): void {
    this.#open.clear();
    for (const bulk of this.#bank.store.current.bulkTransfers.values()) {
      if (bulk.results.some(isPending)) this.#open.add(bulk);
    }
    this.#findNextStep();
  }

  accept({ items, ...order }: BulkOrder): BulkTransfer {
    const now = this.#bank.clock.now();
    const bulk: BulkTransfer = {
      ...order,
      id: randomUUID(),
      createdAt: now,
      updatedAt: now,
      results: items.map((item, index) => ({
        ...item,
        dueAt: now + FIRST_AFTER_MS + index * NEXT_AFTER_MS,
        status: 'pending',
        transferId: null,
        errors: null,
      })),
    };
    this.#bank.store.current.bulkTransfers.set(bulk.id, bulk);
    this.#open.add(bulk);
    this.#findNextStep();
    this.#bank.store.touch();
    return bulk;
  }

  catchUp(): void {
    const now = this.#bank.clock.now();
    if (now < this.#nextStepAt) return;
    for (const bulk of this.#open) {
      for (const result of bulk.results) {
        if (isPending(result) && result.dueAt <= now) this.#resolve(bulk, result);
      }
      if (!bulk.results.some(isPending)) this.#open.delete(bulk);
    }
    this.#findNextStep();
    this.#bank.store.touch();
  }

  #resolve(bulk: BulkTransfer, result: BulkResult): void {
    bulk.updatedAt = result.dueAt;
    const fault = this.#faultOf(bulk, result);
    if (fault) {
      result.status = 'failed';
      result.errors = [fault];
      return;
    }
    result.transferId = this.#pay(bulk, result);
    result.status = 'completed';
  }

  #pay(bulk: BulkTransfer, result: BulkResult): string {
    const { ledger } = this.#bank;
    const account = ledger.account(bulk.organizationId, bulk.accountId);
    const payee = this.#payeeOf(bulk, result);
    if (!account || !payee) throw new Error(`bulk ${bulk.id} has lost its account or a payee`);
    const { initiatorId, idempotencyKey, requestSha256 } = bulk;
    const { amountCents, reference, note, scheduledDate, attachmentIds, dueAt } = result;
    return ledger.accept({
      ...{ account, payee, initiatorId, idempotencyKey, requestSha256 },
      ...{ amountCents, reference, note, scheduledDate, attachmentIds, acceptedAt: dueAt },
    }).id;
  }

  /** The rules of a single transfer, told per payment here and not by the create call. */
  #faultOf(bulk: BulkTransfer, result: BulkResult): Fault | undefined {
    const { ledger, attachments } = this.#bank;
    const { amountCents, attachmentIds } = result;
    const account = ledger.account(bulk.organizationId, bulk.accountId);
    if (account?.status !== 'active') {
      return { code: 'bank_account_not_found', detail: 'Bank account not found' };
    }
    if (!this.#payeeOf(bulk, result)) return { code: 'not_found', detail: 'Beneficiary not found' };
    if (amountCents > NEEDS_ATTACHMENT_ABOVE_CENTS && attachmentIds.length === 0) {
      return {
        code: 'attachment_required',
        detail: 'attachment_ids is required above 30,000 EUR',
      };
    }
    if (!attachments.hasAll(bulk.organizationId, attachmentIds)) {
      return { code: 'not_found', detail: 'Attachment not found' };
    }
    const policyFault = policyFaultOf(this.#bank.switches, amountCents);
    if (policyFault) return policyFault;
    const isNow = result.scheduledDate <= dayOf(result.dueAt);
    const isShort = isNow && ledger.availableCents(account) < amountCents;
    if (!isShort && magicAmountOf(amountCents)?.kind !== 'insufficient-funds') return undefined;
    return { code: 'insufficient_funds', detail: 'The account has insufficient funds' };
  }

  #payeeOf(bulk: BulkTransfer, { beneficiaryId, inlinePayee }: BulkResult) {
    if (inlinePayee) return inlinePayee;
    const known = this.#bank.beneficiaries.find(bulk.organizationId, beneficiaryId ?? '');
    return known && { known };
  }

  #findNextStep(): void {
    this.#nextStepAt = Number.POSITIVE_INFINITY;
    for (const { results } of this.#open) {
      const next = results.find(isPending);
      if (next) this.#nextStepAt = Math.min(this.#nextStepAt, next.dueAt);
    }
  }
}

function isPending({ status }: BulkResult): boolean {
  return status === 'pending';
}
