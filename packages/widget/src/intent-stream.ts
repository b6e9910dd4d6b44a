import type { Snapshot } from '@qonto-pay/shared';
import type { BffClient } from './bff-client.js';

const FIRST_BYTE_MS = 5_000;
/** Heartbeats come each 15 s, but an EventSource hides them: two and a bit without an event. */
const SILENCE_MS = 35_000;
const TRY_AGAIN_MS = 60_000;

/** One intent's stream. While it does not flow, whoever holds it polls and delivers. */
export class IntentStream {
  readonly takers = new Set<(snapshot: Snapshot) => void>();
  readonly client: BffClient;
  readonly intent: string;
  /** Events arrive, or would if there were any. */
  isFlowing = false;
  #lastSeq = -1;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: BffClient, intent: string) {
    this.client = client;
    this.intent = intent;
  }

  open(): void {
    const { client, intent } = this;
    if (this.#source) return;
    const source = new EventSource(`${client.base}${client.pathOf(intent)}/events`);
    const giveUp = () => this.#giveUp();
    this.#source = source;
    // Until the first byte is late it counts as flowing: a snapshot was taken just before.
    this.isFlowing = true;
    this.#after(FIRST_BYTE_MS, giveUp);
    source.onopen = () => this.#expectEvent();
    source.addEventListener('snapshot', (event) => {
      this.#expectEvent();
      this.deliver(this.client.read(JSON.parse(event.data)));
    });
    // Closed for good by an answer that is no stream; otherwise the browser tries again itself.
    source.onerror = () => this.#after(source.readyState === 2 ? 0 : FIRST_BYTE_MS, giveUp);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
    this.isFlowing = false;
  }

  /** Answers whether there was news. */
  deliver(snapshots: Snapshot[]): boolean {
    const lastSeq = this.#lastSeq;
    for (const snapshot of snapshots) {
      this.#lastSeq = Math.max(snapshot.seq, this.#lastSeq);
      for (const take of this.takers) take(snapshot);
    }
    return this.#lastSeq > lastSeq;
  }

  #expectEvent(): void {
    this.#after(SILENCE_MS, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const answer = await this.client.snapshots(this.client.pathOf(this.intent));
    if (!this.#source) return;
    // Nothing may have happened. Only news that the stream did not bring proves it dead.
    if (typeof answer === 'string' || this.deliver(answer)) this.#giveUp();
    else this.#expectEvent();
  }

  /** Polled from now on; the stream gets another chance each minute. */
  #giveUp(): void {
    this.close();
    this.#after(TRY_AGAIN_MS, () => this.open());
  }

  #after(delayMs: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delayMs);
  }
}
