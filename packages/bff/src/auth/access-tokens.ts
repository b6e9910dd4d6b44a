import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BankUnavailableError, SignedOutError } from '../payments/errors.js';
import { type OAuthClient, OAuthRefusedError, type OAuthTokens } from './oauth-client.js';
import type { ConnectionStore, SealedTokens, TokenRow } from './ports.js';
import { type TokenVault, TokenVaultError } from './token-vault.js';

export interface AccessTokensOptions {
  store: ConnectionStore;
  vault: TokenVault;
  oauthClient: (partnerId: string) => OAuthClient;
  /** How long one instance may take; a crashed one's work is done again after it. */
  leaseMs?: number;
  /** How long a caller waits for another instance when there is no usable token. */
  waitMs?: number;
}

const AHEAD_MS = 300_000;
const JITTER_MS = 60_000;
/** Enough for any call: it is still good when the bank reads it. */
const USABLE_MS = 30_000;
const ASK_AGAIN_MS = 100;
/** Qonto's refresh tokens live 90 days. */
const REFRESH_LIFETIME_MS = 90 * 86_400_000;

/**
 * Valid access tokens, refreshed exactly once across all instances. Refresh tokens rotate, and the
 * old one works for 60 s after its first use: so a crash between the bank's answer and our commit
 * is mended by a survivor (lease 20 s + call 8 s) with the old token.
 */
export class AccessTokens {
  readonly #store: ConnectionStore;
  readonly #vault: TokenVault;
  readonly #oauthClient: (partnerId: string) => OAuthClient;
  readonly #leaseMs: number;
  readonly #waitMs: number;
  readonly #running = new Map<string, Promise<string>>();
  /** Hashes of tokens got because the bank had refused the one before. */
  readonly #renewed = new Map<string, string>();

  constructor(options: AccessTokensOptions) {
    this.#store = options.store;
    this.#vault = options.vault;
    this.#oauthClient = options.oauthClient;
    this.#leaseMs = options.leaseMs ?? 20_000;
    this.#waitMs = options.waitMs ?? 10_000;
  }

  /** A token that is good for the next call, or `SignedOutError` when only the member can help. */
  forConnection(connectionId: string): Promise<string> {
    const running = this.#running.get(connectionId);
    if (running) return running;
    const started = this.#current(connectionId).finally(() => this.#running.delete(connectionId));
    this.#running.set(connectionId, started);
    return started;
  }

  /**
   * The bank refused this token: another one. If that one was got in the same way, the connection
   * is signed out: Qonto throttles everybody behind our address after 200 refusals in an hour.
   */
  async renew(connectionId: string, refused: string): Promise<string> {
    const row = await this.#row(connectionId);
    const current = this.#open(connectionId, row, 'access-token');
    if (current !== refused) return current;
    if (this.#renewed.get(connectionId) === sha256(refused)) {
      await this.#store.signOut(connectionId, { generation: row.generation });
      throw new SignedOutError('The bank refuses even a new token');
    }
    const renewed = await this.#refresh(connectionId, { ...row, accessLeftMs: 0 });
    this.#renewed.set(connectionId, sha256(renewed));
    return renewed;
  }

  /**
   * Whether the member's consent still stands: asks the bank now, by a refresh of our own. Another
   * instance's may have been answered before there was a doubt.
   */
  async verify(connectionId: string): Promise<boolean> {
    try {
      await this.#redeemNow(connectionId);
      return true;
    } catch (error) {
      if (error instanceof SignedOutError) return false;
      throw error;
    }
  }

  async #redeemNow(connectionId: string): Promise<void> {
    for (const giveUpAt = Date.now() + this.#waitMs; ; await sleep(ASK_AGAIN_MS)) {
      const row = await this.#row(connectionId);
      const { generation } = row;
      if (!row.refreshToken) {
        await this.#store.signOut(connectionId, { generation });
        throw new SignedOutError('There is nothing to ask with');
      }
      const owner = row.isLeased ? undefined : await this.#lease(connectionId, generation);
      if (owner) {
        await this.#redeem(connectionId, { ...row, accessLeftMs: 0 }, owner);
        return;
      }
      if (Date.now() > giveUpAt) throw new BankUnavailableError('No turn to ask in time');
    }
  }

  async #current(connectionId: string): Promise<string> {
    const row = await this.#row(connectionId);
    const isDue = row.accessLeftMs < AHEAD_MS + jitterMs(connectionId, row.generation);
    if (!isDue) return this.#open(connectionId, row, 'access-token');
    return this.#refresh(connectionId, row);
  }

  async #refresh(connectionId: string, row: TokenRow): Promise<string> {
    const owner = await this.#lease(connectionId, row.generation);
    if (owner) return this.#redeem(connectionId, row, owner);
    if (row.accessLeftMs > USABLE_MS) return this.#open(connectionId, row, 'access-token');
    return this.#wait(connectionId, row.generation);
  }

  async #lease(connectionId: string, generation: bigint): Promise<string | undefined> {
    const owner = randomUUID();
    const by = { owner, generation, forMs: this.#leaseMs };
    return (await this.#store.lease(connectionId, by)) ? owner : undefined;
  }

  async #redeem(connectionId: string, row: TokenRow, owner: string): Promise<string> {
    const { generation } = row;
    const refreshToken = this.#open(connectionId, row, 'refresh-token');
    try {
      const tokens = await this.#oauthClient(row.partnerId).refresh(refreshToken);
      const sealed = sealTokens(this.#vault, { partnerId: row.partnerId, connectionId }, tokens);
      const isOurs = await this.#store.saveRefreshed(connectionId, generation, sealed);
      // Somebody else's tokens were stored first: those are the ones that everybody uses.
      return isOurs ? tokens.accessToken : await this.#wait(connectionId, generation);
    } catch (error) {
      if (!(error instanceof OAuthRefusedError) && !(error instanceof BankUnavailableError)) {
        throw error;
      }
      if (error instanceof OAuthRefusedError && error.code === 'invalid_grant') {
        return this.#afterInvalidGrant(connectionId, generation, owner);
      }
      // The lease is kept: its end is when the next try is due, by whoever comes first.
      if (row.accessLeftMs > USABLE_MS) return this.#open(connectionId, row, 'access-token');
      throw new BankUnavailableError('The access token could not be refreshed', { cause: error });
    }
  }

  /** Only a token that nobody has rotated meanwhile is really dead. */
  async #afterInvalidGrant(connectionId: string, generation: bigint, owner: string) {
    if (await this.#store.signOut(connectionId, { generation, owner })) {
      throw new SignedOutError('The refresh token is no longer good');
    }
    return this.#wait(connectionId, generation);
  }

  async #wait(connectionId: string, seen: bigint): Promise<string> {
    for (const giveUpAt = Date.now() + this.#waitMs; ; await sleep(ASK_AGAIN_MS)) {
      const row = await this.#row(connectionId);
      if (row.generation !== seen) return this.#open(connectionId, row, 'access-token');
      const owner = row.isLeased ? undefined : await this.#lease(connectionId, seen);
      if (owner) return this.#redeem(connectionId, row, owner);
      if (Date.now() > giveUpAt) throw new BankUnavailableError('No access token in time');
    }
  }

  async #row(connectionId: string): Promise<TokenRow> {
    const row = await this.#store.tokens(connectionId);
    if (!row || row.isSignedOut) throw new SignedOutError('Nobody is signed in');
    return row;
  }

  #open(connectionId: string, row: TokenRow, purpose: 'access-token' | 'refresh-token'): string {
    const sealed = purpose === 'access-token' ? row.accessToken : row.refreshToken;
    if (!sealed) throw new SignedOutError('There is no token');
    try {
      return this.#vault.decrypt(
        { partnerId: row.partnerId, ownerId: connectionId, purpose },
        sealed,
      );
    } catch (cause) {
      if (!(cause instanceof TokenVaultError)) throw cause;
      throw new SignedOutError('The tokens cannot be read', { cause });
    }
  }
}

/** Encrypts a pair of tokens for one connection of one partner. */
export function sealTokens(
  vault: TokenVault,
  { partnerId, connectionId }: { partnerId: string; connectionId: string },
  { accessToken, accessLifetimeMs, refreshToken }: OAuthTokens,
): SealedTokens {
  const seal = (purpose: string, text: string) =>
    vault.encrypt({ partnerId, ownerId: connectionId, purpose }, text);
  return {
    accessToken: seal('access-token', accessToken),
    accessLifetimeMs,
    refreshToken: refreshToken === undefined ? undefined : seal('refresh-token', refreshToken),
    refreshLifetimeMs: REFRESH_LIFETIME_MS,
  };
}

/** ±60 s, so that connections made together are not refreshed together; the same on all instances. */
function jitterMs(connectionId: string, generation: bigint): number {
  const random = createHash('sha256')
    .update(`${connectionId}:${generation}`)
    .digest()
    .readUInt32BE();
  return Math.round((random / 0xffff_ffff) * 2 * JITTER_MS) - JITTER_MS;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
