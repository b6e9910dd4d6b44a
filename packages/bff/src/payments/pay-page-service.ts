import { type Consent, isFinal, type PayState } from '@qonto-pay/shared';
import { reasonAgainstTransfer } from './bank-transfer-service.js';
import { isFresh } from './confirmation-rules.js';
import { intentNotFound } from './intent-service.js';
import type { Partner } from './partner.js';
import { payItem, payPayment } from './pay-view.js';
import type { CheckFailure, IntentView, Member } from './records.js';
import { canAsk, consentsOf } from './request-rules.js';
import { type Choice, mayOnlyAsk, type ReadReview, type ReviewService } from './review-service.js';
import { snapshotOf } from './snapshot.js';
import type { IntentStore } from './store-port.js';

type SignIn = NonNullable<PayState['signIn']>;

/** The pages of intents of another kind, under the same address. */
export interface PagesOfAKind {
  /** @throws PaymentError `intent-not-found`. */
  state(partner: Partner, intentId: string, member: Member | undefined): Promise<PayState>;
  seen(partner: Partner, intentId: string): Promise<void>;
}

/** All that the pay page shows, from the store and the bank: nothing is kept in the page. */
export class PayPageService implements PagesOfAKind {
  readonly #intents: IntentStore;
  readonly #reviews: ReviewService;
  readonly #links: PagesOfAKind;

  constructor(options: { intents: IntentStore; reviews: ReviewService; links: PagesOfAKind }) {
    this.#intents = options.intents;
    this.#reviews = options.reviews;
    this.#links = options.links;
  }

  /** The state for this member, or for nobody: then nothing of the invoice is told. */
  async state(partner: Partner, intentId: string, member: Member | undefined): Promise<PayState> {
    const view = await this.#intents.view(intentId);
    if (!view) return this.#links.state(partner, intentId, member);
    assertOwn(partner, view);
    const frame = {
      intent: intentId,
      partner: { name: partner.name },
      returnUrl: view.intent.returnUrl,
      serverTime: view.now.toISOString(),
      bankTransfer: reasonAgainstTransfer(partner, view, member) === null,
    };
    if (!member) {
      // Its path may name the invoice.
      const returnUrl = new URL('/', view.intent.returnUrl).href;
      return { ...frame, ...NOBODY, returnUrl, signIn: signInAt(intentId, 'signed-out') };
    }
    const snapshot = snapshotOf(view);
    const step = snapshot.payable ? await this.#review(view, member) : underWay(view, member);
    return {
      ...frame,
      ...step,
      member: { name: member.memberName, organization: member.organizationName },
      canAsk: canAsk(view, member, step.notAllowed),
      consents: consentsOf(intentId, member),
      snapshot,
      items: view.intent.items.map((item) =>
        payItem(item, view, { member, payable: snapshot.payable }),
      ),
      payment: view.payment ? payPayment(view, view.payment, member) : null,
      link: null,
    };
  }

  /** Somebody sees the page: the widget learns that its window lives. */
  async seen(partner: Partner, intentId: string): Promise<void> {
    const view = await this.#intents.view(intentId);
    if (!view) return this.#links.seen(partner, intentId);
    assertOwn(partner, view);
    await this.#intents.markPageSeen(intentId);
  }

  /** Account, rows or day. @throws PaymentError that names what cannot be chosen. */
  async choose(partner: Partner, intentId: string, member: Member, choice: Choice): Promise<void> {
    await this.#reviews.choose(await this.#own(partner, intentId), member, choice);
  }

  async #own(partner: Partner, intentId: string): Promise<IntentView> {
    const view = await this.#intents.view(intentId);
    if (!view) throw intentNotFound();
    assertOwn(partner, view);
    return view;
  }

  async #review(view: IntentView, member: Member) {
    const outcome = await this.#reviews.read(view, member);
    if (outcome.kind !== 'review') return withoutReview(view.intent.id, outcome.kind);
    return {
      review: outcome.review,
      signIn: freshSignIn(view, member, outcome),
      bankUnavailable: false,
      notAllowed: mayOnlyAsk(member),
    };
  }
}

const NOTHING_TO_REVIEW = {
  review: null as PayState['review'],
  signIn: null,
  bankUnavailable: false,
  notAllowed: false,
};

/** What the page tells before anybody has signed in. */
export const NOBODY = {
  ...NOTHING_TO_REVIEW,
  member: null,
  canAsk: false,
  consents: { documents: null, ask: null, review: null, collect: null },
  snapshot: null,
  items: [],
  payment: null,
  link: null,
} satisfies Partial<PayState>;

function assertOwn(partner: Partner, { intent }: IntentView): void {
  if (intent.partnerId !== partner.id) throw intentNotFound();
}

/** `wanted`: a permission that is asked with it. */
export function signInAt(intentId: string, reason: SignIn['reason'], wanted?: Consent): SignIn {
  const asked = wanted ? `&for=${wanted}` : '';
  return { url: `/pay/${intentId}/sign-in?reason=${reason}${asked}`, reason };
}

/** What the page says where the bank could not be read. */
export function withoutReview(intentId: string, why: CheckFailure) {
  const reason = why === 'consent' || why === 'signed-out' ? why : undefined;
  return {
    review: null,
    signIn: reason ? signInAt(intentId, reason) : null,
    bankUnavailable: why === 'unavailable' || why === 'too-many',
    notAllowed: why === 'not-allowed',
  };
}

/** A payment that nobody can look at any more until the member who confirmed it signs in again. */
function underWay({ intent, payment, attempt, isSignedOut }: IntentView, member: Member) {
  const asked = attempt?.connectionId ?? payment?.connectionId;
  const isTheirs = payment !== undefined && asked === member.connectionId;
  const isStuck = isTheirs && isSignedOut && !isFinal(payment.status);
  return { ...NOTHING_TO_REVIEW, signIn: isStuck ? signInAt(intent.id, 'signed-out') : null };
}

/** Where the bank will ask nobody, the sign-in itself has to be fresh (I-1). */
function freshSignIn({ intent, now }: IntentView, member: Member, { review, record }: ReadReview) {
  return review.approval === 'none' && !isFresh(member, record, now)
    ? signInAt(intent.id, 'fresh')
    : null;
}
