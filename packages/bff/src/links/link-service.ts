import type { LinkMethod } from '@qonto-pay/shared';
import { BankUnavailableError, PaymentError } from '../payments/errors.js';
import { intentNotFound, paused } from '../payments/intent-service.js';
import type { Partner } from '../payments/partner.js';
import type { Bank, Ids } from '../payments/ports.js';
import type { Member } from '../payments/records.js';
import { hasConsent } from '../payments/request-rules.js';
import type { OnceKey } from '../payments/store-port.js';
import { readMethods } from './link-order-rules.js';
import { mayBeNone } from './link-pace.js';
import { alreadyPaid, assertCreatable, inProgress } from './link-rules.js';
import { found } from './link-search.js';
import { sharedLink } from './link-snapshot.js';
import { isOurMoney, statusOfLink } from './link-state-machine.js';
import { isPaidAlready, isStillPayable, otherLinks } from './other-links.js';
import type { LinkBank, ProviderWish } from './ports.js';
import type { ProviderService } from './provider-service.js';
import type { Link, LinkOrder, LinkView } from './records.js';
import type { LinkChange, LinkIntentStore, LinkStore } from './store-port.js';

export interface LinkWish {
  methods: readonly string[];
  /** Although another link of the invoice is open. */
  acceptsOthers: boolean;
}

export interface LinkServiceDeps {
  bank: LinkBank;
  intents: LinkIntentStore;
  links: LinkStore;
  providers: ProviderService;
  accounts: Bank['accounts'];
  ids: Ids;
  publicUrl: string;
  wake: () => void;
}

/** What a member may do with a link: have it made, choose between two, deactivate it. */
export class LinkService {
  readonly #deps: LinkServiceDeps;

  constructor(deps: LinkServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Has the link made, once: written before it is sent. Whoever asks again gets the one there is.
   * @throws PaymentError that says why there is none to be made.
   */
  async create(
    partner: Partner,
    intentId: string,
    member: Member,
    wish: LinkWish,
    once: OnceKey,
  ): Promise<{ replayed: boolean }> {
    const { links, bank, ids } = this.#deps;
    const view = await this.#own(partner, intentId);
    if (await links.isRepeated(once)) return { replayed: true };
    if (partner.paused) throw paused();
    assertCreatable(view);
    assertConsent(member);
    const { intent } = view;
    const { methods, listedBefore } = await this.#usable(view, member, wish);
    await this.#assertCollector(intent.order, member);
    const outcome = await links.open(
      {
        id: ids.make('lnk'),
        ...{ intent, member },
        request: bank.linkRequest(intent.order, methods),
        listedBefore,
        decision: { methods, acceptsOthers: wish.acceptsOthers },
      },
      once,
    );
    if (outcome === 'taken') assertCreatable(await this.#own(partner, intentId));
    if (outcome === 'taken') throw inProgress();
    this.#deps.wake();
    return { replayed: outcome === 'repeated' };
  }

  /**
   * After a lost answer links at the bank may be ours: this one is to be shared, `none` of them is it,
   * or there is `nothing-found`. @throws PaymentError `candidate-not-found`.
   */
  async choose(partner: Partner, intentId: string, member: Member, choice: string): Promise<void> {
    const { link, now } = await this.#own(partner, intentId);
    const isTheirs = link?.organizationId === member.organizationId;
    if (!isTheirs || link.status !== 'unknown') throw candidateNotFound();
    const isNone = choice === NONE || choice === NOTHING_FOUND;
    const change = isNone ? noneOf(link, choice, now) : chosen(link, choice);
    const outcome = change && (await this.#deps.links.change(link, { ...change, member }));
    if (outcome !== 'advanced') throw candidateNotFound();
    this.#deps.wake();
  }

  /** @throws PaymentError `link-not-open`, `link-not-ours`; what the bank's silence throws. */
  async deactivate(partner: Partner, intentId: string, member: Member): Promise<void> {
    const { bank, links } = this.#deps;
    const link = sharedLink(await this.#own(partner, intentId));
    const isTheirs = link?.organizationId === member.organizationId;
    if (!isTheirs || link.status !== 'open') throw notOpen();
    if (!link.namedByBank || link.bankId === undefined) {
      throw new PaymentError('link-not-ours', 'Deactivate it in your Qonto app.');
    }
    assertConsent(member);
    await links.noteWish(link, member, 'link-deactivation-asked');
    const answer = await bank
      .deactivate(member.connectionId, link.bankId)
      .finally(() => links.hint(intentId));
    if (answer === 'refused') throw notOpen();
    if (answer.status === 'unrecognized' || answer.status === 'open') {
      throw new BankUnavailableError('A deactivated link is still open');
    }
    // What a client has begun to pay still comes: then the invoice is not free.
    const payments = await bank.payments(member.connectionId, link.bankId);
    const to = statusOfLink(answer.status, { reusable: link.reusable, payments });
    // Another sum is for the watcher to tell. Lost: the watcher has seen it first.
    if (!isOurMoney(link, answer, payments)) return;
    const cause = to === 'canceled' ? 'deactivated' : 'deactivated-too-late';
    await links.change(link, { to, cause, member, note: { payments }, nextInMs: 0 });
    this.#deps.wake();
  }

  /** Begins, or goes on with, the provider's onboarding. */
  async connect(
    partner: Partner,
    intentId: string,
    member: Member,
    wish: Omit<ProviderWish, 'callbackUrl'>,
  ): Promise<void> {
    await this.#own(partner, intentId);
    assertConsent(member);
    const callbackUrl = `${this.#deps.publicUrl}/pay/${intentId}?provider=back`;
    await this.#deps.providers.connect(member, { ...wish, callbackUrl });
  }

  /** Who is named as the payee is who collects: nobody else's company takes the client's money. */
  async #assertCollector({ payee }: LinkOrder, { connectionId }: Member): Promise<void> {
    if (!payee) return;
    const accounts = await this.#deps.accounts(connectionId);
    if (accounts.some(({ iban }) => iban === payee.iban)) return;
    throw new PaymentError('not-the-payee', 'Sign in for the company that is to be paid.');
  }

  async #usable(
    view: LinkView,
    member: Member,
    wish: LinkWish,
  ): Promise<{ methods: LinkMethod[]; listedBefore: string[] }> {
    const { order } = view.intent;
    const methods = readMethods(wish.methods, 'methods');
    if (methods.some((method) => !order.methods.includes(method))) {
      throw new PaymentError('invalid-methods', 'Choose among those of the invoice.', {
        field: 'methods',
      });
    }
    this.#deps.providers.forget(member);
    const { status, enabled, listed } = await this.#deps.providers.read(member, { listed: true });
    if (status === 'unavailable') throw new PaymentError('provider-unavailable', NOT_OFFERED);
    if (status !== 'enabled') {
      throw new PaymentError('provider-not-connected', 'Connect Qonto to the provider first.');
    }
    const missing = methods.find((method) => !enabled.includes(method));
    if (missing) {
      throw new PaymentError('method-not-enabled', 'Choose among the enabled methods.', {
        field: 'methods',
      });
    }
    const others = otherLinks(listed, order, view.link);
    if (others.some((other) => isPaidAlready(other, order))) throw alreadyPaid();
    const isDoubtful = others.some((other) => isStillPayable(other) || other.status === 'paid');
    if (isDoubtful && !wish.acceptsOthers) {
      throw new PaymentError('other-links-open', 'Share the link that there is, or accept both.');
    }
    // Older ones are never taken for ours.
    const since = view.now.getTime() - LISTED_FOR_MS;
    const recent = listed.filter(({ createdAt }) => createdAt.getTime() > since);
    return { methods, listedBefore: recent.map(({ id }) => id) };
  }

  async #own(partner: Partner, intentId: string): Promise<LinkView> {
    const view = await this.#deps.intents.view(intentId);
    if (view?.intent.partnerId !== partner.id) throw intentNotFound();
    return view;
  }
}

const NOT_OFFERED = 'Qonto offers no payment links to your organisation.';

function assertConsent(member: Member): void {
  if (hasConsent(member, 'collect')) return;
  throw new PaymentError('consent-required', 'Sign in again and allow payment links.');
}

/** What a form sends instead of an id: none of those it shows, or it shows none. */
const NONE = 'none';
const NOTHING_FOUND = 'nothing-found';
/** Longer than clocks differ and a request waits for its send. */
const LISTED_FOR_MS = 24 * 60 * 60_000;

function chosen(link: Link, bankId: string): LinkChange | undefined {
  const bank = link.candidates.find(({ id }) => id === bankId);
  return bank && { ...found(bank), cause: 'candidate-chosen' };
}

/** The member knows better than a list that cannot prove it. */
function noneOf(link: Link, choice: string, now: Date): LinkChange | undefined {
  // Found meanwhile, and not seen yet.
  if (choice === NOTHING_FOUND && link.candidates.length > 0) return undefined;
  if (!mayBeNone(link, now)) return undefined;
  const note = { reason: 'not-at-the-bank' as const, candidates: [] };
  return { to: 'failed', cause: 'member-says-none', note };
}

const candidateNotFound = () =>
  new PaymentError('candidate-not-found', 'Look at the page again, or wait for ten minutes.');

const notOpen = () => new PaymentError('link-not-open', 'Look at the page again.');
