import { SWITCHES } from '../switches.js';
import { challenge, errors, oauthError, sessionOver, tooMany, validation } from './envelopes.js';
import type { Operation, Parameter } from './operation.js';
import { OPERATIONS } from './operations.js';
import { type Schema, text } from './schema.js';

/** The bank's contract, written down from the facts and not from the handlers. */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'The sandbox bank',
    version: '2',
    description:
      "The payments side of Qonto's Business API, as the sandbox plays it. `x-facts` names the section of the contract that an address stands on; `x-switches` what an integrator may choose where the contract is not known.",
  },
  servers: [{ url: '/' }],
  paths: pathsOf(OPERATIONS),
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer' },
    },
    schemas: { Errors: errors, Validation: validation, Challenge: challenge },
  },
  'x-switches': SWITCHES,
};

function pathsOf(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const methods = paths[operation.path] ?? {};
    methods[operation.method] = operationObject(operation);
    paths[operation.path] = methods;
  }
  return paths;
}

function operationObject(operation: Operation) {
  const { summary, facts, scope } = operation;
  return {
    summary,
    'x-facts': facts,
    ...(scope ? { 'x-scope': scope } : {}),
    security: scope === null || operation.family ? [] : [{ bearer: [] }],
    parameters: parametersOf(operation),
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: { [operation.bodyType ?? 'application/json']: { schema: operation.body } },
          },
        }
      : {}),
    responses: responsesOf(operation),
  };
}

function parametersOf(operation: Operation) {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, schema: text },
  }));
  const inQuery = (operation.query ?? []).map(({ name, schema, isRequired }: Parameter) => ({
    ...{ name, in: 'query', required: isRequired ?? false, schema },
  }));
  const header = (name: string, required: boolean, schema: Schema = text) => ({
    ...{ name, in: 'header', required, schema },
  });
  const inHeaders = [
    ...(operation.isKeyed ? [header('X-Qonto-Idempotency-Key', true)] : []),
    ...(operation.isSensitive
      ? [
          header('X-Qonto-2fa-Preference', false, { enum: ['paired-device', 'passkey', 'mock'] }),
          header('X-Qonto-Sca-Session-Token', false),
        ]
      : []),
    ...(operation.family === 'browser' ? [] : [header('X-Qonto-Staging-Token', false)]),
  ];
  return [...inPath, ...inQuery, ...inHeaders];
}

function responsesOf(operation: Operation): Record<string, unknown> {
  if (operation.family === 'browser') return pagesOf(operation);
  const responses: Record<string, unknown> = {};
  for (const [status, schema] of Object.entries(refusalsOf(operation))) {
    responses[status] = json('Refused', schema);
  }
  for (const [status, schema] of Object.entries(operation.answers)) {
    const type = Number(status) < 300 ? operation.answerType : undefined;
    responses[status] = schema === null ? { description: 'Done' } : json('Done', schema, type);
  }
  return withStagingGate(responses);
}

/** A person is told in a page, or sent on. */
function pagesOf({ answers }: Operation): Record<string, unknown> {
  const page = { 'text/html': { schema: text }, 'application/json': { schema: errors } };
  const statuses = [...Object.keys(answers), '400', '404', '429'];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      Number(status) < 400
        ? { description: 'Sent on' }
        : { description: 'Refused, in a page', content: page },
    ]),
  );
}

/** What a call may meet before it reaches its handler, and what its kind may meet there. */
function refusalsOf(operation: Operation): Record<number, Schema> {
  if (operation.family === 'oauth') {
    return { 400: oauthError, 401: oauthError, 413: errors, 429: errors };
  }
  const { scope, body, isKeyed, isSensitive } = operation;
  const usual = [
    // An address or a body that cannot be read, whether one was asked for or not (facts 5.1).
    ...[400, 413, 415],
    ...(scope === null ? [] : [401, 403]),
    ...(body || isKeyed ? [422] : []),
    ...(operation.query ? [422] : []),
    ...(operation.path.includes('{') ? [404] : []),
    ...(operation.refusals ?? []),
  ];
  return {
    ...Object.fromEntries(usual.map((status) => [status, errors])),
    429: isKeyed ? tooMany : errors,
    ...(isKeyed ? { 409: tooMany } : {}),
    ...(isSensitive ? { 412: sessionOver, 422: validation, 428: challenge } : {}),
  };
}

/** Without the staging token the single sign-on answers: HTML with 200, or a redirect (facts 1). */
function withStagingGate(responses: Record<string, unknown>): Record<string, unknown> {
  const done = responses['200'] as { content?: Record<string, unknown> } | undefined;
  return {
    ...responses,
    '200': {
      description: done ? 'Done; or the staging gate' : 'The staging gate',
      content: { ...done?.content, 'text/html': { schema: text } },
    },
    '302': { description: 'The staging gate' },
  };
}

function json(description: string, schema: Schema, type = 'application/json') {
  return { description, content: { [type]: { schema } } };
}
