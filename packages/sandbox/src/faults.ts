/** What goes wrong. Exactly one kind per fault. */
export type Trouble =
  | { readonly kind: 'status'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after-commit' }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'rate-limit'; readonly retryAfter: number | undefined };

export interface Fault {
  readonly method: string | undefined;
  /** A path, where `*` stands for one segment. */
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
  troubleFor(request: { readonly method: string; readonly path: string }): Trouble | undefined {
    let trouble: Trouble | undefined;
    for (const armed of this.#armed) {
      if (!matches(armed.fault, request)) continue;
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
  if (fault.path === undefined) return true;
  const wanted = fault.path.split('/');
  const actual = request.path.split('/');
  return (
    wanted.length === actual.length &&
    wanted.every((segment, index) => segment === '*' || segment === actual[index])
  );
}
