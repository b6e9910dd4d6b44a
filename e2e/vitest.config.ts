import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['support/global-setup.ts'],
    // Each file owns a browser and counts what the one bank holds.
    fileParallelism: false,
    maxConcurrency: 3,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
