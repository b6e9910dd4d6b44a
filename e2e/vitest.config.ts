import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['support/global-setup.ts'],
    // Journeys mostly wait, for phones and clocks. Each worker has a stack of its own, because its
    // files count what the bank holds and move its clock.
    maxWorkers: 3,
    maxConcurrency: 3,
    sequence: { groupOrder: 1 },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
