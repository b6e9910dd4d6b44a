import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import {
  ApprovalForm,
  ConfirmForm,
  CreateIntent,
  FlowAnswer,
  FlowState,
  PageForm,
  PartnerIntent,
  PartnerPayments,
  PayState,
  PROBLEMS,
  type ProblemCode,
  ReviewForm,
  Snapshot,
  Snapshots,
} from '@qonto-pay/shared';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { SignOutForm } from './pay-routes.js';

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

type Method = 'get' | 'post' | 'put' | 'delete';

interface Route {
  method: Method;
  path: string;
  summary: string;
  auth?: 'partner' | 'payer';
  body?: z.ZodType;
  form?: z.ZodType;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  answer: number;
  schema?: z.ZodType | 'stream';
}

const idempotent = z.object({ 'Idempotency-Key': z.string().min(1).max(255) });

/** Every route with an answer that a program reads. */
const ROUTES: Route[] = [
  {
    method: 'get',
    path: '/healthz',
    summary: 'The process lives',
    answer: 200,
    schema: z.object({ status: z.string() }),
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'The database answers',
    answer: 200,
    schema: z.object({ status: z.string() }),
  },
  {
    method: 'post',
    path: '/partner/v1/intents',
    summary: 'Say what is to be paid',
    auth: 'partner',
    headers: idempotent,
    body: CreateIntent,
    answer: 201,
    schema: PartnerIntent,
  },
  {
    method: 'get',
    path: '/partner/v1/intents/{intent}',
    summary: 'Read an intent',
    auth: 'partner',
    answer: 200,
    schema: PartnerIntent,
  },
  {
    method: 'delete',
    path: '/partner/v1/intents/{intent}',
    summary: 'Withdraw an intent',
    auth: 'partner',
    answer: 200,
    schema: PartnerIntent,
  },
  {
    method: 'get',
    path: '/partner/v1/payments',
    summary: 'The payments of an invoice, newest first',
    auth: 'partner',
    query: z.object({ externalRef: z.string() }),
    answer: 200,
    schema: PartnerPayments,
  },
  {
    method: 'get',
    path: '/v1/intents',
    summary: 'Public snapshots of several intents',
    query: z.object({ ids: z.string() }),
    answer: 200,
    schema: Snapshots,
  },
  {
    method: 'get',
    path: '/v1/intents/{intent}',
    summary: 'The public snapshot',
    answer: 200,
    schema: Snapshot,
  },
  {
    method: 'get',
    path: '/v1/intents/{intent}/events',
    summary: 'Snapshots as they are published (server-sent events)',
    answer: 200,
    schema: 'stream',
  },
  {
    method: 'put',
    path: '/v1/flows/{flow}',
    summary: 'Say which intent a window is for, once',
    body: FlowAnswer,
    answer: 204,
  },
  {
    method: 'post',
    path: '/v1/intents/{intent}/hint',
    summary: 'The payer is back: look at the approval soon',
    answer: 204,
  },
  {
    method: 'get',
    path: '/pay/api/flows/{flow}',
    summary: 'Where the opening page goes',
    answer: 200,
    schema: FlowState,
  },
  {
    method: 'get',
    path: '/pay/api/intents/{intent}',
    summary: 'All that the pay page shows',
    auth: 'payer',
    answer: 200,
    schema: PayState,
  },
  {
    method: 'get',
    path: '/pay/api/intents/{intent}/events',
    summary: 'The state, whenever it changes (server-sent events)',
    auth: 'payer',
    answer: 200,
    schema: 'stream',
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/review',
    summary: 'Choose another account',
    auth: 'payer',
    form: ReviewForm,
    answer: 200,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/confirm',
    summary: 'Pay',
    auth: 'payer',
    form: ConfirmForm,
    answer: 202,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/cancel',
    summary: 'Stop a payment that waits for its approval',
    auth: 'payer',
    form: PageForm,
    answer: 200,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/approval',
    summary: 'Ask for the approval anew, or by another method',
    auth: 'payer',
    form: ApprovalForm,
    answer: 202,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/sign-out',
    summary: 'Not you?',
    auth: 'payer',
    form: SignOutForm,
    answer: 200,
    schema: PayState,
  },
];

/** The OpenAPI document, from the same schemas that read the requests. */
export function openapiDocument(publicUrl: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'partner', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'payer', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-Http-qpay_sid_<partner>',
  });
  for (const route of ROUTES) register(registry, route);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Qonto Pay', version: '1' },
    servers: [{ url: publicUrl }],
  });
}

function register(registry: OpenAPIRegistry, route: Route): void {
  const { method, path, summary, auth, body, form, query, headers, answer, schema } = route;
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
      ...(body ? { body: content('application/json', body) } : {}),
      ...(form ? { body: content('application/x-www-form-urlencoded', form) } : {}),
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

function answerContent(schema: Route['schema']) {
  if (schema === undefined) return {};
  return schema === 'stream'
    ? content('text/event-stream', z.string())
    : content('application/json', schema);
}

export function openapiRoute(publicUrl: string): RequestHandler {
  const document = JSON.stringify(openapiDocument(publicUrl));
  return (_req, res) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.type('application/json').send(document);
  };
}
