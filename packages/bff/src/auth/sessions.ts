import { createHash, randomBytes } from 'node:crypto';
import { parseCookie } from 'cookie';
import type { SessionLimits, SessionRow, SessionStore } from './ports.js';

/** Idle 30 days; 90 in all, which is the life of Qonto's refresh token. */
const LIMITS: SessionLimits = { idleMs: 30 * 86_400_000, absoluteMs: 90 * 86_400_000 };

/** Who this browser is signed in as, at one partner. Only the hash of the cookie is stored. */
export class Sessions {
  readonly #store: SessionStore;
  readonly #limits: SessionLimits;

  constructor(store: SessionStore, limits: SessionLimits = LIMITS) {
    this.#store = store;
    this.#limits = limits;
  }

  async find(partnerId: string, cookieHeader: string | undefined): Promise<SessionRow | undefined> {
    const idHash = hashFrom(partnerId, cookieHeader);
    return idHash === undefined ? undefined : this.#store.find(idHash, partnerId, this.#limits);
  }

  /** A new value at each sign-in; the browser's earlier session ends. */
  async start(
    { partnerId, connectionId }: { partnerId: string; connectionId: string },
    cookieHeader: string | undefined,
  ): Promise<{ name: string; value: string }> {
    const value = randomBytes(32).toString('base64url');
    await this.#store.start({ idHash: sha256(value), partnerId, connectionId });
    await this.end(partnerId, cookieHeader);
    return { name: sessionCookieName(partnerId), value };
  }

  async end(partnerId: string, cookieHeader: string | undefined): Promise<void> {
    const idHash = hashFrom(partnerId, cookieHeader);
    if (idHash !== undefined) await this.#store.end(idHash, partnerId);
  }
}

export function sessionCookieName(partnerId: string): string {
  return `__Host-Http-qpay_sid_${partnerId}`;
}

function hashFrom(partnerId: string, cookieHeader: string | undefined): string | undefined {
  const value = parseCookie(cookieHeader ?? '')[sessionCookieName(partnerId)];
  return value === undefined ? undefined : sha256(value);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
