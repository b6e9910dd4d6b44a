import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The repository's root directory. */
export const root = path.resolve(import.meta.dirname, '..');

/** The folders that hold a package, relative to the root. */
export function packageFolders(): string[] {
  const packages = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`);
  return [...packages, 'demo', 'e2e', 'bench', 'prove'].filter((folder) =>
    existsSync(path.join(root, folder, 'package.json')),
  );
}

/** The files below a folder (relative to it) that match; installed and built ones are left out. */
export function filesBelow(folder: string, matches: (file: string) => boolean): string[] {
  const directory = path.join(root, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist' && !name.startsWith('.'))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(path.join(folder, entry.name), matches).map((file) =>
            path.join(entry.name, file),
          )
        : [entry.name],
    )
    .filter(matches)
    .sort();
}

/** Runs with Node and pnpm's links: no shell, so that no argument is read twice. */
export function tool(name: string): string {
  const suffix = process.platform === 'win32' ? '.CMD' : '';
  return path.join(root, 'node_modules/.bin', name + suffix);
}
