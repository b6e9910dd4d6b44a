/** A JSON Schema, as far as an OpenAPI 3.1 document holds one. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const whole: Schema = { type: 'integer' };
/** SEPA objects carry JSON numbers beside their cents (facts 5.5). */
export const number: Schema = { type: 'number' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const day: Schema = { type: 'string', format: 'date' };
export const iban: Schema = { type: 'string', pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$' };
/** An amount in a request (facts 5.5). */
export const decimal: Schema = { type: 'string', pattern: '^\\d+(\\.\\d{1,2})?$' };
/** An amount in the answers that have one as a string: always two decimals. */
export const twoDecimals: Schema = { type: 'string', pattern: '^-?\\d+\\.\\d{2}$' };

export function oneOf(...values: readonly (string | null)[]): Schema {
  return { enum: values };
}

export function constant(value: string): Schema {
  return { const: value };
}

export function nullable(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function either(...schemas: readonly Schema[]): Schema {
  return { anyOf: schemas };
}

export function listOf(items: Schema, limits: Schema = {}): Schema {
  return { type: 'array', items, ...limits };
}

export function textOf(least: number, most: number): Schema {
  return { type: 'string', minLength: least, maxLength: most };
}

type Properties = Readonly<Record<string, Schema>>;

/** What the bank answers: nothing that is not named. A name with `?` at its end may be missing. */
export function answered(properties: Properties): Schema {
  return { ...objectOf(properties), additionalProperties: false };
}

/** What a program sends: other fields do no harm. */
export function sent(properties: Properties): Schema {
  return objectOf(properties);
}

function objectOf(properties: Properties): Schema {
  const fields = Object.entries(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, schema]) => [nameOf(name), schema])),
    required: fields.map(([name]) => name).filter((name) => !name.endsWith('?')),
  };
}

function nameOf(field: string): string {
  return field.replace(/\?$/, '');
}

/** The `meta` of every list (facts 5.3). */
export const meta = answered({
  current_page: whole,
  next_page: nullable(whole),
  prev_page: nullable(whole),
  total_pages: whole,
  total_count: whole,
  per_page: whole,
});

export function page(key: string, item: Schema): Schema {
  return answered({ [key]: listOf(item), meta });
}

/** `{value: "13.30", currency: "EUR"}` (facts 5.5). */
export const money = answered({
  value: twoDecimals,
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
});
