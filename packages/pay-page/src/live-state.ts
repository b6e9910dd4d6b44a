const POLL_MS = 2_000;
/** A stream that failed is tried again at this pace; meanwhile we poll. */
const RETRY_STREAM_MS = 60_000;
/** Proxies may swallow a stream: without a first event in this time we poll. */
const FIRST_EVENT_MS = 5_000;
/** Comment heartbeats are not visible to `EventSource`, so after this silence we ask once. */
const SILENCE_MS = 35_000;

interface LiveStateOptions {
  url: string;
  onEvent: (value: unknown) => void;
  /** Asks for the state by GET: on return to the page, and while there is no stream. */
  refresh: () => void;
}

/**
 * Keeps the state fresh while the page is visible: a stream, or polling when the stream fails.
 * Hidden, it is closed: browsers give a host six connections for all tabs.
 */
export class LiveState {
  readonly #options: LiveStateOptions;
  #wanted = false;
  #stream: EventSource | undefined;
  #heard = false;
  #poll: number | undefined;
  #silence: number | undefined;
  #retry: number | undefined;

  constructor(options: LiveStateOptions) {
    this.#options = options;
  }

  start(): void {
    document.addEventListener('visibilitychange', this.#onReturn);
    window.addEventListener('pageshow', this.#onPageShow);
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#onReturn);
    window.removeEventListener('pageshow', this.#onPageShow);
    this.#close();
  }

  /** Whether anything can still change; called with each new state. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#apply();
  }

  #apply(): void {
    const open = this.#wanted && !document.hidden;
    if (!open) this.#close();
    else if (!this.#stream && !this.#poll) this.#openStream();
  }

  readonly #onReturn = (): void => {
    // Phones end a stream silently while the page sleeps: ask first, then listen again.
    this.#close();
    if (!document.hidden) this.#options.refresh();
    this.#apply();
  };

  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#onReturn();
  };

  #openStream(): void {
    const stream = new EventSource(this.#options.url);
    this.#stream = stream;
    this.#heard = false;
    stream.addEventListener('state', (event: MessageEvent<string>) => {
      this.#heard = true;
      this.#listenForSilence();
      this.#options.onEvent(JSON.parse(event.data));
    });
    stream.addEventListener('error', () => this.#fallBack());
    this.#silence = window.setTimeout(() => this.#fallBack(), FIRST_EVENT_MS);
  }

  #listenForSilence(): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => {
      this.#options.refresh();
      this.#listenForSilence();
    }, SILENCE_MS);
  }

  #fallBack(): void {
    // A server that restarts ends a stream which worked: then one try at once, and polling after.
    const worked = this.#heard;
    this.#close();
    if (!this.#wanted || document.hidden) return;
    if (worked) {
      this.#options.refresh();
      this.#openStream();
      return;
    }
    this.#poll = window.setInterval(() => this.#options.refresh(), POLL_MS);
    this.#retry = window.setTimeout(() => {
      this.#close();
      this.#apply();
    }, RETRY_STREAM_MS);
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = undefined;
    window.clearTimeout(this.#silence);
    window.clearInterval(this.#poll);
    window.clearTimeout(this.#retry);
    this.#poll = undefined;
  }
}
