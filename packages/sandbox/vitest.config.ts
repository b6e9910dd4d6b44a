import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Files share their worker's modules: loading them anew for each took longer than many tests.
    isolate: false,
    testTimeout: 45_000,
  },
});
