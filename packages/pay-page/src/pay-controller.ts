import type { PayState } from '@qonto-pay/shared';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LiveState } from './live-state.js';
import type { Answer, PayClient } from './pay-client.js';
import { isFinal, isOlder, readPayState, type Step, stepOf } from './pay-state.js';

const RETRY_MS = 3_000;

/** The one place that holds the state; the page shows only what the BFF has said. */
export class PayController implements ReactiveController {
  state: PayState | undefined;
  step: Step = { kind: 'loading' };
  /** The last question got no answer; the page goes on asking. */
  unreachable = false;
  connected = false;
  /** Server minus local clock. */
  clockOffsetMs = 0;
  /** The phone was asked while this page looked on. */
  askedPhone = false;
  onStep: (() => void) | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #client: PayClient;
  readonly #live: LiveState;
  #again = false;
  #notFound = false;
  #retry: number | undefined;

  constructor(host: ReactiveControllerHost, client: PayClient) {
    this.#host = host;
    this.#client = client;
    this.#live = new LiveState({
      url: client.urlOf('events'),
      onEvent: (value) => this.#onEvent(value),
      refresh: () => void this.refresh(),
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.connected = true;
    window.addEventListener('online', this.#onOnline);
    window.addEventListener('offline', this.#onOffline);
    this.#live.start();
    void this.refresh();
  }

  hostDisconnected(): void {
    this.connected = false;
    window.removeEventListener('online', this.#onOnline);
    window.removeEventListener('offline', this.#onOffline);
    window.clearTimeout(this.#retry);
    this.#live.stop();
  }

  /** @returns whether the BFF answered. */
  async refresh(): Promise<boolean> {
    const answer = await this.#client.readState();
    this.adopt(answer);
    return answer.kind === 'state';
  }

  adopt(answer: Answer): void {
    if (answer.kind === 'state') this.#adoptState(answer.state);
    else if (answer.kind === 'problem' && answer.httpStatus === 404) this.#notFound = true;
    else this.unreachable = true;
    this.update();
  }

  /** Shows the review again after a payment that ended without money; the BFF has the last word. */
  payAgain(again: boolean): void {
    this.#again = again;
    this.update();
  }

  update(): void {
    const before = this.step.kind;
    this.step = this.#nextStep();
    if (before !== this.step.kind) this.onStep?.();
    if (!this.connected) return;
    this.#live.want(this.#canChange());
    window.clearTimeout(this.#retry);
    if ((this.unreachable || this.state?.bankUnavailable) && !this.#notFound) {
      this.#retry = window.setTimeout(() => void this.refresh(), RETRY_MS);
    }
    this.#host.requestUpdate();
  }

  #adoptState(state: PayState): void {
    this.unreachable = false;
    if (this.state && isOlder(state, this.state)) return;
    this.state = state;
    this.askedPhone ||= state.payment?.approval != null;
    this.clockOffsetMs = Date.parse(state.serverTime) - Date.now();
  }

  #nextStep(): Step {
    if (this.#notFound) return { kind: 'error', why: 'not-found' };
    const step = stepOf({ state: this.state, again: this.#again });
    const stuck = step.kind === 'loading' && this.unreachable;
    return stuck ? { kind: 'error', why: 'unreachable' } : step;
  }

  /** Signed in, and neither ended nor closed for good. */
  #canChange(): boolean {
    if (this.#notFound || !this.state?.member || this.state.signIn) return false;
    if (this.step.kind === 'closed') return this.step.why === 'in-progress';
    return this.step.kind !== 'end' || !isFinal(this.step.status);
  }

  #onEvent(value: unknown): void {
    const state = readPayState(value);
    if (state) this.adopt({ kind: 'state', state });
  }

  readonly #onOnline = (): void => void this.refresh();

  readonly #onOffline = (): void => {
    this.unreachable = true;
    this.update();
  };
}
