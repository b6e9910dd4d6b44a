import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.js';
import { builtPageCommands } from './test/built-page.js';
import { noWebTestRunner, scriptedApi } from './test/scripted-api.js';

const executablePath = chromiumPath();

export default defineConfig({
  plugins: [noWebTestRunner(), scriptedApi()],
  resolve: { conditions: ['module', 'browser', 'production'] },
  optimizeDeps: {
    include: [
      'axe-core',
      'fast-check',
      'jsqr',
      '@qonto-pay/shared > lean-qr',
      'lit',
      ...['guard', 'keyed', 'live', 'repeat'].map((name) => `lit/directives/${name}.js`),
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // A second, which is the default, is no time on a crowded machine.
    expect: { poll: { timeout: 15_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 480, height: 760 },
      commands: builtPageCommands,
      provider: playwright({
        launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
