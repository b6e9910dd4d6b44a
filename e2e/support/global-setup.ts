import type { TestProject } from 'vitest/node';
import { buildAll } from '../../scripts/build.js';
import { ensureChromium } from '../../scripts/chromium.js';
import { StackKeeper } from './stack-keeper.js';

declare module 'vitest' {
  interface ProvidedContext {
    stackKeeper: string;
  }
}

/** Finds a browser, builds the bundles and keeps the demos that most journeys share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.CHROMIUM_PATH = await ensureChromium();
  const failed = await buildForProduction();
  if (failed.length > 0) throw new Error(`The build failed: ${failed.join(', ')}`);
  const keeper = await StackKeeper.start();
  project.provide('stackKeeper', keeper.url);
  return () => keeper.stop();
}

/** Vitest says NODE_ENV=test, and by that Vite would bundle the libraries' development code. */
async function buildForProduction(): Promise<string[]> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    return await buildAll();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}
