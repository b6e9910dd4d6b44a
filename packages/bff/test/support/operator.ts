import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { World } from './world.js';

const OPERATOR = fileURLToPath(new URL('../../src/operator.ts', import.meta.url));

/** The command as an operator runs it, on the database of the running service. */
export async function runOperator(world: World, ...args: string[]) {
  const command = ['--import', import.meta.resolve('tsx'), OPERATOR, ...args];
  const env = { PATH: process.env.PATH, ...world.env, DATABASE_URL: world.databaseUrl };
  return promisify(execFile)(process.execPath, command, { env }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
  );
}
