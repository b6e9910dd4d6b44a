import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, tool } from './workspace.js';

// Checks the templates of one package: `tsx scripts/check-templates.ts packages/widget`.

const FAULT = /^\| (\d+) *\| \d+ *\| `error` *\| ([\w-]+) *\| (.*?) *\|$/;
/** The analyzer does not know Lit's `nothing`, which every kind of attribute binding takes. */
const NOTHING = 'Symbol(undefined)';

const folder = process.argv[2] ?? '.';
const { stdout, stderr, error } = spawnSync(
  tool('lit-analyzer'),
  ['src/**/!(*.test).ts', '--strict', '--format', 'markdown'],
  { cwd: path.join(root, folder), encoding: 'utf8' },
);
if (error || !stdout.includes('## Summary')) {
  console.error(error?.message ?? stdout + stderr);
  process.exit(1);
}
const faults = faultsIn(stdout);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function faultsIn(report: string): string[] {
  let file = '';
  return report.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) file = line.slice('## ./'.length);
    const [, lineNumber, rule, message] = FAULT.exec(line) ?? [];
    if (!message || message.includes(NOTHING)) return [];
    return [`${path.join(folder, file)}:${lineNumber} ${rule}: ${message.replaceAll('\\|', '|')}`];
  });
}
