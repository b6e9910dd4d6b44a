import type { TestProject } from 'vitest/node';
import { buildAll } from '../../scripts/build.js';
import { ensureChromium } from '../../scripts/chromium.js';
import { type Addresses, Stack } from './stack.js';

declare module 'vitest' {
  interface ProvidedContext {
    addresses: Addresses;
  }
}

/** Two sites, as in the world: on `localhost` alone shop and payment service would share their cookies. */
const SITES = { shop: 'shop.localhost', bff: 'pay.localhost' };

/** Finds a browser, builds the bundles and starts the demo that most journeys share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.CHROMIUM_PATH = await ensureChromium();
  const failed = await buildForProduction();
  if (failed.length > 0) throw new Error(`The build failed: ${failed.join(', ')}`);
  const stack = await Stack.start({ hosts: SITES });
  project.provide('addresses', stack.addresses);
  return () => stack.stop();
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
