import { CreateIntent, PartnerIntent, PartnerPayments } from '@qonto-pay/shared';
import { z } from 'zod';
import type { Operation } from './operation.js';

const idempotent = z.object({ 'Idempotency-Key': z.string().min(1).max(255) });

/** What the partner's own server calls. */
export const PARTNER_OPERATIONS: readonly Operation[] = [
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
    path: '/partner/v1/payments/{payment}/proof',
    summary: "The bank's proof of a settled transfer; of several, an archive",
    auth: 'partner',
    answer: 200,
    schema: ['application/pdf', 'application/zip'],
  },
  {
    method: 'get',
    path: '/partner/v1/payments/{payment}/results.csv',
    summary: 'What became of each row',
    auth: 'partner',
    answer: 200,
    schema: ['text/csv'],
  },
];
