/** A member of an organisation, as the bank names them. */
export interface Member {
  organizationId: string;
  organizationName: string;
  membershipId: string;
  memberName: string;
  /** The bank's word, open: `owner`, `admin`, … */
  role: string;
}

/** Tokens as they are stored. Lifetimes count from now, by the later of the bank's clock and ours. */
export interface SealedTokens {
  accessToken: Buffer;
  accessLifetimeMs: number;
  /** `undefined`: the bank gave none, an earlier one stays. */
  refreshToken: Buffer | undefined;
  refreshLifetimeMs: number;
}

export interface TokenRow {
  partnerId: string;
  isSignedOut: boolean;
  accessToken: Buffer | undefined;
  /** Below zero: expired. */
  accessLeftMs: number;
  refreshToken: Buffer | undefined;
  /** Moves with every new pair of tokens: who has seen an older one must not write. */
  generation: bigint;
  isLeased: boolean;
}

export interface ConnectionStore {
  /** The id of the member's connection at this partner: the one there is, or `newId`. */
  claim(connection: Member & { partnerId: string; scopes: string }, newId: string): Promise<string>;
  /** A sign-in: replaces the tokens and makes the connection active again. */
  signIn(id: string, member: Member, scopes: string, tokens: SealedTokens): Promise<void>;
  /** What a connection that still stands has allowed; empty where there is none. */
  scopesOf(member: {
    partnerId: string;
    organizationId: string;
    membershipId: string;
  }): Promise<string>;
  tokens(id: string): Promise<TokenRow | undefined>;
  /** True for one caller at a time, until the lease ends or the generation moves. */
  lease(id: string, by: { owner: string; generation: bigint; forMs: number }): Promise<boolean>;
  /** False: the generation has moved, and these tokens are to be thrown away. */
  saveRefreshed(id: string, generation: bigint, tokens: SealedTokens): Promise<boolean>;
  /** False: the generation has moved, or (with `owner`) the lease is somebody else's by now. */
  signOut(id: string, seen: { generation: bigint; owner?: string }): Promise<boolean>;
}

export interface StartedSignIn {
  stateHash: string;
  cookieHash: string;
  partnerId: string;
  intentId: string;
  verifier: Buffer;
  /** What the bank is asked for, separated by spaces. */
  scopes: string;
}

export interface SignInStore {
  start(signIn: StartedSignIn): Promise<void>;
  find(
    stateHash: string,
  ): Promise<(StartedSignIn & { isUsed: boolean; ageMs: number }) | undefined>;
  /** True once, and only within `maxAgeMs`. */
  use(stateHash: string, maxAgeMs: number): Promise<boolean>;
}

export interface SessionRow extends Member {
  idHash: string;
  connectionId: string;
  /** What the bank has been allowed, separated by spaces. */
  scopes: string;
  signedInAt: Date;
}

export interface SessionLimits {
  idleMs: number;
  absoluteMs: number;
}

export interface SessionStore {
  start(session: { idHash: string; partnerId: string; connectionId: string }): Promise<void>;
  /** A live session of this partner; finding it counts as being seen. */
  find(idHash: string, partnerId: string, limits: SessionLimits): Promise<SessionRow | undefined>;
  end(idHash: string, partnerId: string): Promise<void>;
}
