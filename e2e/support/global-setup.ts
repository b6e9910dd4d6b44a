import type { TestProject } from 'vitest/node';
import { buildAll } from '../../scripts/build.js';
import { ensureChromium } from '../../scripts/chromium.js';
import { type Addresses, Stack } from './stack.js';

declare module 'vitest' {
  interface ProvidedContext {
    addresses: Addresses;
  }
}

/** Finds a browser, builds the bundles and starts the demo that most journeys share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.CHROMIUM_PATH = await ensureChromium();
  const failed = await buildAll();
  if (failed.length > 0) throw new Error(`The build failed: ${failed.join(', ')}`);
  const stack = await Stack.start();
  project.provide('addresses', stack.addresses);
  return () => stack.stop();
}
