import {
  formatAmount,
  isFinal,
  isReleased,
  type PayPayment,
  type PayState,
  publicStatus,
  type Review,
} from '@qonto-pay/shared';
import { isFresh } from './confirmation-rules.js';
import { intentNotFound } from './intent-service.js';
import type { Partner } from './partner.js';
import type { CheckFailure, IntentView, Member, Payment, ReviewRecord } from './records.js';
import { onlyItem, type ReviewService } from './review-service.js';
import { snapshotOf } from './snapshot.js';
import type { IntentStore } from './store-port.js';

type SignIn = NonNullable<PayState['signIn']>;

/** All that the pay page shows, from the store and the bank: nothing is kept in the page. */
export class PayPageService {
  readonly #intents: IntentStore;
  readonly #reviews: ReviewService;

  constructor(intents: IntentStore, reviews: ReviewService) {
    this.#intents = intents;
    this.#reviews = reviews;
  }

  /** The state for this member, or for nobody: then nothing of the invoice is told. */
  async state(partner: Partner, intentId: string, member: Member | undefined): Promise<PayState> {
    const view = await this.#intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    const frame = {
      intent: intentId,
      partner: { name: partner.name },
      returnUrl: view.intent.returnUrl,
      serverTime: view.now.toISOString(),
    };
    if (!member) {
      // Its path may name the invoice.
      const returnUrl = new URL('/', view.intent.returnUrl).href;
      return { ...frame, ...NOBODY, returnUrl, signIn: signIn(intentId, 'signed-out') };
    }
    const snapshot = snapshotOf(view);
    return {
      ...frame,
      ...(snapshot.payable ? await this.#review(view, member) : underWay(view, member)),
      member: { name: member.memberName, organization: member.organizationName },
      snapshot,
      payment: view.payment ? await this.#payment(view, view.payment, member) : null,
    };
  }

  /** Somebody sees the page: the widget learns that its window lives. */
  async seen(partner: Partner, intentId: string): Promise<void> {
    const view = await this.#intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    await this.#intents.markPageSeen(intentId);
  }

  /** Another account to pay from. @throws PaymentError `account-not-usable`. */
  async chooseAccount(intentId: string, member: Member, accountId: string): Promise<void> {
    const view = await this.#intents.view(intentId);
    if (!view) throw intentNotFound();
    await this.#reviews.chooseAccount(view.intent, member, accountId);
  }

  /** Another intent may name the same invoice: to its payer the payment shows what it really pays. */
  async #payment(view: IntentView, payment: Payment, member: Member): Promise<PayPayment> {
    const mine = payment.connectionId === member.connectionId;
    const isElsewhere = mine && payment.intentId !== view.intent.id;
    const own = isElsewhere ? await this.#intents.view(payment.intentId) : undefined;
    return payPayment(own ?? view, payment, mine);
  }

  async #review(view: IntentView, member: Member) {
    const outcome = await this.#reviews.read(view.intent, member);
    if (outcome.kind !== 'review') return withoutReview(view.intent.id, outcome.kind);
    return {
      review: outcome.review,
      signIn: freshSignIn(view, member, outcome.record),
      bankUnavailable: false,
      notAllowed: false,
    };
  }
}

const NOTHING_TO_REVIEW = {
  review: null as Review | null,
  signIn: null,
  bankUnavailable: false,
  notAllowed: false,
};

const NOBODY = {
  member: null,
  bankUnavailable: false,
  notAllowed: false,
  snapshot: null,
  review: null,
  payment: null,
};

function signIn(intentId: string, reason: SignIn['reason']): SignIn {
  return { url: `/pay/${intentId}/sign-in?reason=${reason}`, reason };
}

function withoutReview(intentId: string, why: CheckFailure) {
  const reason = why === 'consent' || why === 'signed-out' ? why : undefined;
  return {
    review: null,
    signIn: reason ? signIn(intentId, reason) : null,
    bankUnavailable: why === 'unavailable' || why === 'too-many',
    notAllowed: why === 'not-allowed',
  };
}

/** A payment that nobody can look at any more until the member who confirmed it signs in again. */
function underWay({ intent, payment, isSignedOut }: IntentView, member: Member) {
  const isTheirs = payment?.connectionId === member.connectionId;
  const isStuck = isTheirs && isSignedOut && !isFinal(payment.status);
  return { ...NOTHING_TO_REVIEW, signIn: isStuck ? signIn(intent.id, 'signed-out') : null };
}

/** Where the bank will ask nobody, the sign-in itself has to be fresh (I-1). */
function freshSignIn({ intent, now }: IntentView, member: Member, review: ReviewRecord) {
  return review.trusted && !isFresh(member, review, now) ? signIn(intent.id, 'fresh') : null;
}

/** Colleagues see the status as the world does; only the member who confirmed sees why. */
function payPayment({ intent, attempt }: IntentView, payment: Payment, mine: boolean): PayPayment {
  const item = onlyItem(intent);
  const { challengedAt, approvalExpiresAt, approvalMethod } = attempt ?? {};
  const approval =
    mine && challengedAt && approvalExpiresAt && approvalMethod && !isReleased(payment.status)
      ? {
          method: approvalMethod,
          startedAt: challengedAt.toISOString(),
          expiresAt: approvalExpiresAt.toISOString(),
        }
      : null;
  return {
    status: mine ? payment.status : publicStatus(payment.status),
    reason: mine ? (payment.reason ?? null) : null,
    amount: formatAmount(intent.amountCents),
    payee: { name: item.payeeName, iban: item.payeeIban },
    reference: item.remittance,
    account: mine ? payment.accountName : null,
    mine,
    approval,
    cancelable: mine && ['confirmed', 'approval_needed'].includes(payment.status),
  };
}
