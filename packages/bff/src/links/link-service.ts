import type { LinkMethod } from '@qonto-pay/shared';
import { BankUnavailableError, PaymentError } from '../payments/errors.js';
import { intentNotFound, paused } from '../payments/intent-service.js';
import type { Partner } from '../payments/partner.js';
import type { Ids } from '../payments/ports.js';
import type { Member } from '../payments/records.js';
import { hasConsent } from '../payments/request-rules.js';
import type { OnceKey } from '../payments/store-port.js';
import { readMethods } from './link-order-rules.js';
import { alreadyPaid, assertCreatable, inProgress } from './link-rules.js';
import { isSameContent } from './link-search.js';
import { noteOf } from './link-sender.js';
import { isShared } from './link-snapshot.js';
import { statusOfLink } from './link-state-machine.js';
import { isStillPayable, otherLinks } from './other-links.js';
import type { LinkBank, ProviderWish } from './ports.js';
import type { ProviderService } from './provider-service.js';
import type { LinkView } from './records.js';
import type { LinkIntentStore, LinkStore } from './store-port.js';

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

  /** After a lost answer two links at the bank may be ours: this one is to be shared. */
  async choose(partner: Partner, intentId: string, member: Member, bankId: string): Promise<void> {
    const { link } = await this.#own(partner, intentId);
    const isTheirs = link?.organizationId === member.organizationId;
    const chosen = isTheirs ? link.candidates.find(({ id }) => id === bankId) : undefined;
    const isOpen = link?.status === 'unknown' && chosen;
    const status = chosen?.status === 'unrecognized' ? 'open' : chosen?.status;
    const isChosen =
      isOpen &&
      (await this.#deps.links.change(link, {
        to: statusOfLink(status ?? 'open', link),
        cause: 'candidate-chosen',
        member,
        note: { ...noteOf(chosen), candidates: [] },
        nextInMs: 0,
      })) === 'advanced';
    if (!isChosen) throw new PaymentError('candidate-not-found', 'Look at the page again.');
    this.#deps.wake();
  }

  /** @throws PaymentError `link-not-open`, `link-not-ours`; what the bank's silence throws. */
  async deactivate(partner: Partner, intentId: string, member: Member): Promise<void> {
    const { bank, links } = this.#deps;
    const { link } = await this.#own(partner, intentId);
    const isTheirs = link?.organizationId === member.organizationId;
    if (!isTheirs || !isShared(link) || link.status !== 'open') throw notOpen();
    if (!link.namedByBank || link.bankId === undefined) {
      throw new PaymentError('link-not-ours', 'Deactivate it in your Qonto app.');
    }
    assertConsent(member);
    const answer = await bank
      .deactivate(member.connectionId, link.bankId)
      .finally(() => links.hint(intentId));
    if (answer === 'refused') throw notOpen();
    if (answer.status === 'unrecognized' || answer.status === 'open') {
      throw new BankUnavailableError('A deactivated link is still open');
    }
    const to = statusOfLink(answer.status, link);
    // Lost: the watcher has seen it first.
    await links.change(link, { to, cause: 'deactivated', member, nextInMs: 0 });
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
    const { status, enabled, listed } = await this.#deps.providers.read(member);
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
    if (others.some(({ status: other }) => other === 'paid')) throw alreadyPaid();
    if (others.some(isStillPayable) && !wish.acceptsOthers) {
      throw new PaymentError('other-links-open', 'Share the link that there is, or accept both.');
    }
    const alike = listed.filter((bank) => isSameContent(bank, order));
    return { methods, listedBefore: alike.map(({ id }) => id) };
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

const notOpen = () => new PaymentError('link-not-open', 'Look at the page again.');
