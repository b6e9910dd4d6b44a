import type { Snapshot } from '@qonto-pay/shared';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { BffClient, type NoSnapshot } from './bff-client.js';
import { type Language, nearestLang } from './language.js';
import type { LaterMessages } from './messages/panel-messages.js';
import type { QontoPayProblem, WidgetProblemCode } from './problem.js';

/** What button and panel show alike. */
export interface ButtonFacts {
  lang: string;
  /** Empty when nobody has named the amount. */
  amountText: string;
  count: number;
}

interface Follower {
  changed(): void;
  visibilityChanged(): void;
  /** The intent is another one from now on. */
  stop(): void;
}

/** How the partner's page gives an intent inside the click. */
export interface Partner {
  /** By `getIntent`; without it the URL is asked. */
  promised: Promise<unknown> | undefined;
  url: string;
  /** The opening page that waits for the intent; empty when there is none. */
  flow: string;
}

/** The part of the widget that is loaded when something happens. */
export interface LaterPart {
  provideMessages(language: Language, messages: LaterMessages): void;
  follow(payment: IntentController): Follower;
  renderPanel(payment: IntentController, facts: ButtonFacts): unknown;
  /** What the button says where it has no words of its own. */
  buttonLabel(payment: IntentController, amount: unknown): unknown;
  /** The intent's id, or nothing. */
  askPartner(payment: IntentController, partner: Partner): Promise<string>;
}

interface Host extends ReactiveControllerHost, HTMLElement {
  readonly mode: string;
  start(): Promise<void>;
}

const LOAD_AGAIN_MS = 5_000;
const ACCEPTED = [
  'processing',
  'scheduled',
  'requested',
  'settled',
  'sent_unconfirmed',
  'partially_settled',
  'paid',
];

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
  client = new BffClient();
  intent = '';
  /** When the pay page was opened, by the local clock; over once something is confirmed. */
  startedAtMs: number | undefined;
  isPanelShown = false;
  isFolded = false;
  /** What the `role="status"` says. */
  announcement = '';
  /** Server minus local clock. */
  clockOffsetMs = 0;
  readonly host: Host;
  /** Brings the texts in the language in force, too. */
  readonly loadPart: () => Promise<LaterPart>;
  #follower: Follower | undefined;
  #loading: Promise<LaterPart | undefined> | undefined;

  constructor(host: Host, loadPart: () => Promise<LaterPart>) {
    this.host = host;
    this.loadPart = loadPart;
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

  /** Another intent, BFF or mode: all that was shown is void. */
  follow(base: string, intent: string): void {
    this.#follower?.stop();
    this.#loading = undefined;
    if (this.intent) {
      this.problem = this.startedAtMs = undefined;
      this.isPanelShown = false;
    }
    this.client = new BffClient(base);
    this.intent = intent;
    this.snapshot = this.noSnapshot = undefined;
    void this.refresh();
  }

  get status(): string | undefined {
    const code = this.problem?.code;
    if (code && code !== 'window-blocked') return 'error';
    return this.startedAtMs ? 'connecting' : this.snapshot?.status;
  }

  get isPanelOpen(): boolean {
    return this.isPanelShown && !this.isFolded;
  }

  /** A page of the payer's: the one of an intent, or the one to wait on until there is an intent. */
  payUrl(page: string): string {
    return `${this.client.base}/pay/${encodeURIComponent(page)}?lang=${nearestLang(this.host)}`;
  }

  /** An intent to be paid on a button that collects, or the other way round. */
  get isMismatch(): boolean {
    return (this.host.mode === 'collect') !== (this.snapshot?.kind === 'link');
  }

  /** The pay page is open, or should be: shown until the BFF knows more. */
  start(isOpened: boolean): void {
    this.startedAtMs = Date.now();
    this.problem = undefined;
    // A window that the browser gave may be dead all the same: the follower looks.
    if (isOpened) this.fold(false);
    else this.fail('window-blocked');
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
    if (!intent) return;
    const answer = await client.snapshots(client.pathOf(intent));
    if (intent !== this.intent) return;
    // Before a click nothing is lost: the button stands, with what the attributes say.
    if (typeof answer === 'string') this.noSnapshot = answer;
    else if (answer[0]) this.take(answer[0]);
    this.changed();
  }

  /** The one door for what the BFF says. An older snapshot may arrive late: it is no news. */
  take(next: Snapshot): void {
    const last = this.snapshot;
    if (last && next.seq < last.seq) return;
    this.clockOffsetMs = Date.parse(next.serverTime) - Date.now();
    this.snapshot = next;
    if (last?.seq !== next.seq || last.why !== next.why) this.#tellNews(next, last);
    // The button alone says these three; for anything else, a link to share too, the panel opens.
    if (next.why === 'in-progress' || !['open', 'settled', 'paid'].includes(next.status))
      this.isPanelShown = true;
    if (this.isMismatch) this.fail('mode-mismatch', false);
    this.changed();
  }

  #tellNews(next: Snapshot, last: Snapshot | undefined): void {
    this.tell('update', next);
    if (ACCEPTED.includes(next.status) && !ACCEPTED.includes(last?.status ?? ''))
      this.tell('accepted', next);
    if (next.final && next.status !== last?.status) this.tell('complete', next);
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
      this.part = await this.loadPart();
      this.#follower ??= this.part.follow(this);
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
    // First how things are: phones kill streams silently, and another tab may have begun anew.
    const isOver = this.snapshot?.final && !this.snapshot.payable;
    if (!document.hidden && (this.startedAtMs || !isOver)) void this.refresh();
  };
}
