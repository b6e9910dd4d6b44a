import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAll } from './build.js';
import { check } from './check.js';
import { ensureChromium } from './chromium.js';
import { hasTests } from './vitest-projects.js';
import { packageFolders, root, tool } from './workspace.js';

interface Count {
  passed: number;
  failed: number;
}

/** What of vitest's JSON report is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Journeys start whole services and browsers: they run alone, so that nothing else makes them late. */
const JOURNEYS = 'e2e';

const counts: Count[] = [
  await timed('browser', prepareBrowser),
  await timed('build', build),
  await timed('check', check),
  await timed('tests', () =>
    runVitest(
      'tests',
      packageFolders().filter((it) => it !== JOURNEYS),
      // They mostly wait for servers and clocks: more workers than cores are well used.
      ['--maxWorkers=6'],
    ),
  ),
  // These have a number of workers of their own, for each of them is a whole stack.
  await timed('journeys', () => runVitest('journeys', [JOURNEYS])),
];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);

async function timed(name: string, work: () => Promise<Count>): Promise<Count> {
  console.log(`\n== ${name}`);
  const startedAt = performance.now();
  const count = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`== ${name}: ${count.failed === 0 ? 'fine' : 'FAILED'} after ${seconds} s`);
  return count;
}

async function prepareBrowser(): Promise<Count> {
  try {
    // Exported, so that every runner below takes the same browser.
    process.env.CHROMIUM_PATH = await ensureChromium();
    console.log(`Chromium: ${process.env.CHROMIUM_PATH}`);
    return { passed: 0, failed: 0 };
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

async function build(): Promise<Count> {
  return { passed: 0, failed: (await buildAll()).length };
}

async function runVitest(name: string, folders: string[], options: string[] = []): Promise<Count> {
  const projects = folders.filter(hasTests);
  if (projects.length === 0) return { passed: 0, failed: 0 };
  const directory = mkdtempSync(path.join(tmpdir(), 'qonto-pay-test-'));
  const reportFile = path.join(directory, `${name}.json`);
  const exitCode = await run(tool('vitest'), [
    'run',
    ...options,
    // On a crowded machine a browser now and then misses a step. What fails twice has failed; what
    // passes the second time is named in the report.
    ...(process.env.CI ? ['--retry=1'] : []),
    ...projects.flatMap((project) => ['--project', project]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
  ]);
  const count = readReport(reportFile);
  rmSync(directory, { recursive: true, force: true });
  // An error outside every test ends vitest without a failed test: it must not read as a pass.
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function readReport(file: string): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`);
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

function run(command: string, args: string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
}
