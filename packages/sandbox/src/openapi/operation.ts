import type { Schema } from './schema.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Parameter {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired?: boolean;
}

/** One address of the bank, as the facts describe it. */
export interface Operation {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  /** The sections of the facts that it stands on. */
  readonly facts: string;
  /** Null: without a token. Undefined: with any token. */
  readonly scope?: string | null;
  readonly isKeyed?: boolean;
  /** Asks for an approval, at least sometimes. */
  readonly isSensitive?: boolean;
  readonly query?: readonly Parameter[];
  readonly body?: Schema;
  /** `application/json` unless said otherwise. */
  readonly bodyType?: string;
  /** Null: an answer without a body. */
  readonly answers: Readonly<Record<number, Schema | null>>;
  /** Another type than JSON, for every answer below 300. */
  readonly answerType?: string;
  /** Refusals in the usual envelope, beside those that every call may meet. */
  readonly refusals?: readonly number[];
  /** Not for programs, or the OAuth server's own: its refusals have another shape. */
  readonly family?: 'oauth' | 'browser';
}

export const paging: readonly Parameter[] = [
  { name: 'page', schema: { type: 'integer', minimum: 1 } },
  { name: 'per_page', schema: { type: 'integer', minimum: 1, maximum: 100 } },
];

export function filters(schemas: Readonly<Record<string, Schema>>): readonly Parameter[] {
  return Object.entries(schemas).map(([name, schema]) => ({ name, schema }));
}
