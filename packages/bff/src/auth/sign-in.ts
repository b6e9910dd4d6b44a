import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Consent } from '@qonto-pay/shared';
import { parseCookie } from 'cookie';
import { BankUnavailableError, ConsentNeededError, SignedOutError } from '../payments/errors.js';
import { CONSENT_SCOPES } from '../payments/request-rules.js';
import { sealTokens } from './access-tokens.js';
import { type OAuthClient, OAuthRefusedError, type OAuthTokens } from './oauth-client.js';
import type { ConnectionStore, Member, SignInStore, StartedSignIn } from './ports.js';
import type { TokenVault, VaultContext } from './token-vault.js';

export interface SignInsOptions {
  store: SignInStore;
  connections: ConnectionStore;
  vault: TokenVault;
  oauthClient: (partnerId: string) => OAuthClient;
  /** Asks the bank whose token this is. */
  readMember: (accessToken: string) => Promise<Member>;
  /** Whether the bank is asked to tell us what has changed. */
  webhooks?: boolean;
}

export interface SignedIn extends Member {
  kind: 'signed-in';
  intentId: string;
  connectionId: string;
}

/** The bank's address to go to, and the cookie that lets this browser, and no other, come back. */
export interface BegunSignIn {
  url: string;
  cookie: { name: string; value: string };
}

export type SignInFailure =
  /** No such state at this partner: forged, or very old. */
  | 'unknown'
  | 'used'
  | 'expired'
  /** It was begun in another browser, or cookies are blocked. */
  | 'other-browser'
  /** The member pressed "cancel" at the bank. */
  | 'denied'
  /** The bank gives this permission to none of our partner's application. */
  | 'scope-refused'
  | 'refused'
  | 'bank-unavailable';

/** Nobody was signed in. With the intent known, the page can offer to try again. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly failure: SignInFailure;
  readonly intentId: string | undefined;

  constructor(failure: SignInFailure, intentId?: string) {
    super(`The sign-in did not succeed (${failure})`);
    this.failure = failure;
    this.intentId = intentId;
  }
}

/** Who the member is, and staying connected. */
const BASE_SCOPES = 'offline_access organization.read membership.read';
/** All that is asked at the first sign-in; other scopes are asked when they are first needed. */
const FIRST_SCOPES = `${BASE_SCOPES} payment.write`;

/** Asked beside them where webhooks are on; without it we ask the bank instead of being told. */
const WEBHOOK_SCOPE = 'webhook';

export const SIGN_IN_MAX_AGE_MS = 600_000;

const REFUSALS: ReadonlyMap<string, SignInFailure> = new Map([
  ['access_denied', 'denied'],
  ['invalid_scope', 'scope-refused'],
]);

/** Signing in at the bank: authorization code with PKCE, bound to the browser by a cookie per state. */
export class SignIns {
  readonly #options: SignInsOptions;

  constructor(options: SignInsOptions) {
    this.#options = options;
  }

  async begin({
    partnerId,
    intentId,
    granted = '',
    wanted,
  }: {
    partnerId: string;
    intentId: string;
    /** What the member has allowed already: a new grant replaces it, so it is asked again. */
    granted?: string | undefined;
    wanted?: Consent | undefined;
  }): Promise<BegunSignIn> {
    const webhook = this.#options.webhooks ? WEBHOOK_SCOPE : '';
    const needed = wanted ? CONSENT_SCOPES[wanted] : '';
    // Whoever only collects is not asked to let us prepare transfers.
    const first = wanted === 'collect' ? BASE_SCOPES : FIRST_SCOPES;
    const scopes = union(first, granted, needed, webhook);
    return this.#begin({ partnerId, intentId, scopes });
  }

  async #begin(wish: {
    partnerId: string;
    intentId: string;
    scopes: string;
  }): Promise<BegunSignIn> {
    const { partnerId, intentId, scopes } = wish;
    const { store, vault, oauthClient } = this.#options;
    const [state, secret, verifier] = [randomSecret(), randomSecret(), randomSecret()];
    const stateHash = sha256(state);
    await store.start({
      stateHash,
      cookieHash: sha256(secret),
      partnerId,
      intentId,
      verifier: vault.encrypt(verifierContext(partnerId, stateHash), verifier),
      scopes,
    });
    const url = await oauthClient(partnerId).authorizationUrl({ state, verifier, scopes });
    return { url, cookie: { name: signInCookieName(stateHash), value: secret } };
  }

  /** The bank sent the member back. Works once per state, and only in the browser that began. */
  async complete(callback: {
    partnerId: string;
    currentUrl: URL;
    cookieHeader: string | undefined;
  }): Promise<(SignedIn | ({ kind: 'again' } & BegunSignIn)) & { cookieName: string }> {
    const { partnerId, cookieHeader } = callback;
    const query = callback.currentUrl.searchParams;
    const state = query.getAll('state').length === 1 ? query.get('state') : null;
    const stateHash = sha256(state ?? '');
    const started = state === null ? undefined : await this.#options.store.find(stateHash);
    if (state === null || started?.partnerId !== partnerId) throw new SignInError('unknown');
    const { intentId } = started;
    if (started.isUsed) throw new SignInError('used', intentId);
    if (!isSameBrowser(started, cookieHeader)) throw new SignInError('other-browser', intentId);
    if (!(await this.#options.store.use(stateHash, SIGN_IN_MAX_AGE_MS))) {
      throw new SignInError(started.ageMs > SIGN_IN_MAX_AGE_MS ? 'expired' : 'used', intentId);
    }
    const cookieName = signInCookieName(stateHash);
    const error = query.get('error');
    const fewer = without(WEBHOOK_SCOPE, started.scopes);
    if (error === 'invalid_scope' && fewer !== started.scopes) {
      // Our application may not have webhooks: nobody has to read about it.
      const begun = await this.#begin({ partnerId, intentId, scopes: fewer });
      return { kind: 'again', ...begun, cookieName };
    }
    if (error !== null) {
      throw new SignInError(REFUSALS.get(error) ?? 'refused', intentId);
    }
    return { ...(await this.#exchange(started, state, query)), cookieName };
  }

  async #exchange(
    { partnerId, intentId, stateHash, verifier, scopes: asked }: StartedSignIn,
    state: string,
    query: URLSearchParams,
  ): Promise<SignedIn | ({ kind: 'again' } & BegunSignIn)> {
    const { vault, oauthClient, readMember } = this.#options;
    try {
      const tokens = await oauthClient(partnerId).exchange(query, {
        state,
        verifier: vault.decrypt(verifierContext(partnerId, stateHash), verifier),
      });
      const member = await readMember(tokens.accessToken);
      // An answer without scopes means: as asked (RFC 6749, 5.1).
      const scopes = tokens.scopes ?? asked;
      const before = await this.#options.connections.scopesOf({ ...member, partnerId });
      const isNarrower = isLess(scopes, before);
      // Other pages of ours work with what was allowed before: none may end by this sign-in.
      if (isNarrower && isLess(before, scopes) && isLess(asked, before)) {
        const begun = await this.#begin({ partnerId, intentId, scopes: union(asked, before) });
        return { kind: 'again', ...begun };
      }
      const connection = { ...member, partnerId, scopes };
      const connectionId =
        isNarrower && !isLess(before, scopes)
          ? await this.#options.connections.claim(connection, randomUUID())
          : await this.#connect(connection, tokens);
      return { kind: 'signed-in', intentId, ...member, connectionId };
    } catch (error) {
      if (error instanceof ConsentNeededError) throw new SignInError('denied', intentId);
      if (error instanceof OAuthRefusedError || error instanceof SignedOutError) {
        throw new SignInError('refused', intentId);
      }
      if (error instanceof BankUnavailableError) {
        throw new SignInError('bank-unavailable', intentId);
      }
      throw error;
    }
  }

  async #connect(
    member: Member & { partnerId: string; scopes: string },
    tokens: OAuthTokens,
  ): Promise<string> {
    const { connections, vault } = this.#options;
    const { partnerId, scopes } = member;
    const connectionId = await connections.claim(member, randomUUID());
    const sealed = sealTokens(vault, { partnerId, connectionId }, tokens);
    await connections.signIn(connectionId, member, scopes, sealed);
    return connectionId;
  }
}

/** In the order in which they are named first. */
function union(...scopes: string[]): string {
  return [...new Set(scopes.join(' ').split(' ').filter(Boolean))].join(' ');
}

const isLess = (scopes: string, wanted: string): boolean => {
  const given = scopes.split(' ');
  return wanted.split(' ').some((scope) => scope !== '' && !given.includes(scope));
};

const without = (scope: string, scopes: string): string =>
  scopes
    .split(' ')
    .filter((one) => one !== scope)
    .join(' ');

/** One per state, so that sign-ins in several tabs do not disturb each other. */
function signInCookieName(stateHash: string): string {
  return `__Host-Http-qpay_tx_${stateHash.slice(0, 8)}`;
}

function isSameBrowser(
  { stateHash, cookieHash }: StartedSignIn,
  cookieHeader: string | undefined,
): boolean {
  const secret = parseCookie(cookieHeader ?? '')[signInCookieName(stateHash)];
  const given = Buffer.from(sha256(secret ?? ''));
  return secret !== undefined && timingSafeEqual(given, Buffer.from(cookieHash));
}

function verifierContext(partnerId: string, stateHash: string): VaultContext {
  return { partnerId, ownerId: stateHash, purpose: 'pkce-verifier' };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
