import type { Browser, Page } from 'playwright-core';
import { type Span, timeIn } from '../support/numbers.js';

/** What one step has cost the page's main thread, in its own CPU time. */
export interface Work {
  /** JavaScript, and nothing that it forced. */
  scriptMs: number;
  /** Style and layout. */
  layoutMs: number;
  /** All of its tasks, painting included. */
  taskMs: number;
  /** Scripting and layout by the wall clock: on a busy machine it waits for others. */
  wallMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** The same by the clock of the thread, which stands still while others have the core. */
  tts?: number;
  tdur?: number;
}

type Clock = 'thread' | 'wall';

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
    const among = (clock: Clock, isMeant: (name: string) => boolean): number =>
      timeIn(
        inThread.filter(({ name }) => isMeant(name)).map((event) => spanOf(event, clock)),
        { from: spanOf(begin, clock).startedAt, to: spanOf(end, clock).startedAt },
      );
    const layoutMs = among('thread', isLayout);
    return {
      scriptMs: among('thread', isScriptOrLayout) - layoutMs,
      layoutMs,
      taskMs: among('thread', (name) => name === 'RunTask'),
      wallMs: among('wall', isScriptOrLayout),
    };
  }
}

const isLayout = (name: string): boolean => LAYOUT.has(name);
const isScriptOrLayout = (name: string): boolean => isLayout(name) || SCRIPT.has(name);

function spanOf({ ts, dur = 0, tts = 0, tdur = 0 }: TraceEvent, clock: Clock): Span {
  const [from, took] = clock === 'wall' ? [ts, dur] : [tts, tdur];
  return { startedAt: from / 1000, endedAt: (from + took) / 1000 };
}
