import type { ApprovalMethod } from '@qonto-pay/shared';
import { assertPayable, joins, reviewChanged } from './confirmation-rules.js';
import { PaymentError } from './errors.js';
import { intentNotFound, paused } from './intent-service.js';
import { newItems } from './orders.js';
import type { Partner } from './partner.js';
import type { ApprovalPreference, Bank, Ids, RequestOrder } from './ports.js';
import type { IntentView, Member, Payment } from './records.js';
import { hasConsent, mayReview } from './request-rules.js';
import { itemsOf, sumOf } from './review-rules.js';
import {
  type ReadReview,
  type ReviewService,
  type RowDocuments,
  usableAccount,
} from './review-service.js';
import { documentIdsOf, reviewedAs } from './reviewed-rows.js';
import { assertFree, isSameRows, taken } from './selection.js';
import type { IntentStore, NewAttempt, NewPayment, OnceKey, PaymentStore } from './store-port.js';

export interface Asking {
  reviewVersion: number;
  /** The rows that the member saw as selected. */
  rows: 'all' | readonly number[];
  accountId?: string;
  /** Read by the colleague, in Qonto too. */
  note: string;
  lang: string;
}

export interface RequestServiceDeps {
  bank: Bank;
  intents: IntentStore;
  payments: PaymentStore;
  reviewService: ReviewService;
  documents: RowDocuments;
  ids: Ids;
  approvalMethod: ApprovalPreference;
  maxChallenges: number;
  wake: () => void;
}

/** "Prepare and ask": members who may not pay pass their selection on to colleagues who may. */
export class RequestService {
  readonly #deps: RequestServiceDeps;

  constructor(deps: RequestServiceDeps) {
    this.#deps = deps;
  }

  /** Prepares a request of the selected rows. No money moves before a colleague approves it. */
  async ask(
    partner: Partner,
    intentId: string,
    member: Member,
    asking: Asking,
    once: OnceKey,
  ): Promise<{ replayed: boolean }> {
    const view = await this.#own(partner, intentId);
    const { payments } = this.#deps;
    if (view.payment && (await payments.isRepeated(once))) return { replayed: true };
    if (joins(view, member)) return { replayed: true };
    if (partner.paused) throw paused();
    assertPayable(view);
    assertConsent(member, 'ask');
    const read = await reviewedAs(asking.reviewVersion, this.#deps.reviewService, view, member);
    // Nothing is checked for them, so nothing else holds the rows that they saw.
    const rows = asking.rows === 'all' ? read.review.items.map(({ index }) => index) : asking.rows;
    assertFree(view.items, rows);
    if (!isSameRows(read.rows, rows)) throw reviewChanged();
    if (read.rows.length === 0) {
      throw new PaymentError('invalid-selection', 'Choose at least one row.', { field: 'select' });
    }
    const payment = await this.#payment(view, member, read, asking);
    const outcome = await payments.open(payment, once, this.#deps.maxChallenges);
    if (outcome.kind === 'taken') throw await this.#takenBy(partner, intentId, outcome.rows);
    this.#deps.wake();
    return { replayed: outcome.kind === 'repeated' };
  }

  /** An owner or admin of the same organisation approves: their own phone is asked (facts § 4.8). */
  async approve(
    partner: Partner,
    intentId: string,
    member: Member,
    paymentId: string,
    once: OnceKey,
  ): Promise<{ replayed: boolean }> {
    const view = await this.#own(partner, intentId);
    const { payment, attempt } = view;
    if (payment && (await this.#deps.payments.isRepeated(once))) return { replayed: true };
    const isUnderWay =
      attempt?.kind === 'request-approval' && attempt.connectionId === member.connectionId;
    if (isUnderWay && payment?.status !== 'requested') return { replayed: true };
    const request = reviewable(view, member, paymentId);
    if (partner.paused) throw paused();
    assertConsent(member, 'review');
    const next = { member, method: this.#deps.approvalMethod, once };
    if (!(await this.#openApproval(request, attempt, next))) throw notPending();
    return { replayed: false };
  }

  /** Another method or "send again", as for a payment of one's own (I-4). */
  async approveAnew(
    payment: Payment,
    attempt: IntentView['attempt'],
    member: Member,
    method: ApprovalMethod,
  ): Promise<boolean> {
    if (payment.status !== 'approval_needed') return false;
    const { approvalMethod } = this.#deps;
    const wanted = approvalMethod === 'mock' ? 'mock' : method;
    return this.#openApproval(payment, attempt, { member, method: wanted });
  }

  /** The colleague says no; the member who asked reads the note in Qonto. */
  async decline(
    partner: Partner,
    intentId: string,
    member: Member,
    { paymentId, note }: { paymentId: string; note: string },
  ): Promise<void> {
    const view = await this.#own(partner, intentId);
    const request = reviewable(view, member, paymentId);
    assertConsent(member, 'review');
    const { payments, bank } = this.#deps;
    const rows = request.items.map(({ index }) => index);
    await payments.noteWish(request.id, member, { action: 'decline-asked', rows });
    await bank.declineRequest(member.connectionId, {
      id: bankIdOf(request),
      type: 'multi_transfers',
      // The bank takes none without.
      note: note.trim() || '-',
    });
    if (view.attempt) await payments.wakeConnection(view.attempt.connectionId);
    this.#deps.wake();
  }

  async #openApproval(
    request: Payment,
    before: IntentView['attempt'],
    next: { member: Member; method: ApprovalPreference; once?: OnceKey },
  ): Promise<boolean> {
    const { ids, bank, payments, maxChallenges, wake } = this.#deps;
    const attempt: NewAttempt = {
      id: ids.uuid(),
      bankKey: ids.uuid(),
      connectionId: next.member.connectionId,
      kind: 'request-approval',
      approvalMethod: next.method,
      trustReadAt: undefined,
      expectsApproval: true,
      // The transfers carry the note of the request, whoever approves it.
      tag: before?.tag ?? ids.tag(),
      request: bank.requestApproval({
        id: bankIdOf(request),
        type: 'multi_transfers',
        accountIban: request.accountIban || undefined,
      }),
    };
    const opened = await payments.replaceAttempt(request, attempt, maxChallenges, next.once);
    if (opened) wake();
    return opened;
  }

  async #payment(
    { intent, now }: IntentView,
    member: Member,
    read: ReadReview,
    asking: Asking,
  ): Promise<NewPayment> {
    const { ids, bank } = this.#deps;
    const { rows, record, accounts } = read;
    // A member who may not see the accounts leaves the choice to the bank.
    const wanted = asking.accountId ?? read.review.accountId;
    const account = accounts.length > 0 ? usableAccount(accounts, wanted) : undefined;
    const items = newItems({ intent, rows, record, now, uuid: () => ids.uuid() });
    const tag = ids.tag();
    const order: RequestOrder = {
      accountIban: account?.iban,
      // Our mark first: whatever the bank cuts off, it is not what finds the request again.
      note: [tag, asking.note.trim()].filter(Boolean).join(' · '),
      scheduledOn: oneDay(items),
      items: await this.#orderItems(intent, rows, member),
    };
    return {
      id: ids.make('pay'),
      intent,
      member,
      kind: 'request',
      // Whoever approves may choose another account, so this one is a proposal.
      account: { id: '', name: account?.name ?? '', iban: account?.iban ?? '' },
      amountCents: sumOf(intent, rows),
      items,
      payeeCheckId: undefined,
      attempt: {
        ...{ id: ids.uuid(), bankKey: ids.uuid(), kind: 'request', tag },
        ...{ connectionId: member.connectionId, approvalMethod: this.#deps.approvalMethod },
        ...{ expectsApproval: false, trustReadAt: undefined },
        request: bank.colleagueRequest(order),
      },
      decision: { asked: true, lang: asking.lang, count: rows.length, amount: read.review.amount },
    };
  }

  async #orderItems(intent: IntentView['intent'], rows: readonly number[], member: Member) {
    const idsByRow = await documentIdsOf(this.#deps.documents, intent, member, rows);
    return itemsOf(intent, rows).map((item) => ({
      name: item.payeeName,
      iban: item.payeeIban,
      amountCents: item.amountCents,
      remittance: item.remittance,
      attachmentIds: idsByRow.get(item.index) ?? [],
    }));
  }

  async #takenBy(partner: Partner, intentId: string, rows: readonly number[]) {
    const view = await this.#own(partner, intentId);
    assertPayable(view);
    const state = view.items.find(({ index }) => index === rows[0]);
    return state ? taken(state, state.index) : reviewChanged();
  }

  async #own(partner: Partner, intentId: string): Promise<IntentView> {
    const view = await this.#deps.intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }
}

/** The bank's requests know one day for all. @throws PaymentError `invalid-date`. */
function oneDay(items: readonly { scheduledOn: string | undefined }[]): string | undefined {
  const [first] = items;
  if (items.every(({ scheduledOn }) => scheduledOn === first?.scheduledOn)) {
    return first?.scheduledOn;
  }
  throw new PaymentError(
    'invalid-date',
    'A request has one day for all of its rows. Choose now, or one day.',
    { field: 'payOn' },
  );
}

/** The request that the member has before their eyes, and no later one. */
function reviewable(view: IntentView, member: Member, paymentId: string): Payment {
  const { payment } = view;
  if (payment && payment.id !== paymentId) throw reviewChanged();
  if (payment && mayReview(view, payment, member)) return payment;
  if (payment?.kind === 'request' && payment.organizationId === member.organizationId) {
    throw notPending();
  }
  throw new PaymentError('payment-not-found', 'There is no request that you could decide.');
}

function bankIdOf({ bankId }: Payment): string {
  if (!bankId) throw new Error('a request has its id of the bank');
  return bankId;
}

function assertConsent(member: Member, what: 'ask' | 'review'): void {
  if (hasConsent(member, what)) return;
  throw new PaymentError('consent-required', 'Sign in again and allow the permission.');
}

const notPending = () =>
  new PaymentError('request-not-pending', 'It was decided already, or is being approved now.');
