import { FlowAnswer, Snapshot, Snapshots } from '@qonto-pay/shared';
import { z } from 'zod';
import type { Operation } from './operation.js';

/** What anybody may call: pages, probes, and the bank with its events. */
export const PUBLIC_OPERATIONS: readonly Operation[] = [
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
    path: '/webhooks/qonto/{token}',
    summary: 'The bank tells that something has changed',
    headers: z.object({ 'X-Qonto-Signature': z.string() }),
    body: z.looseObject({ id: z.string(), type: z.string() }),
    answer: 204,
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
    schema: ['text/event-stream'],
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
];
