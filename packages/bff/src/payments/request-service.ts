import { assertPayable, joins, reviewChanged, withoutReview } from './confirmation-rules.js';
import { PaymentError } from './errors.js';
import { intentNotFound, paused } from './intent-service.js';
import { newItems } from './orders.js';
import type { Partner } from './partner.js';
import type { ApprovalPreference, Bank, Ids, RequestOrder } from './ports.js';
import type { IntentView, Member, Payment } from './records.js';
import { hasConsent, mayReview } from './request-rules.js';
import { itemsOf, sumOf } from './review-rules.js';
import type { ReadReview, ReviewService, RowDocuments } from './review-service.js';
import { taken } from './selection.js';
import type { IntentStore, NewAttempt, NewPayment, OnceKey, PaymentStore } from './store-port.js';

export interface Asking {
  reviewVersion: number;
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
    const read = await this.#reviewed(view, member, asking);
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
  ): Promise<{ replayed: boolean }> {
    const { payment, attempt } = await this.#own(partner, intentId);
    const isUnderWay =
      attempt?.kind === 'request-approval' && attempt.connectionId === member.connectionId;
    if (isUnderWay && payment?.status !== 'requested') return { replayed: true };
    const request = reviewable(payment, member);
    assertConsent(member, 'review');
    const { ids, bank, payments, maxChallenges } = this.#deps;
    const opened = await payments.replaceAttempt(
      request,
      {
        ...this.#attempt(member, 'request-approval'),
        expectsApproval: true,
        tag: ids.tag(),
        request: bank.requestApproval({
          id: bankIdOf(request),
          type: 'multi_transfers',
          accountIban: request.accountIban || undefined,
        }),
      },
      maxChallenges,
    );
    if (!opened) throw notPending();
    this.#deps.wake();
    return { replayed: false };
  }

  /** The colleague says no; the member who asked reads the note in Qonto. */
  async decline(partner: Partner, intentId: string, member: Member, note: string): Promise<void> {
    const { payment } = await this.#own(partner, intentId);
    const request = reviewable(payment, member);
    assertConsent(member, 'review');
    const rows = request.items.map(({ index }) => index);
    await this.#deps.payments.noteWish(request.id, member, { action: 'decline-asked', rows });
    await this.#deps.bank.declineRequest(member.connectionId, {
      id: bankIdOf(request),
      type: 'multi_transfers',
      note,
    });
    this.#deps.wake();
  }

  async #reviewed(view: IntentView, member: Member, asking: Asking): Promise<ReadReview> {
    const outcome = await this.#deps.reviewService.read(view, member);
    if (outcome.kind !== 'review') throw withoutReview(outcome.kind);
    if (outcome.record.version !== asking.reviewVersion) throw reviewChanged();
    if (outcome.rows.length > 0) return outcome;
    throw new PaymentError('invalid-selection', 'Choose at least one row.', { field: 'select' });
  }

  async #payment(
    { intent, now }: IntentView,
    member: Member,
    read: ReadReview,
    asking: Asking,
  ): Promise<NewPayment> {
    const { ids, bank } = this.#deps;
    const { rows, record, accounts } = read;
    const account = accounts.find(({ id }) => id === (asking.accountId ?? read.review.accountId));
    const items = newItems({ intent, rows, record, now, uuid: () => ids.uuid() });
    const tag = ids.tag();
    const order: RequestOrder = {
      accountIban: account?.iban,
      note: [asking.note.trim(), tag].filter(Boolean).join(' · '),
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
        ...this.#attempt(member, 'request'),
        ...{ expectsApproval: false, tag, request: bank.colleagueRequest(order) },
      },
      decision: { asked: true, lang: asking.lang, count: rows.length, amount: read.review.amount },
    };
  }

  async #orderItems(intent: IntentView['intent'], rows: readonly number[], member: Member) {
    const documents = await this.#deps.documents.states(intent, rows, member);
    return itemsOf(intent, rows).map((item) => ({
      name: item.payeeName,
      iban: item.payeeIban,
      amountCents: item.amountCents,
      remittance: item.remittance,
      attachmentIds: documents.get(item.index)?.attachmentIds ?? [],
    }));
  }

  #attempt(member: Member, kind: NewAttempt['kind']) {
    const { ids, approvalMethod } = this.#deps;
    const { connectionId } = member;
    const key = { id: ids.uuid(), bankKey: ids.uuid() };
    return { ...key, connectionId, kind, approvalMethod, trustReadAt: undefined };
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

function reviewable(payment: Payment | undefined, member: Member): Payment {
  if (payment && mayReview(payment, member)) return payment;
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
