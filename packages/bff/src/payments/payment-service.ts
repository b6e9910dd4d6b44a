import type { ApprovalMethod } from '@qonto-pay/shared';
import {
  assertPayable,
  decided,
  isFresh,
  joins,
  reviewChanged,
  withoutReview,
} from './confirmation-rules.js';
import { PaymentError } from './errors.js';
import { intentNotFound, paused } from './intent-service.js';
import { later } from './pace.js';
import type { Partner } from './partner.js';
import type { ApprovalPreference, Bank, Ids } from './ports.js';
import type { IntentView, Member, PayeeCheckRecord, Payment, ReviewRecord } from './records.js';
import { onlyItem, type ReviewService, usableAccount } from './review-service.js';
import type { IntentStore, NewAttempt, OnceKey, PaymentStore, ReviewStore } from './store-port.js';

export interface Confirmation {
  reviewVersion: number;
  accountId: string;
  acceptPayee: boolean;
  lang: string;
}

/** What a signed-in payer may do with money: confirm, stop, ask for another approval. */
export class PaymentService {
  readonly #deps: PaymentServiceDeps;

  constructor(deps: PaymentServiceDeps) {
    this.#deps = deps;
  }

  /**
   * The payer said yes on our own page. Stores payment and attempt, then lets the runner send.
   * A second click, tab or instance of the same member joins the payment that runs.
   * @throws PaymentError when what the payer saw is not what would be paid.
   */
  async confirm(
    partner: Partner,
    intentId: string,
    member: Member,
    confirmation: Confirmation,
    once: OnceKey,
  ): Promise<{ replayed: boolean }> {
    const view = await this.#own(partner, intentId);
    if (joins(view.payment, member)) return this.#join(once);
    if (partner.paused) throw paused();
    assertPayable(view);
    const { review, check, account } = await this.#reviewed(view, member, confirmation);
    await this.#assertTrustUnchanged(view, member, review);
    const outcome = await this.#deps.payments.open(
      {
        id: this.#deps.ids.make('pay'),
        intent: view.intent,
        member,
        account,
        beneficiaryId: review.beneficiaryId,
        payeeCheckId: check.id,
        attempt: this.#attempt(view, account.id, review, check, this.#deps.approvalMethod),
        decision: {
          payeeCheck: check.result ?? null,
          bankName: check.bankName ?? null,
          accepted: confirmation.acceptPayee,
          reviewVersion: confirmation.reviewVersion,
          trusted: review.trusted,
          lang: confirmation.lang,
        },
      },
      once,
      this.#deps.maxChallenges,
    );
    if (outcome.kind === 'taken') return this.#joinTaken(partner, intentId, member, once);
    this.#deps.wake();
    return { replayed: outcome.kind === 'repeated' };
  }

  /** Stops a payment that waits for its approval: nothing was executed, and nothing will be. */
  async cancel(partner: Partner, intentId: string, member: Member): Promise<void> {
    const payment = await this.#mine(partner, intentId, member);
    const isWaiting = payment.status === 'approval_needed' || payment.status === 'confirmed';
    if (isWaiting && (await this.#deps.payments.cancel(payment))) return;
    throw new PaymentError(
      'not-cancelable',
      'The bank may already have it. Look at the status before you do anything else.',
    );
  }

  /** Another method or "send again" (I-4): the attempt ends, a new one begins with a new key. */
  async newApproval(
    partner: Partner,
    intentId: string,
    member: Member,
    method: ApprovalMethod,
  ): Promise<void> {
    const payment = await this.#mine(partner, intentId, member);
    // Another intent may name the same invoice: what was confirmed stands in the payment's own.
    const view = await this.#own(partner, payment.intentId);
    const review = await this.#deps.reviews.find(payment.intentId, member.connectionId);
    if (payment.status !== 'approval_needed' || review?.check?.status !== 'done') {
      throw notReplaceable();
    }
    const preference = this.#deps.approvalMethod === 'mock' ? 'mock' : method;
    const attempt = {
      ...this.#attempt(view, payment.accountId, review, review.check, preference),
      // The payer expects the phone, and nobody has read now whether the payee is trusted.
      ...{ expectsApproval: true, trustReadAt: undefined },
    };
    const { payments, maxChallenges } = this.#deps;
    if (!(await payments.replaceAttempt(payment, attempt, maxChallenges))) throw notReplaceable();
    this.#deps.wake();
  }

  async #reviewed(view: IntentView, member: Member, given: Confirmation) {
    const outcome = await this.#deps.reviewService.read(view.intent, member);
    if (outcome.kind !== 'review') throw withoutReview(outcome.kind);
    const { record } = outcome;
    if (record.version !== given.reviewVersion) throw reviewChanged();
    return {
      review: record,
      check: decided(record, given.acceptPayee),
      account: usableAccount(outcome.accounts, given.accountId),
    };
  }

  /** Read right before the send: a trusted payee means that the bank asks nobody (I-1). */
  async #assertTrustUnchanged({ intent, now }: IntentView, member: Member, review: ReviewRecord) {
    const { payeeIban } = onlyItem(intent);
    const { known, at } = await this.#deps.bank.findPayee(member.connectionId, payeeIban);
    const isSame =
      (known?.trusted ?? false) === review.trusted && known?.id === review.beneficiaryId;
    if (!isSame) {
      await this.#deps.reviews.noteTrust(intent.id, member.connectionId, known);
      throw reviewChanged();
    }
    if (review.trusted && !isFresh(member, review, later(now, at))) {
      throw new PaymentError(
        'fresh-sign-in-required',
        'Qonto will not ask on the phone for this payee. Sign in again to confirm it is you.',
      );
    }
  }

  #attempt(
    { intent, now }: IntentView,
    accountId: string,
    { beneficiaryId, trusted }: ReviewRecord,
    check: PayeeCheckRecord,
    approvalMethod: ApprovalPreference,
  ): NewAttempt {
    const item = onlyItem(intent);
    const tag = this.#deps.ids.tag();
    if (!check.proof) throw new Error('a finished payee check has a proof');
    return {
      id: this.#deps.ids.uuid(),
      bankKey: this.#deps.ids.uuid(),
      approvalMethod,
      expectsApproval: !trusted,
      tag,
      trustReadAt: now,
      request: this.#deps.bank.transferRequest({
        accountId,
        payee: beneficiaryId
          ? { id: beneficiaryId }
          : { name: item.payeeName, iban: item.payeeIban },
        amountCents: item.amountCents,
        remittance: item.remittance,
        note: `${item.externalRef} · ${tag}`,
        proof: check.proof,
      }),
    };
  }

  /** Nothing new is opened; but a key of another request stays refused. */
  async #join(once: OnceKey): Promise<{ replayed: true }> {
    await this.#deps.payments.assertKeyFits(once);
    return { replayed: true };
  }

  /** Somebody else was first by a moment: the same member joins, anybody else is told so. */
  async #joinTaken(partner: Partner, intentId: string, member: Member, once: OnceKey) {
    const view = await this.#own(partner, intentId);
    if (joins(view.payment, member)) return this.#join(once);
    assertPayable(view);
    throw reviewChanged();
  }

  async #own(partner: Partner, intentId: string): Promise<IntentView> {
    const view = await this.#deps.intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }

  async #mine(partner: Partner, intentId: string, member: Member): Promise<Payment> {
    const { payment } = await this.#own(partner, intentId);
    if (payment?.connectionId === member.connectionId) return payment;
    throw new PaymentError('payment-not-found', 'You have no payment of this invoice.');
  }
}

export interface PaymentServiceDeps {
  bank: Bank;
  intents: IntentStore;
  payments: PaymentStore;
  reviews: ReviewStore;
  reviewService: ReviewService;
  ids: Ids;
  approvalMethod: ApprovalPreference;
  maxChallenges: number;
  /** Tells the runner that an attempt is due. */
  wake: () => void;
}

const notReplaceable = () =>
  new PaymentError(
    'approval-not-replaceable',
    'The approval was given or is over. See the status.',
  );
