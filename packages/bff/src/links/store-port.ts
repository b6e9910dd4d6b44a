import type { LinkReason, LinkState } from '@qonto-pay/shared';
import type { BankRequest } from '../payments/ports.js';
import type { Member } from '../payments/records.js';
import type { OnceKey, StoredAnswer } from '../payments/store-port.js';
import type {
  BankLink,
  BankLinkPayment,
  LeasedLink,
  Link,
  LinkOrder,
  LinkView,
} from './records.js';

export interface NewLinkIntent {
  id: string;
  partnerId: string;
  returnUrl: string;
  order: LinkOrder;
  lifeMs: number;
}

/** Intents to collect, and what the world may see of them. */
export interface LinkIntentStore {
  /** As `IntentStore.create`. */
  create(
    intent: NewLinkIntent,
    once: OnceKey,
    answer: (view: LinkView) => StoredAnswer,
  ): Promise<StoredAnswer & { replayed: boolean }>;
  /** The intent as it is now; `undefined`: none of kind `link`. Publishes what has changed unseen. */
  view(intentId: string): Promise<LinkView | undefined>;
  /** The same for many, without order; others are left out. */
  views(intentIds: string[]): Promise<LinkView[]>;
  /** Withdraws unless a link of it is live. @throws PaymentError `link-in-progress`, `already-paid`. */
  withdraw(intentId: string): Promise<LinkView>;
  markPageSeen(intentId: string): Promise<void>;
}

export interface NewLink {
  id: string;
  intent: LinkView['intent'];
  member: Member;
  request: BankRequest;
  /** Ids of the bank, as `Link.listedBefore`. */
  listedBefore: string[];
  /** What the member saw and chose, for the audit log. */
  decision: Record<string, unknown>;
}

/** What a step learned, written with the change of status or alone. */
export type LinkNote = Partial<{
  /** `null`: an earlier one no longer holds. */
  reason: LinkReason | null;
  inFlight: boolean;
  cleanListings: number;
  firstCleanListingAt: Date | null;
  candidates: BankLink[];
  bankId: string;
  namedByBank: boolean;
  url: string;
  bankExpiresAt: Date;
  /** As the bank tells them: replaces what was known. */
  payments: BankLinkPayment[];
}>;

export interface LinkChange {
  to: LinkState;
  /** Why, in one machine-readable word: goes into the transition row and the audit log. */
  cause: string;
  /** Whose wish it was; neither: the system's. */
  member?: Member;
  by?: { operator: string; why: string };
  traceId?: string | undefined;
  note?: LinkNote;
  nextInMs?: number;
}

/** `lost`: somebody else was first. `taken`: another link holds the invoice by now. */
export type LinkOutcome = 'advanced' | 'lost' | 'taken';

/** Links as members and workers change them. */
export interface LinkStore {
  /**
   * Link, transition, audit and event in one transaction; `taken`: another link holds the invoice,
   * or the intent is closed.
   */
  open(link: NewLink, once: OnceKey): Promise<'opened' | 'repeated' | 'taken'>;
  /** The request was answered before. @throws PaymentError `idempotency-key-reused`. */
  isRepeated(once: OnceKey): Promise<boolean>;
  /** Links whose time has come, for this worker alone; and when the next is due. */
  lease(limit: number): Promise<{ leased: LeasedLink[]; nextDueInMs: number | undefined }>;
  /** Counts, times and marks the one send ahead of it; `undefined`: somebody else was first. */
  markSending(leased: LeasedLink): Promise<LeasedLink | undefined>;
  /**
   * Changes the status if lease and version still hold: check, append, publish in one transaction.
   * Gives the lease back, unless it is `taken`. Beside a link that is `paid`, one of the invoice that
   * is open and ours to deactivate is to be withdrawn.
   */
  advance(leased: LeasedLink, change: LinkChange): Promise<LinkOutcome>;
  /** The same by a member's wish, by compare-and-set of the version. */
  change(link: Link, change: LinkChange): Promise<LinkOutcome>;
  /**
   * Gives the lease back and notes what was learned, unless the link has changed meanwhile;
   * publishes when the world may see of it. Whoever was woken meanwhile stays due.
   */
  release(leased: LeasedLink, nextInMs: number, note?: LinkNote): Promise<void>;
  /** After a defect of ours: back in the queue, unless a send may be under way. */
  releaseIfIdle(leased: LeasedLink, nextInMs: number): Promise<void>;
  /** The bank could not be asked: logged, and tried again; rarely for a member who is signed out. */
  waitForBank(leased: LeasedLink, error: unknown, nextInMs: number): Promise<void>;
  /** Audits what a member asks of the bank, before it is asked: the answer may get lost. */
  noteWish(link: Link, member: Member, action: string): Promise<void>;
  /** Raises an alarm that an operator sees, in log and audit log. */
  alarm(leased: Pick<LeasedLink, 'link'>, what: string): Promise<void>;
  /**
   * Of these ids of the bank, those of other links of ours, whoever the partner; and whether another
   * request that may have made one of them waits for its answer.
   */
  claims(
    link: Link,
    bankIds: readonly string[],
  ): Promise<{ taken: ReadonlySet<string>; isTwinInFlight: boolean }>;
  /** Somebody is looking: due at once, at most once in two seconds; a lost one in 15. */
  hint(intentId: string): Promise<void>;
  /** After a new sign-in: what could not be looked at is due at once. */
  wakeConnection(connectionId: string): Promise<void>;
}
