import type { Browser, Page } from 'playwright-core';
import { type Span, timeIn } from '../support/numbers.js';

/** What one step has cost the page's main thread. */
export interface Work {
  /** JavaScript, and nothing that it forced. */
  scriptMs: number;
  /** Style and layout. */
  layoutMs: number;
  /** All of its tasks, painting included. */
  taskMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'v8',
];
const SCRIPT = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FunctionCall',
  'MajorGC',
  'MinorGC',
  'RunMicrotasks',
  'TimerFire',
  'V8.GC_MC_BACKGROUND_MARKING',
  'v8.compile',
  'v8.compileModule',
  'v8.evaluateModule',
]);
const LAYOUT = new Set(['Layout', 'UpdateLayoutTree']);

/** Chromium's own trace of one page, cut at the marks that the benchmark sets in it. */
export class MainThread {
  readonly #events: TraceEvent[];

  private constructor(events: TraceEvent[]) {
    this.#events = events;
  }

  static async record(
    browser: Browser,
    page: Page,
    work: () => Promise<void>,
  ): Promise<MainThread> {
    await browser.startTracing(page, { categories: CATEGORIES });
    await work();
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
      traceEvents: TraceEvent[];
    };
    return new MainThread(traceEvents);
  }

  /** Each stretch between the marks `<name> from` and `<name> to`, in their order. */
  workOf(name: string): Work[] {
    const marks = (mark: string) =>
      this.#events.filter((event) => event.name === `${name} ${mark}` && event.ph !== 'E');
    const ends = marks('to');
    return marks('from').map((begin, index) => {
      const end = ends[index];
      if (!end) throw new Error(`${name} has no end`);
      return this.#between(begin, end);
    });
  }

  #between(begin: TraceEvent, end: TraceEvent): Work {
    const inThread = this.#events.filter(
      ({ ph, pid, tid, ts, dur = 0 }) =>
        ph === 'X' && pid === begin.pid && tid === begin.tid && ts < end.ts && ts + dur > begin.ts,
    );
    const among = (isMeant: (name: string) => boolean): number =>
      timeIn(inThread.filter(({ name }) => isMeant(name)).map(spanOf), {
        from: begin.ts / 1000,
        to: end.ts / 1000,
      });
    const layoutMs = among((name) => LAYOUT.has(name));
    const both = among((name) => LAYOUT.has(name) || SCRIPT.has(name));
    return { scriptMs: both - layoutMs, layoutMs, taskMs: among((name) => name === 'RunTask') };
  }
}

const spanOf = ({ ts, dur = 0 }: TraceEvent): Span => ({
  startedAt: ts / 1000,
  endedAt: (ts + dur) / 1000,
});
