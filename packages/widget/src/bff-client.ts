import type { Snapshot } from '@qonto-pay/shared';

/** Why there is no snapshot: the BFF says that there is no such intent, or it does not answer. */
export type NoSnapshot = 'intent-not-found' | 'connection';

const ANSWER_WITHIN_MS = 10_000;

/** What the widget asks of the BFF: public routes only, no credentials. */
export class BffClient {
  readonly base: string;

  constructor(base: string) {
    this.base = base.replace(/\/+$/, '');
  }

  /** `path` begins with a slash. */
  send(path: string, init?: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return fetch(this.base + path, { credentials: 'omit', signal, ...init });
  }

  /** The snapshots that `path` answers. What is none of ours is left out. */
  async snapshots(path: string): Promise<Snapshot[] | NoSnapshot> {
    try {
      const response = await this.send(path);
      if (response.status === 404) return 'intent-not-found';
      return response.ok ? readSnapshots(await response.json()) : 'connection';
    } catch {
      return 'connection';
    }
  }
}

export const intentPath = (intent: string): string => `/v1/intents/${encodeURIComponent(intent)}`;

/** What is a snapshot in an answer: a gap would show as nonsense about money. */
export const readSnapshots = (answer: { intents?: unknown } | null): Snapshot[] =>
  [answer?.intents ?? answer].flat().filter(isSnapshot);

const isSnapshot = (value: unknown): value is Snapshot => {
  const it = value as Partial<Snapshot> | null;
  return !!(it?.id && it.status && it.amount && it.serverTime && it.items) && Number(it.seq) >= 0;
};
