import { defineConfig } from 'vitest/config';
import { vitestProjects } from './scripts/vitest-projects.js';

export default defineConfig({ test: { projects: vitestProjects() } });
