import { defineConfig } from 'vitest/config';
import { vitestProjects } from './scripts/vitest-projects.js';

export default defineConfig({
  test: {
    projects: vitestProjects(),
    // Errors that a test provokes on purpose would bury those that matter.
    silent: 'passed-only',
  },
});
