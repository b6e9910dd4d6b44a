import { PROBLEMS, type Problem } from '@qonto-pay/shared';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Operation {
  responses: Record<string, { content?: Record<string, unknown> }>;
}

export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

/** Pages for people, and their files: no program reads what they say. */
const NOT_FOR_PROGRAMS = /^\/(?:pay\/(?!api\/)|oauth\/|widget\/)|^\/openapi\.json$/;

interface Compiled {
  ajv: Ajv2020;
  validators: Map<string, ValidateFunction>;
}

/** Documents that differ by nothing but the server's address share what was compiled. */
const compiledByDocument = new Map<string, Compiled>();

/** The service's answers against its own OpenAPI document. */
export class Contract {
  /** `GET /v1/intents/{intent} 200`: every answer that was seen and is as documented. */
  readonly seen = new Set<string>();
  readonly #document: OpenApiDocument;
  readonly #ajv: Ajv2020;
  readonly #routes: { template: string; pattern: RegExp }[];
  readonly #validators: Map<string, ValidateFunction>;

  constructor(document: OpenApiDocument) {
    this.#document = document;
    const { ajv, validators } = compiled(document);
    this.#ajv = ajv;
    this.#validators = validators;
    this.#routes = Object.keys(document.paths).map((template) => ({
      template,
      pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`),
    }));
  }

  /** @throws Error when the answer is not one that the document promises. */
  async check(request: { method: string; path: string }, answer: Response): Promise<void> {
    const { method, path } = request;
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (method === 'OPTIONS' || NOT_FOR_PROGRAMS.test(path) || answer.status === 303) return;
    const isProblem = type === 'application/problem+json';
    const problem = isProblem ? ((await answer.clone().json()) as Problem) : undefined;
    if (problem) assertProblem(problem, answer);
    const template = this.#routes.find(({ pattern }) => pattern.test(path))?.template ?? '';
    const operation = this.#document.paths[template]?.[method.toLowerCase()];
    if (!operation) {
      if (problem?.code === 'not-found' || problem?.code === 'not-same-origin') return;
      throw new Error(`${method} ${path} (${answer.status}) is not in the document`);
    }
    const status = operation.responses[answer.status] ? String(answer.status) : 'default';
    const { content } = operation.responses[status] ?? {};
    const where = `${method} ${template} ${answer.status}`;
    if (content ? !content[type] : type !== '') {
      throw new Error(`${where} answers ${type || 'nothing'}, which is not documented`);
    }
    if (content && type.endsWith('json')) {
      const validate = this.#validator(template, method, status, type);
      if (!validate(await answer.clone().json())) {
        throw new Error(`${where}: ${this.#ajv.errorsText(validate.errors)}`);
      }
    }
    this.seen.add(where);
  }

  #validator(template: string, method: string, status: string, type: string): ValidateFunction {
    const pointer = ['paths', template, method.toLowerCase(), 'responses', status, 'content', type]
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = this.#validators.get(pointer);
    const validate = known ?? this.#ajv.compile({ $ref: `api#/${pointer}/schema` });
    this.#validators.set(pointer, validate);
    return validate;
  }
}

function compiled(document: OpenApiDocument): Compiled {
  const key = JSON.stringify({ ...document, servers: [] });
  const known = compiledByDocument.get(key);
  if (known) return known;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'api', undefined, false);
  const fresh = { ajv, validators: new Map<string, ValidateFunction>() };
  compiledByDocument.set(key, fresh);
  return fresh;
}

/** RFC 9457, and the one table of codes. */
function assertProblem(problem: Problem, answer: Response): void {
  const [status, title] = PROBLEMS[problem.code];
  if (answer.status !== status || problem.status !== status || problem.title !== title) {
    throw new Error(`${problem.code} answered as ${answer.status} ${problem.title}`);
  }
}
