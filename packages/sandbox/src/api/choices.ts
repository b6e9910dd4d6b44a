import { refusal } from './refusal.js';

/** A query parameter that takes one of a few words; another word is refused. */
export function choiceOf<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const choice = choices.find((candidate) => candidate === given);
  if (choice !== undefined) return choice;
  throw refusal(422, 'not_in_list', `${name} must be one of ${choices.join(', ')}`, {
    parameter: name,
  });
}

/** All values of `name[]=a&name[]=b`, each one of a few words, or undefined without any. */
export function choicesOf<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): ReadonlySet<Choice> | undefined {
  const given = query.getAll(name);
  if (given.length === 0) return undefined;
  return new Set(
    given.flatMap((value) => choiceOf(new URLSearchParams({ [name]: value }), name, choices) ?? []),
  );
}

export function flagOf(query: URLSearchParams, name: string): boolean | undefined {
  const choice = choiceOf(query, name, ['true', 'false']);
  return choice === undefined ? undefined : choice === 'true';
}

type Sortable = string | number | null;

/** Sorts by `sort_by=field:asc|desc`; what has no value comes last. */
export function sorted<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  fields: Readonly<Record<string, (item: Item) => Sortable>>,
  standard: string,
): Item[] {
  const choices = Object.keys(fields).flatMap((name) => [`${name}:asc`, `${name}:desc`]);
  const [name = '', order] = (choiceOf(query, 'sort_by', choices) ?? standard).split(':');
  const read = fields[name];
  if (!read) throw new Error(`nothing is sorted by ${name}`);
  const direction = order === 'asc' ? 1 : -1;
  return [...items].sort((one, other) => compare(read(one), read(other), direction));
}

function compare(one: Sortable, other: Sortable, direction: number): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (one === other) return 0;
  return one < other ? -direction : direction;
}
