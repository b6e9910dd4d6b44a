import type { WebhookTrouble } from './webhooks/subscription.js';

/** What goes wrong with a call. */
export type CallTrouble =
  | { readonly kind: 'status'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after-commit' }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'rate-limit'; readonly retryAfter: number | undefined };

/** What goes wrong. Exactly one kind per fault. */
export type Trouble = CallTrouble | { readonly kind: 'webhook'; readonly webhook: WebhookTrouble };

export interface Fault {
  readonly method: string | undefined;
  /** A path, where `*` stands for one segment; for a webhook its type, or the path that it is posted to. */
  readonly path: string | undefined;
  /** The first matching request that is hit, from 1. */
  readonly nth: number;
  /** How many are hit from there on. */
  readonly times: number;
  readonly trouble: Trouble;
}

/** Scripted trouble, in the order in which it was asked for. */
export class FaultDesk {
  #armed: { readonly fault: Fault; seen: number }[] = [];

  add(faults: readonly Fault[]): void {
    this.#armed.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  clear(): void {
    this.#armed = [];
  }

  /** Counts a request against all faults; the first one that hits it wins. */
  troubleFor(request: { readonly method: string; readonly path: string }): CallTrouble | undefined {
    const trouble = this.#take(
      (fault) => fault.trouble.kind !== 'webhook' && matches(fault, request),
    );
    return trouble?.kind === 'webhook' ? undefined : trouble;
  }

  /** The same for an event on its way out. */
  webhookTroubleFor(event: {
    readonly type: string;
    readonly path: string;
  }): WebhookTrouble | undefined {
    const isHit = (fault: Fault) =>
      [event.type, event.path].some((path) => isPath(fault.path, path));
    const trouble = this.#take((fault) => fault.trouble.kind === 'webhook' && isHit(fault));
    return trouble?.kind === 'webhook' ? trouble.webhook : undefined;
  }

  #take(isHit: (fault: Fault) => boolean): Trouble | undefined {
    let trouble: Trouble | undefined;
    for (const armed of this.#armed) {
      if (!isHit(armed.fault)) continue;
      armed.seen += 1;
      const { nth, times } = armed.fault;
      if (armed.seen >= nth && armed.seen < nth + times) trouble ??= armed.fault.trouble;
    }
    this.#armed = this.#armed.filter(({ fault, seen }) => seen < fault.nth + fault.times - 1);
    return trouble;
  }
}

function matches(fault: Fault, request: { readonly method: string; readonly path: string }) {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
  return isPath(fault.path, request.path);
}

function isPath(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true;
  const wanted = pattern.split('/');
  const actual = path.split('/');
  return (
    wanted.length === actual.length &&
    wanted.every((segment, index) => segment === '*' || segment === actual[index])
  );
}
