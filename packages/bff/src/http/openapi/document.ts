import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { PROBLEMS, type ProblemCode } from '@qonto-pay/shared';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Operation } from './operation.js';
import { PARTNER_OPERATIONS } from './partner-operations.js';
import { PAY_OPERATIONS } from './pay-operations.js';
import { PUBLIC_OPERATIONS } from './public-operations.js';

/** Every route with an answer that a program reads. */
export const OPERATIONS = [...PARTNER_OPERATIONS, ...PUBLIC_OPERATIONS, ...PAY_OPERATIONS];

const codes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

const ProblemAnswer = z
  .strictObject({
    type: z.string(),
    code: z.enum(codes),
    status: z.int(),
    title: z.string(),
    detail: z.string().meta({ description: 'What to do.' }),
    requestId: z.string(),
    field: z.string().optional(),
    bankTraceId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

/** The OpenAPI document, from the same schemas that read the requests. */
export function openapiDocument(publicUrl: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'partner', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'payer', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-Http-qpay_sid_<partner>',
  });
  for (const operation of OPERATIONS) register(registry, operation);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Qonto Pay', version: '1' },
    servers: [{ url: publicUrl }],
  });
}

function register(registry: OpenAPIRegistry, operation: Operation): void {
  const { method, path, summary, auth, query, headers, answer, schema } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, z.string()]);
  registry.registerPath({
    method,
    path,
    summary,
    ...(auth ? { security: [{ [auth]: [] }] } : {}),
    request: {
      ...(names.length > 0 ? { params: z.object(Object.fromEntries(names)) } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...bodyContent(operation),
    },
    responses: {
      [answer]: { description: summary, ...answerContent(schema) },
      default: {
        description: 'A problem (RFC 9457)',
        ...content('application/problem+json', ProblemAnswer),
      },
    },
  });
}

const content = (type: string, schema: z.ZodType) => ({ content: { [type]: { schema } } });

function bodyContent({ body, form, multipart }: Operation) {
  if (body) return { body: content('application/json', body) };
  if (form) return { body: content('application/x-www-form-urlencoded', form) };
  return multipart ? { body: content('multipart/form-data', multipart) } : {};
}

function answerContent(schema: Operation['schema']) {
  if (schema === undefined) return {};
  if (schema instanceof z.ZodType) return content('application/json', schema);
  return { content: Object.fromEntries(schema.map((type) => [type, { schema: z.string() }])) };
}

export function openapiRoute(publicUrl: string): RequestHandler {
  const document = JSON.stringify(openapiDocument(publicUrl));
  return (_req, res) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.type('application/json').send(document);
  };
}
