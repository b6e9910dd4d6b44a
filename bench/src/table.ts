import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.js';
import { spread } from './support/numbers.js';
import { ms, printTable, printTitle, ratio } from './support/report.js';
import {
  type Action,
  countElements,
  inPage,
  openPlainTable,
  runSteps,
  tidy,
} from './table/in-page.js';
import { MainThread, type Work } from './table/main-thread.js';
import { PageServer } from './table/page-server.js';
import { payState } from './table/states.js';

type Kind = 'ours' | 'plain';
/** By what was done; in the order in which it is printed. */
type Works = Map<string, Work[]>;

const SIZES = [400, 2000];
const OPENINGS = 7;
const PAGE_DOWN = 'scrolling a page (800 px)';
const OPENING = 'opening';
const RESULTS = 'the results of the checks come';
const STEPS: readonly { name: string; action: Action; count: number; pauseMs: number }[] = [
  { name: 'scrolling a notch (120 px)', action: 'scroll', count: 150, pauseMs: 0 },
  { name: PAGE_DOWN, action: 'page-down', count: 30, pauseMs: 0 },
  // The choice is sent to the service 300 ms later, whose answer is drawn then.
  { name: 'select all, or none', action: 'select-all', count: 10, pauseMs: 800 },
  { name: 'sorting', action: 'sort', count: 10, pauseMs: 300 },
  { name: 'one more letter of a search', action: 'search', count: 10, pauseMs: 300 },
];
const TARGETS = new Map([
  [OPENING, '≤ 100 ms'],
  [STEPS[0]?.name ?? '', 'p95 ≤ 8 ms'],
]);
/** By then all is drawn that is going to be, on a slow machine too. */
const QUIET_AFTER_MS = 2_500;

/** What the table of the pay page costs the browser, beside the same rows in plain HTML. */
export async function table(): Promise<void> {
  printTitle(`table: ${SIZES.join(' and ')} rows in Chromium, scripting + layout of each step`);
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: chromiumArgs,
  });
  const server = await PageServer.start();
  try {
    console.log(`Chromium ${browser.version()}`);
    for (const size of SIZES) {
      const ours = await measure({ browser, server, size, kind: 'ours' });
      const plain = await measure({ browser, server, size, kind: 'plain' });
      print(size, ours, plain);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Run {
  browser: Browser;
  server: PageServer;
  size: number;
  kind: Kind;
}

interface Measured {
  works: Works;
  elements: number;
}

async function measure(run: Run): Promise<Measured> {
  const works: Works = new Map();
  let elements = 0;
  for (let opening = 1; opening <= OPENINGS; opening += 1) {
    // A window of its own: nothing is compiled or cached yet, as for a payer who comes once.
    const context = await run.browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await newPage(context, run);
    add(works, OPENING, await open(run, page));
    if (run.kind === 'ours') add(works, RESULTS, await tellResults(run, page));
    if (opening === OPENINGS) {
      elements = (await page.evaluate(countElements)).elements;
      await takeSteps(run, page, works);
    }
    await context.close();
  }
  return { works, elements };
}

function add(works: Works, name: string, more: Work[]): void {
  works.set(name, [...(works.get(name) ?? []), ...more]);
}

/** The page is there, and waits for its state. */
async function newPage(context: BrowserContext, { server, kind }: Run): Promise<Page> {
  // What runs in the page was compiled with this helper, which only Node has.
  await context.addInitScript('globalThis.__name = (value) => value');
  const page = await context.newPage();
  server.hold();
  await page.goto(`${server.url}/${kind === 'ours' ? 'pay/in_bench' : 'plain'}`);
  await sleep(QUIET_AFTER_MS / 2);
  return page;
}

async function open(run: Run, page: Page): Promise<Work[]> {
  const { server, kind, size } = run;
  const state = payState(size, kind === 'ours' ? 'pending' : 'done');
  const works = await between(run, page, OPENING, async () => {
    const opened = kind === 'plain' ? page.evaluate(openPlainTable) : undefined;
    server.tell(state);
    await opened;
  });
  const { rows, heightPx } = await page.evaluate(countElements);
  // Virtual or not, the page is as high as all rows.
  if (rows < 10 || heightPx < size * 40) throw new Error(`only ${rows} rows in ${heightPx} px`);
  return works;
}

function tellResults(run: Run, page: Page): Promise<Work[]> {
  const state = payState(run.size, 'done');
  return between(run, page, RESULTS, () => Promise.resolve(run.server.tell(state)));
}

async function between(
  { browser }: Run,
  page: Page,
  name: string,
  work: () => Promise<void>,
): Promise<Work[]> {
  const thread = await MainThread.record(browser, page, async () => {
    await page.evaluate((mark) => void performance.mark(mark), `${name} from`);
    await work();
    await sleep(QUIET_AFTER_MS);
    await page.evaluate((mark) => void performance.mark(mark), `${name} to`);
  });
  return thread.workOf(name);
}

async function takeSteps({ browser }: Run, page: Page, works: Works): Promise<void> {
  for (const step of STEPS) {
    await page.evaluate(tidy);
    await sleep(QUIET_AFTER_MS / 2);
    const thread = await MainThread.record(browser, page, () =>
      page.evaluate(runSteps, inPage(step)),
    );
    add(works, step.name, thread.workOf(step.name));
  }
}

function print(size: number, ours: Measured, plain: Measured): void {
  const sumOf = ({ scriptMs, layoutMs }: Work) => scriptMs + layoutMs;
  const rows = [...ours.works].map(([name, works]) => {
    const our = spread(works.map(sumOf));
    const baseline = plain.works.get(name);
    const their = baseline && spread(baseline.map(sumOf));
    const tasks = spread(works.map(({ taskMs }) => taskMs));
    return [
      `${name} (${works.length})`,
      ...[our.p50, our.p95].map(ms),
      TARGETS.get(name) ?? '',
      ms(spread(works.map(({ layoutMs }) => layoutMs)).p50),
      ms(tasks.p50),
      ms(spread(works.map(({ wallMs }) => wallMs)).p95),
      ...(their ? [ms(their.p50), ms(their.p95), ratio(our.p50, their.p50)] : ['-', '-', '-']),
    ];
  });
  printTable(
    [
      ...[`${size} rows`, 'p50', 'p95', 'target', 'of it layout', 'all tasks', 'wall p95'],
      ...['plain p50', 'plain p95', 'ratio p50'],
    ],
    rows,
  );
  console.log(`elements in the page: ${ours.elements}, plain ${plain.elements}\n`);
}
