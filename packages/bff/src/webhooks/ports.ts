/** What the bank can tell us about. */
export type Topic = 'transfers' | 'payment-links' | 'payment-provider' | 'consent-revocations';

/** That something has changed, and nothing of what: the bank itself is asked for the rest. */
export interface WebhookEvent {
  /** The bank's, the same at each repetition. */
  id: string;
  topic: Topic;
  /** The bank's id of the transfer or of the link. */
  objectId: string | undefined;
}

/** Whom an address of ours was given for. */
export interface Subscriber {
  connectionId: string;
  partnerId: string;
  organizationId: string;
  secret: string;
}

export interface SubscriberStore {
  byTokenHash(tokenHash: string): Promise<Subscriber | undefined>;
}

/** An event that this instance works on. */
export interface LeasedEvent extends WebhookEvent {
  /** Whose subscription it came by. */
  connectionId: string;
  partnerId: string;
  organizationId: string;
  /** This one included. */
  tries: number;
  ageMs: number;
  lease: string;
}

export interface WebhookEventStore {
  /**
   * Keeps an event once; `undefined` is one that we did not ask for. Nothing is kept of one that the
   * bank signed (seconds) more than five minutes ago.
   */
  keep(
    event: WebhookEvent | undefined,
    from: { subscriber: Subscriber; signedAt: number },
  ): Promise<'kept' | 'not-kept' | 'stale'>;
  lease(limit: number): Promise<{ leased: LeasedEvent[]; nextDueInMs: number | undefined }>;
  /** It is done, and so is each like it that came before the work on it began. */
  finish(event: LeasedEvent): Promise<void>;
  putOff(event: LeasedEvent, byMs: number): Promise<void>;
}

/** Moves work that waits to the front. False: somebody is at it, and began before the event came. */
export interface Wakes {
  transfer(event: LeasedEvent): Promise<boolean>;
  link(event: LeasedEvent): Promise<boolean>;
  /** What is remembered of the provider of this organisation's members is old: pages look again. */
  provider(event: LeasedEvent): Promise<boolean>;
}

/** The connections whose consent a revocation may have ended. */
export interface Consents {
  /** About whom the bank has said nothing since the event came, and when it may be asked. */
  doubtful(event: LeasedEvent): Promise<{ connectionId: string; dueInMs: number }[]>;
  /** The bank was asked after the event came, and it stands. */
  stands(connectionId: string, event: LeasedEvent): Promise<void>;
  /** Ends the sessions of one that is signed out, and tells the pages that show them. */
  end(connectionId: string): Promise<void>;
}

/** What the bank is to tell us, and where. */
export interface SubscriptionWish {
  callbackUrl: string;
  topics: Topic[];
  secret: string;
}

/** A subscription as the bank lists it: its secret is not told. */
export interface BankSubscription {
  id: string;
  callbackUrl: string;
  /** `other`: one that we do not know. */
  topics: (Topic | 'other')[];
}

/** All throw what reads of the bank throw; a wish may be a `SubscriptionRefusedError`. */
export interface SubscriptionBank {
  list(connectionId: string): Promise<BankSubscription[]>;
  /** @returns the bank's id of it. Asked twice, the bank makes two. */
  create(connectionId: string, wish: SubscriptionWish): Promise<string>;
  replace(connectionId: string, id: string, wish: SubscriptionWish): Promise<void>;
  remove(connectionId: string, id: string): Promise<void>;
}

/** What makes an address ours, and a message the bank's. */
export interface Address {
  token: string;
  secret: string;
}

/** A subscription that this instance looks after. */
export interface LeasedSubscription {
  connectionId: string;
  partnerId: string;
  /** Undefined: its key is gone, and nobody can read it. */
  address: Address | undefined;
  /** What the member has allowed, separated by spaces. */
  scopes: string;
  bankId: string | undefined;
  /** Looks in a row that came to nothing. */
  failures: number;
  lease: string;
}

export interface SubscriptionStore {
  /** Connections that may have one and have none. */
  missing(limit: number): Promise<string[]>;
  /** Written before the bank hears of it; the first one counts. */
  add(connectionId: string, address: Address): Promise<void>;
  lease(limit: number): Promise<{ leased: LeasedSubscription[]; nextDueInMs: number | undefined }>;
  /** Sealed with the newest key, before the bank hears of it. False: another looks after it by now. */
  keepAddress(subscription: LeasedSubscription, address: Address): Promise<boolean>;
  /** `bankId`: what the bank calls it. Without one the look has failed. */
  release(
    subscription: LeasedSubscription,
    next: { bankId: string | undefined; nextInMs: number },
  ): Promise<void>;
  /** The member has signed in: their scopes may be others, also than those of a look under way. */
  wake(connectionId: string): Promise<void>;
}
