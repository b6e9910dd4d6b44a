import type { ApprovalMethod } from '@qonto-pay/shared';
import {
  type Accepted,
  assertPayable,
  decided,
  isFresh,
  joins,
  reviewChanged,
  withoutReview,
} from './confirmation-rules.js';
import { decisionRecord } from './decision-record.js';
import { PaymentError } from './errors.js';
import { intentNotFound, paused } from './intent-service.js';
import { newItems, orderBytes } from './orders.js';
import { later } from './pace.js';
import type { Partner } from './partner.js';
import type { ApprovalPreference, Bank, Ids } from './ports.js';
import type { IntentView, Member, Payment } from './records.js';
import type { RequestService } from './request-service.js';
import { itemsOf, sumOf } from './review-rules.js';
import {
  distinctIbans,
  mayOnlyAsk,
  type ReadReview,
  type ReviewService,
  type RowDocuments,
  usableAccount,
} from './review-service.js';
import { assertNoneTaken, documentIdsOf, reviewedAs } from './reviewed-rows.js';
import { isSameRows, taken } from './selection.js';
import type { IntentStore, NewAttempt, OnceKey, PaymentStore, ReviewStore } from './store-port.js';

export interface Confirmation {
  reviewVersion: number;
  accountId: string;
  accept: Accepted;
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
    if (view.payment && (await this.#deps.payments.isRepeated(once))) return { replayed: true };
    if (joins(view, member)) return { replayed: true };
    if (partner.paused) throw paused();
    assertPayable(view);
    if (mayOnlyAsk(member)) throw withoutReview('not-allowed');
    const { reviewService, reviews, documents } = this.#deps;
    await assertNoneTaken(confirmation.reviewVersion, reviews, view, member);
    const read = await reviewedAs(confirmation.reviewVersion, reviewService, view, member);
    const account = usableAccount(read.accounts, confirmation.accountId);
    const check = decided(read, confirmation.accept);
    const attachmentIds = await documentIdsOf(documents, view.intent, member, read.rows);
    await this.#assertTrustUnchanged(view, member, read);
    const items = newItems({
      intent: view.intent,
      rows: read.rows,
      record: read.record,
      now: view.now,
      uuid: () => this.#deps.ids.uuid(),
    });
    const outcome = await this.#deps.payments.open(
      {
        id: this.#deps.ids.make('pay'),
        intent: view.intent,
        member,
        kind: items.length === 1 ? 'transfer' : 'bulk',
        account,
        amountCents: sumOf(view.intent, read.rows),
        items,
        payeeCheckId: check.id,
        attempt: this.#attempt({
          connectionId: member.connectionId,
          accountId: account.id,
          items,
          proof: check.proof,
          attachmentIds,
          approvalMethod: this.#deps.approvalMethod,
          expectsApproval: read.review.approval === 'phone',
          trustReadAt: view.now,
        }),
        decision: decisionRecord(view.intent, read, confirmation),
      },
      once,
      this.#deps.maxChallenges,
    );
    if (outcome.kind === 'taken') return this.#joinTaken(partner, intentId, member, outcome.rows);
    this.#deps.wake();
    return { replayed: outcome.kind === 'repeated' };
  }

  /** Stops a payment that waits for its approval: nothing was executed, and nothing will be. */
  async cancel(partner: Partner, intentId: string, member: Member): Promise<void> {
    const { payments } = this.#deps;
    const { payment, isRequest } = await this.#mine(partner, intentId, member);
    const isWaiting = payment.status === 'approval_needed' || payment.status === 'confirmed';
    const stop = () =>
      isRequest ? payments.stopApproval(payment, member) : payments.cancel(payment);
    if (isWaiting && (await stop())) return;
    throw notCancelable();
  }

  /** Another method or "send again" (I-4): the attempt ends, a new one begins with a new key. */
  async newApproval(
    partner: Partner,
    intentId: string,
    member: Member,
    method: ApprovalMethod,
  ): Promise<void> {
    const { payment, attempt, isRequest } = await this.#mine(partner, intentId, member);
    if (isRequest) {
      const { requests } = this.#deps;
      if (await requests.approveAnew(payment, attempt, member, method)) return;
      throw notReplaceable();
    }
    // Another intent may name the same invoice: what was confirmed stands in the payment's own.
    const view = await this.#own(partner, payment.intentId);
    const review = await this.#deps.reviews.find(payment.intentId, member.connectionId);
    const rows = payment.items.map(({ index }) => index);
    const check = review?.check;
    const isChecked = check?.status === 'done' && isSameRows(check.rows, rows);
    const isOwnTransfer = payment.kind !== 'request' && payment.status === 'approval_needed';
    if (!isOwnTransfer || !isChecked) throw notReplaceable();
    const next = this.#attempt({
      connectionId: member.connectionId,
      accountId: payment.accountId,
      items: payment.items,
      proof: check.proof,
      attachmentIds: await documentIdsOf(this.#deps.documents, view.intent, member, rows),
      approvalMethod: this.#deps.approvalMethod === 'mock' ? 'mock' : method,
      // The payer expects the phone, and nobody has read now whether the payees are trusted.
      ...{ expectsApproval: true, trustReadAt: undefined },
    });
    const { payments, maxChallenges } = this.#deps;
    if (!(await payments.replaceAttempt(payment, next, maxChallenges))) throw notReplaceable();
    this.#deps.wake();
  }

  /** Read right before the send: trusted payees mean that the bank asks nobody (I-1). */
  async #assertTrustUnchanged(view: IntentView, member: Member, read: ReadReview) {
    const { intent, now } = view;
    const ibans = distinctIbans(
      itemsOf(intent, read.rows).map(({ payeeIban }) => ({ iban: payeeIban })),
    );
    const { known, at } = await this.#deps.bank.findPayees(member.connectionId, ibans);
    const isSame = ibans.every((iban) => {
      const before = read.record.known.get(iban);
      const after = known.get(iban);
      return before?.id === after?.id && (before?.trusted ?? false) === (after?.trusted ?? false);
    });
    if (!isSame) {
      await this.#deps.reviews.noteKnown(intent.id, member.connectionId, { ibans, known });
      throw reviewChanged();
    }
    if (read.review.approval === 'none' && !isFresh(member, read.record, later(now, at))) {
      throw new PaymentError(
        'fresh-sign-in-required',
        'Qonto will not ask on the phone for this payment. Sign in again to confirm it is you.',
      );
    }
  }

  #attempt(
    order: Omit<Parameters<typeof orderBytes>[1], 'tag' | 'proof'> &
      Pick<NewAttempt, 'connectionId' | 'approvalMethod' | 'expectsApproval' | 'trustReadAt'> & {
        proof: string | undefined;
      },
  ): NewAttempt {
    const { connectionId, approvalMethod, expectsApproval, trustReadAt, proof } = order;
    if (!proof) throw new Error('a finished payee check has a proof');
    const tag = this.#deps.ids.tag();
    return {
      id: this.#deps.ids.uuid(),
      bankKey: this.#deps.ids.uuid(),
      kind: order.items.length === 1 ? 'transfer' : 'bulk',
      ...{ connectionId, approvalMethod, expectsApproval, tag, trustReadAt },
      request: orderBytes(this.#deps.bank, { ...order, proof, tag }),
    };
  }

  /** Somebody else was first by a moment: the same member joins, anybody else is told so. */
  async #joinTaken(
    partner: Partner,
    intentId: string,
    member: Member,
    rows: readonly number[],
  ): Promise<{ replayed: true }> {
    const view = await this.#own(partner, intentId);
    if (joins(view, member)) return { replayed: true };
    assertPayable(view);
    const [row] = rows;
    const state = view.items.find(({ index }) => index === row);
    if (row !== undefined && state) throw taken(state, row);
    throw reviewChanged();
  }

  async #own(partner: Partner, intentId: string): Promise<IntentView> {
    const view = await this.#deps.intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }

  /** What this member's own phone is asked for: `isRequest`, on behalf of a colleague. */
  async #mine(
    partner: Partner,
    intentId: string,
    member: Member,
  ): Promise<{ payment: Payment; attempt: IntentView['attempt']; isRequest: boolean }> {
    const { payment, attempt } = await this.#own(partner, intentId);
    const asked = attempt?.connectionId ?? payment?.connectionId;
    if (payment && asked === member.connectionId) {
      return { payment, attempt, isRequest: attempt?.kind === 'request-approval' };
    }
    // The requester may not stop what a colleague approves: the request would stay at the bank.
    if (payment?.connectionId === member.connectionId) throw notCancelable();
    throw new PaymentError('payment-not-found', 'You have no payment of this invoice.');
  }
}

export interface PaymentServiceDeps {
  bank: Bank;
  intents: IntentStore;
  payments: PaymentStore;
  reviews: ReviewStore;
  reviewService: ReviewService;
  documents: RowDocuments;
  requests: Pick<RequestService, 'approveAnew'>;
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

const notCancelable = () =>
  new PaymentError(
    'not-cancelable',
    'The bank may already have it. Look at the status before you do anything else.',
  );
