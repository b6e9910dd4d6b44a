import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Behaviour {
  readonly name: string;
  /** Such as "4.13"; none for what is the sandbox's own. */
  readonly sections: readonly string[];
  readonly file: string;
}

/** Every test of the package, read off its files: what it is about, and what it stands on. */
export function behaviours(): Behaviour[] {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `${folder}/${file}`),
  );
  return files.sort().flatMap((file) => behavioursIn(file));
}

const START = /^( *)(describe|it)(\.each)?\b/gm;
const PLAIN_NAME = /^\(\s*(['"`])((?:\\.|(?!\1).)*)\1/s;
const NAME_BEHIND_CASES = /\)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/s;

function behavioursIn(file: string): Behaviour[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found: Behaviour[] = [];
  let group = '';
  for (const match of text.matchAll(START)) {
    const [whole, indent = '', kind, each] = match;
    const rest = text.slice(match.index + whole.length);
    const name = (each ? NAME_BEHIND_CASES : PLAIN_NAME).exec(rest)?.[2];
    if (name === undefined) continue;
    if (indent === '') group = '';
    if (kind === 'describe') group = name;
    else found.push(behaviourOf(group === '' ? name : `${group} ${name}`, file));
  }
  return found;
}

function behaviourOf(title: string, file: string): Behaviour {
  const cited = /\(facts ([^)]+)\)/.exec(title)?.[1] ?? '';
  const sections = cited.split(/,\s*/).filter((section) => section !== '');
  const name = title
    .replace(/ ?\(facts [^)]+\)/, '')
    .replace(/%%/g, '%')
    .replace(/"?%[sji]"?/g, '…')
    .replace(/\\'/g, "'")
    .replace(/\|/g, '\\|');
  return { name, sections, file };
}
