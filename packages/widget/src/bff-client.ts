import type { Snapshot } from '@qonto-pay/shared';

/** Why there is no snapshot: the BFF says that there is no such intent, or it does not answer. */
export type NoSnapshot = 'intent-not-found' | 'connection';

const ANSWER_WITHIN_MS = 10_000;

/** What the widget asks of the BFF: public routes only, no credentials. */
export class BffClient {
  readonly base: string;

  /** Unless told, the BFF is the one that serves this script. */
  constructor(base = '') {
    this.base = (base || new URL(import.meta.url).origin).replace(/\/+$/, '');
  }

  pathOf(intent: string): string {
    return `/v1/intents/${encodeURIComponent(intent)}`;
  }

  /** `path` begins with a slash. */
  send(path: string, init?: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return fetch(this.base + path, { credentials: 'omit', signal, ...init });
  }

  /** The snapshots that `path` answers. */
  async snapshots(path: string): Promise<Snapshot[] | NoSnapshot> {
    try {
      const response = await this.send(path);
      if (response.ok) return this.read(await response.json());
      if (response.status === 404) return 'intent-not-found';
    } catch {
      // No answer at all, or none that can be read.
    }
    return 'connection';
  }

  /** What is a snapshot in an answer: a gap would show as nonsense about money. */
  read(answer: { intents?: unknown } | null): Snapshot[] {
    const snapshots = [answer?.intents ?? answer].flat() as Snapshot[];
    return snapshots.filter(
      (it) => it?.id && it.status && it.amount && it.serverTime && it.items && it.seq >= 0,
    );
  }
}
