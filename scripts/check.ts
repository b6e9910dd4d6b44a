import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll } from './build.js';
import { runSteps, type Step } from './steps.js';
import { filesBelow, packageFolders, root, tool } from './workspace.js';

/** Everything that can be said about the code without running it. Returns how many steps passed and failed. */
export async function check(): Promise<{ passed: number; failed: number }> {
  const steps = [...formatAndLint(), ...types(), ...structure(), ...budgets()];
  const failed = await runSteps(steps);
  return { passed: steps.length - failed.length, failed: failed.length };
}

function formatAndLint(): Step[] {
  return [
    {
      name: 'format and lint (biome)',
      command: tool('biome'),
      args: ['check', '--error-on-warnings', '--max-diagnostics=100', '.'],
    },
    {
      name: 'promises and sizes (eslint)',
      command: tool('eslint'),
      args: ['.', '--max-warnings', '0'],
    },
  ];
}

function types(): Step[] {
  return ['.', ...packageFolders()].filter(hasTypeScript).map((folder) => ({
    name: `types (tsc) ${folder === '.' ? 'scripts' : folder}`,
    command: tool('tsc'),
    args: ['-p', folder],
  }));
}

function structure(): Step[] {
  return [
    {
      name: 'layers (dependency-cruiser)',
      command: tool('depcruise'),
      args: ['--config', '.dependency-cruiser.cjs', ...packageFolders(), 'scripts'],
    },
    ...['packages/widget', 'packages/pay-page'].filter(hasSources).map((folder) => ({
      name: `templates (lit-analyzer) ${folder}`,
      command: tool('tsx'),
      args: ['scripts/check-templates.ts', folder],
    })),
    { name: 'unused code (knip)', command: tool('knip'), args: ['--no-progress'] },
  ];
}

function budgets(): Step[] {
  return [{ name: 'bundle budgets (size-limit)', command: tool('size-limit'), args: [] }];
}

function hasTypeScript(folder: string): boolean {
  if (!existsSync(path.join(root, folder, 'tsconfig.json'))) return false;
  return folder === '.' || filesBelow(folder, (file) => file.endsWith('.ts')).length > 0;
}

function hasSources(folder: string): boolean {
  return filesBelow(`${folder}/src`, (file) => file.endsWith('.ts')).length > 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildAll();
  const { passed, failed } = await check();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
