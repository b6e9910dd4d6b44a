import type { Snapshot } from '@qonto-pay/shared';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type BffClient, intentPath, type NoSnapshot } from './bff-client.js';
import type { QontoPayProblem, WidgetProblemCode } from './problem.js';

/** What the button knows and the payment does not. */
export interface ButtonFacts {
  /** Formatted; empty when nobody has named it. */
  amount: string;
  count: number;
  /** The pay page; empty while the intent is not known. */
  payUrl: string;
  /** Tries once more, inside the click. */
  again: () => void;
}

interface Follower {
  changed(): void;
  visibilityChanged(): void;
  /** The intent is another one from now on. */
  stop(): void;
}

/** The part of the widget that is loaded when something happens. */
export interface LaterPart {
  follow(payment: IntentController): Follower;
  renderPanel(payment: IntentController, lang: string, facts: ButtonFacts): unknown;
  /** The intent's id, or nothing; tells the opening page of `flow`. */
  askPartner(
    partner: { asked: Promise<unknown> | undefined; url: string },
    client: BffClient,
    flow: string,
  ): Promise<string>;
}

interface Host extends ReactiveControllerHost, HTMLElement {
  readonly mode: string;
  loadLaterPart(): Promise<LaterPart>;
}

const LOAD_AGAIN_MS = 5_000;
const ACCEPTED = ['processing', 'scheduled', 'requested'];
const PAID = ['settled', 'sent_unconfirmed', 'partially_settled'];

/**
 * The one place that holds what the element shows. It shows what the BFF has said, nothing else.
 * What only matters once something happens is the `PaymentFollower`'s, which is loaded then.
 */
export class IntentController implements ReactiveController {
  snapshot: Snapshot | undefined;
  /** Why there is none. */
  noSnapshot: NoSnapshot | undefined;
  /** Its message is empty until the texts are there. */
  problem: QontoPayProblem | undefined;
  part: LaterPart | undefined;
  client: BffClient | undefined;
  intent = '';
  /** When the pay page was opened, by the local clock; over once something is confirmed. */
  startedAtMs: number | undefined;
  /** The browser gave a window. It may be dead all the same. */
  isOpened = false;
  isPanelShown = false;
  isFolded = false;
  /** The panel takes the focus when it opens after a click. */
  isHeadingWanted = false;
  /** What the `role="status"` says. */
  announcement = '';
  /** Server minus local clock. */
  clockOffsetMs = 0;
  readonly host: Host;
  #follower: Follower | undefined;
  #loading: Promise<LaterPart | undefined> | undefined;
  #completed: string | undefined;
  #isAccepted = false;

  constructor(host: Host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
    addEventListener('pageshow', this.#onVisibility);
    void this.refresh();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    removeEventListener('pageshow', this.#onVisibility);
    this.changed();
  }

  /** Another intent, or another BFF: all that was shown is void. */
  follow(client: BffClient, intent: string): void {
    this.#follower?.stop();
    if (this.intent) {
      this.problem = this.startedAtMs = undefined;
      this.isPanelShown = false;
    }
    this.client = client;
    this.intent = intent;
    this.snapshot = this.#completed = undefined;
    this.#isAccepted = false;
    void this.refresh();
  }

  get status(): string | undefined {
    if (this.problem && this.problem.code !== 'window-blocked') return 'error';
    return this.startedAtMs ? 'connecting' : this.snapshot?.status;
  }

  /** An intent to be paid on a button that collects, or the other way round. */
  get isMismatch(): boolean {
    return (this.host.mode === 'collect') !== (this.snapshot?.kind === 'link');
  }

  /** The pay page is open, or should be: shown until the BFF knows more. */
  start(isOpened: boolean): void {
    this.startedAtMs = Date.now();
    this.isOpened = isOpened;
    this.problem = undefined;
    this.isHeadingWanted = !this.isPanelShown;
    this.fold(false);
    void this.refresh();
  }

  /** Shows the problem; the partner is told as soon as there is a sentence for it. */
  fail(code: WidgetProblemCode, recoverable = true): void {
    if (this.problem?.code === code) return;
    this.problem = { code, message: '', recoverable };
    this.fold(false);
  }

  fold(isFolded: boolean): void {
    this.isPanelShown = true;
    this.isFolded = isFolded;
    this.changed();
  }

  /** Asks the BFF how things are. */
  async refresh(): Promise<void> {
    const { client, intent } = this;
    if (!client || !intent) return;
    const answer = await client.snapshots(intentPath(intent));
    if (intent !== this.intent) return;
    // Before a click nothing is lost: the button stands, with what the attributes say.
    this.noSnapshot = typeof answer === 'string' ? answer : undefined;
    if (typeof answer === 'object' && answer[0]) this.take(answer[0]);
    this.changed();
  }

  /** The one door for what the BFF says. An older snapshot may arrive late: it is no news. */
  take(next: Snapshot): void {
    const last = this.snapshot;
    if (last && next.seq < last.seq) return;
    this.clockOffsetMs = Date.parse(next.serverTime) - Date.now();
    this.snapshot = next;
    if (last?.seq !== next.seq || last.why !== next.why) this.#tellNews(next);
    // The button alone says these two; for anything else the panel opens.
    if (next.status !== 'open' && next.status !== 'settled') this.isPanelShown = true;
    if (this.isMismatch) this.fail('mode-mismatch', false);
    this.changed();
  }

  #tellNews(next: Snapshot): void {
    const { status } = next;
    this.tell('update', next);
    const isAccepted = [...ACCEPTED, ...PAID].includes(status);
    if (isAccepted && !this.#isAccepted) this.tell('accepted', next);
    this.#isAccepted = isAccepted;
    const completed = next.final ? status : undefined;
    if (completed && completed !== this.#completed) this.tell('complete', next);
    this.#completed = completed;
  }

  tell(name: string, detail?: unknown): boolean {
    const options = { bubbles: true, composed: true, cancelable: !detail, detail };
    return this.host.dispatchEvent(new CustomEvent(`qonto-pay-${name}`, options));
  }

  changed(): void {
    this.host.requestUpdate();
    if (this.isPanelShown) void this.load();
    this.#follower?.changed();
  }

  /** The later part; nothing when it cannot be had now. */
  load(): Promise<LaterPart | undefined> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<LaterPart | undefined> {
    try {
      this.part = await this.host.loadLaterPart();
      this.#follower = this.part.follow(this);
      this.changed();
    } catch {
      // Without the panel the button still tells how things are, and the part is asked for again.
      setTimeout(() => {
        this.#loading = undefined;
        void this.refresh();
      }, LOAD_AGAIN_MS);
    }
    return this.part;
  }

  #onVisibility = (event: Event & { persisted?: boolean }): void => {
    if (event.persisted === false) return;
    this.#follower?.visibilityChanged();
    // First how things are: phones kill streams silently.
    if (!document.hidden && (this.startedAtMs || !this.snapshot?.final)) void this.refresh();
  };
}
