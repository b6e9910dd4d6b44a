import { defineConfig } from 'vitest/config';
import { SlowFirst } from './scripts/slow-first.js';
import { vitestProjects } from './scripts/vitest-projects.js';

export default defineConfig({
  test: {
    projects: vitestProjects(),
    sequence: { sequencer: SlowFirst },
    // Errors that a test provokes on purpose would bury those that matter.
    silent: 'passed-only',
  },
});
