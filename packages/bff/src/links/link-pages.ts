import { type BankTransfers, formatAmount, type PayState } from '@qonto-pay/shared';
import { epcPayload } from '@qonto-pay/shared/epc-qr';
import {
  type BankTransfersOfAKind,
  reasonAgainstTelling,
} from '../payments/bank-transfer-service.js';
import { intentNotFound } from '../payments/intent-service.js';
import type { Partner } from '../payments/partner.js';
import {
  NOBODY,
  type PagesOfAKind,
  signInAt,
  withoutReview,
} from '../payments/pay-page-service.js';
import type { Member } from '../payments/records.js';
import { consentsOf, hasConsent } from '../payments/request-rules.js';
import { failureOf } from '../payments/review-service.js';
import { linkSnapshotOf, reasonAgainstLink } from './link-snapshot.js';
import { holdsInvoice } from './link-state-machine.js';
import { payLink } from './pay-link.js';
import type { ProviderService, ProviderState } from './provider-service.js';
import type { LinkView } from './records.js';
import type { LinkIntentStore } from './store-port.js';

/** The pay page of an intent to collect. */
export class LinkPages implements PagesOfAKind, BankTransfersOfAKind {
  readonly #intents: LinkIntentStore;
  readonly #providers: ProviderService;

  constructor(intents: LinkIntentStore, providers: ProviderService) {
    this.#intents = intents;
    this.#providers = providers;
  }

  /** As `PayPageService.state`. */
  async state(partner: Partner, intentId: string, member: Member | undefined): Promise<PayState> {
    const view = await this.#own(partner, intentId);
    const { returnUrl } = view.intent;
    const frame = {
      ...NOBODY,
      intent: intentId,
      partner: { name: partner.name },
      serverTime: view.now.toISOString(),
      bankTransfer: reasonAgainstTransfer(partner, view, member) === null,
    };
    if (!member) {
      const origin = new URL('/', returnUrl).href;
      return { ...frame, returnUrl: origin, signIn: signInTo(intentId, 'signed-out') };
    }
    const snapshot = linkSnapshotOf(view);
    const step = await this.#step(view, member, snapshot.payable);
    return {
      ...{ ...frame, ...step.frame, returnUrl, snapshot },
      member: { name: member.memberName, organization: member.organizationName },
      consents: consentsOf(intentId, member),
      link: payLink(view, member, step.provider),
    };
  }

  async seen(partner: Partner, intentId: string): Promise<void> {
    await this.#own(partner, intentId);
    await this.#intents.markPageSeen(intentId);
  }

  /** Of who collects, for a client who pays from any bank. */
  async bankTransfers(
    partner: Partner,
    intentId: string,
    member: Member | undefined,
  ): Promise<BankTransfers> {
    const view = await this.#own(partner, intentId);
    const why = reasonAgainstTransfer(partner, view, member);
    const { payee, amountCents, remittance: reference } = view.intent.order;
    if (why || !payee) return { kind: 'link', transfers: [], why };
    const payload = epcPayload({ ...payee, amountCents, reference }) ?? null;
    const row = { index: 0, ...payee, amount: formatAmount(amountCents), reference, payload };
    return { kind: 'link', transfers: [row], why };
  }

  /** The member comes back from the provider, or the bank tells of it: what we know of it is old. */
  providerChanged(member: Pick<Member, 'connectionId'>): void {
    this.#providers.forget(member);
  }

  async #step(
    view: LinkView,
    member: Member,
    payable: boolean,
  ): Promise<{ frame: Partial<PayState>; provider: ProviderState | undefined }> {
    const { id } = view.intent;
    const none = { provider: undefined };
    if (!payable) return { frame: { signIn: stuckSignIn(view, member) }, ...none };
    if (!hasConsent(member, 'collect'))
      return { frame: { signIn: signInTo(id, 'consent') }, ...none };
    try {
      return { frame: {}, provider: await this.#providers.read(member, toList(view)) };
    } catch (error) {
      const { signIn, bankUnavailable, notAllowed } = withoutReview(id, failureOf(error));
      const again = signIn && signInTo(id, signIn.reason);
      return { frame: { signIn: again, bankUnavailable, notAllowed }, ...none };
    }
  }

  async #own(partner: Partner, intentId: string): Promise<LinkView> {
    const view = await this.#intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }
}

/** A link that is open hinders nothing: a client pays by it, or from their bank. */
function reasonAgainstTransfer(
  partner: Partner,
  view: LinkView,
  member: Member | undefined,
): BankTransfers['why'] {
  const { intent, link } = view;
  const why = link?.status === 'open' ? null : reasonAgainstLink(view);
  if (!intent.order.payee) return 'not-offered';
  return reasonAgainstTelling(partner, member) ?? why;
}

/** Of a basket there are no others: the same thing is sold more than once. */
const toList = ({ intent }: LinkView): { listed: boolean } => ({
  listed: intent.order.content.kind === 'invoice',
});

/** Links need a permission of their own: asked with the sign-in, so that there is one consent. */
const signInTo = (intentId: string, reason: 'signed-out' | 'consent' | 'fresh') =>
  signInAt(intentId, reason, 'collect');

/** A link that nobody can look at any more until the member who made it signs in again. */
function stuckSignIn({ intent, link, isSignedOut }: LinkView, member: Member): PayState['signIn'] {
  const isTheirs = link?.connectionId === member.connectionId;
  const isLive = link && holdsInvoice(link.status) && link.status !== 'paid';
  if (!isTheirs || !isLive) return null;
  if (isSignedOut) return signInTo(intent.id, 'signed-out');
  return hasConsent(member, 'collect') ? null : signInTo(intent.id, 'consent');
}
