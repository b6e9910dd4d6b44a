import { refusal } from './refusal.js';

const MOST_PER_PAGE = 100;

export interface PageMeta {
  readonly current_page: number;
  readonly next_page: number | null;
  readonly prev_page: number | null;
  readonly total_pages: number;
  readonly total_count: number;
  readonly per_page: number;
}

/** The page that was asked for; one past the end is empty (facts 5.3). */
export function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  { perPage }: { readonly perPage: number },
): { items: Item[]; meta: PageMeta } {
  const page = wholeNumber(query, 'page', { standard: 1, most: 1_000_000 });
  const size = wholeNumber(query, 'per_page', { standard: perPage, most: MOST_PER_PAGE });
  const totalPages = Math.ceil(items.length / size);
  const meta: PageMeta = {
    current_page: page,
    next_page: page < totalPages ? page + 1 : null,
    prev_page: page > 1 ? page - 1 : null,
    total_pages: totalPages,
    total_count: items.length,
    per_page: size,
  };
  return { items: items.slice((page - 1) * size, page * size), meta };
}

/** All values of `name[]=a&name[]=b`, or undefined when the filter is absent. */
export function listFilter(query: URLSearchParams, name: string): Set<string> | undefined {
  const values = query.getAll(`${name}[]`);
  return values.length > 0 ? new Set(values) : undefined;
}

/** A filter such as `updated_at_from`, in milliseconds. */
export function timeFilter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw refusal(422, 'invalid', `${name} is not a date`, { parameter: name });
  return at;
}

/** Reads `sort_by=updated_at:asc`; the newest comes first otherwise. */
export function isOldestFirst(query: URLSearchParams): boolean {
  const sortBy = query.get('sort_by') ?? 'updated_at:desc';
  if (sortBy === 'updated_at:asc') return true;
  if (sortBy === 'updated_at:desc') return false;
  throw refusal(422, 'not_in_list', 'sort_by must be updated_at:asc or updated_at:desc', {
    parameter: 'sort_by',
  });
}

function wholeNumber(
  query: URLSearchParams,
  name: string,
  { standard, most }: { readonly standard: number; readonly most: number },
): number {
  const text = query.get(name);
  if (text === null) return standard;
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw refusal(422, 'invalid', `${name} must be between 1 and ${most}`, { parameter: name });
}
