import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, packageFolders, root } from './workspace.js';

/** Whether a package has any test. */
export function hasTests(folder: string): boolean {
  return filesBelow(folder, (file) => file.endsWith('.test.ts')).length > 0;
}

/** Vitest's projects: each package that has tests, by its own config where it has one, named after its folder. */
export function vitestProjects() {
  return packageFolders()
    .filter(hasTests)
    .map((folder) => ({
      ...(existsSync(path.join(root, folder, 'vitest.config.ts'))
        ? { extends: `${folder}/vitest.config.ts` }
        : {}),
      root: path.join(root, folder),
      test: { name: folder },
    }));
}
