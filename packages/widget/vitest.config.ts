import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.js';
import { builtFile } from './test/built-file.js';
import { noWebTestRunner } from './test/no-web-test-runner.js';
import { scriptedBff } from './test/scripted-bff.js';

const executablePath = chromiumPath();

export default defineConfig({
  plugins: [noWebTestRunner(), scriptedBff(), builtFile()],
  resolve: { conditions: ['module', 'browser', 'production'] },
  optimizeDeps: { include: ['@open-wc/testing', 'axe-core', 'lit'] },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 800, height: 900 },
      provider: playwright({
        launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
