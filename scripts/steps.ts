import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { root } from './workspace.js';

/** One command whose exit code decides. */
export interface Step {
  name: string;
  command: string;
  args: string[];
  cwd?: string;
}

/** Runs every step, even after one fails, prints each with its time, and returns the names of those that failed. */
export async function runSteps(steps: Step[]): Promise<string[]> {
  const waiting = [...steps];
  const failed: string[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (!(await runStep(step))) failed.push(step.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, cpus().length) }, work));
  return failed;
}

async function runStep(step: Step): Promise<boolean> {
  const startedAt = performance.now();
  const { isFine, output } = await runQuietly(step);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${isFine ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`);
  if (!isFine) console.log(output.trimEnd().replace(/^/gm, '     '));
  return isFine;
}

/** Output is kept back, so that steps side by side do not mix theirs. */
function runQuietly(step: Step): Promise<{ isFine: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, {
      cwd: step.cwd ?? root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ isFine: false, output: error.message }));
    child.on('close', (code) => resolve({ isFine: code === 0, output }));
  });
}
