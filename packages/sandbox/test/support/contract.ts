import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../src/openapi/document.js';

const validator = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(validator);

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: unknown }>>;
}
type Operation = { readonly responses: Readonly<Record<string, Response>> };

const routes = Object.entries(openApiDocument.paths)
  .map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    methods: methods as Readonly<Record<string, Operation>>,
    unknowns: path.split('{').length,
  }))
  // A named segment goes before an open one, as in the bank's own routes.
  .sort((one, other) => one.unknowns - other.unknowns);

const checks = new Map<unknown, ValidateFunction>();

export interface SeenAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** What is wrong with an answer by the OpenAPI document, or undefined. */
export function faultOfAnswer(answer: SeenAnswer): string | undefined {
  // As it was sent: an URL would resolve the dots in it. A slash at the end is the SDK's way (facts 4.1).
  const pathname = (answer.path.split('?')[0] ?? '').replace(/\/$/, '');
  if (!/^\/(v2|oauth2)(\/|$)/.test(pathname)) return undefined;
  const type = answer.type?.split(';')[0]?.trim();
  // The gateway's own, of any address that the bank does not have (facts 1).
  if (answer.status === 404 && type === 'text/plain') return undefined;
  const operation = operationOf(answer.method, pathname);
  if (!operation) return isUnknownRoute(answer, type) ? undefined : told(answer, 'is no route');
  const response = operation.responses[answer.status];
  if (!response) return told(answer, 'has a status that the document does not know');
  if (!response.content) {
    const isRedirect = answer.status >= 300 && answer.status < 400;
    return answer.text === '' || isRedirect ? undefined : told(answer, 'has a body');
  }
  const media = response.content[type ?? ''];
  if (!media) return told(answer, `has the type ${type}`);
  return type === 'application/json' ? faultOfBody(answer, media.schema) : undefined;
}

function operationOf(method: string, pathname: string): Operation | undefined {
  const name = method.toLowerCase();
  return routes.find(({ pattern, methods }) => methods[name] && pattern.test(pathname))?.methods[
    name
  ];
}

/** The gate's HTML, a limit, or an address that cannot be read. */
function isUnknownRoute({ status }: SeenAnswer, type: string | undefined): boolean {
  if (status === 400 || status === 429) return type === 'application/json';
  return type === 'text/html' || status === 302;
}

function faultOfBody(answer: SeenAnswer, schema: unknown): string | undefined {
  const check = checks.get(schema) ?? validator.compile(schema as AnySchema);
  checks.set(schema, check);
  if (check(JSON.parse(answer.text))) return undefined;
  return told(answer, `does not fit: ${JSON.stringify(check.errors).slice(0, 1500)}`);
}

function told({ method, path, status, text }: SeenAnswer, what: string): string {
  return `By src/openapi the answer to ${method} ${path} ${what}.\n${status} ${text.slice(0, 1000)}`;
}
