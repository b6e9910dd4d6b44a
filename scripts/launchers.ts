import { readFileSync } from 'node:fs';
import path from 'node:path';

const INTERVAL_MS = 500;

/**
 * Resolves when npx, pnpm or a shell of theirs, which were there only to start us, has ended: some of them end on a
 * signal without passing it on, and what they started would go on unseen. Without /proc it never resolves.
 */
export function launcherEnds(): Promise<void> {
  const launchers = launchersOf(process.ppid);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (launchers.every(isAlive)) return;
      clearInterval(timer);
      resolve();
    }, INTERVAL_MS);
    timer.unref();
  });
}

/** The ancestors up to the highest npm or pnpm. Whoever called that one may end without us. */
function launchersOf(parent: number): number[] {
  const ancestors: number[] = [];
  let count = 0;
  for (let pid: number | undefined = parent; pid; pid = parentOf(pid)) {
    const kind = kindOf(pid);
    if (kind === 'other') break;
    ancestors.push(pid);
    if (kind === 'package-manager') count = ancestors.length;
  }
  return ancestors.slice(0, count);
}

function kindOf(pid: number): 'package-manager' | 'between' | 'other' {
  // npm calls its process "npm exec …"; pnpm is a program of its own, or a script that Node runs.
  const [program = '', script = ''] = read(pid, 'cmdline').split(/[\0 ]/);
  const names = [path.basename(program), path.basename(script)];
  if (names.some((name) => /^(npm|npx|pnpm)(-cli)?(\.c?js)?$/.test(name))) return 'package-manager';
  return /^(node|sh|dash|bash|ash)$/.test(names[0] ?? '') ? 'between' : 'other';
}

function parentOf(pid: number): number | undefined {
  const [, parent] = /^.*\) \S (\d+)/s.exec(read(pid, 'stat')) ?? [];
  return parent ? Number(parent) : undefined;
}

function read(pid: number, file: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  return read(pid, 'stat') !== '' && !/^.*\) Z/s.test(read(pid, 'stat'));
}
