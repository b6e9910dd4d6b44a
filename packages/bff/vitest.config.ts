import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Files share their worker's modules: loading them anew for each took longer than many tests.
    isolate: false,
    globalSetup: ['test/support/database.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
