/* eslint max-lines: off -- A table, as long as the service has routes for programs. */
import {
  ApprovalForm,
  BankTransfers,
  CancelForm,
  ConfirmForm,
  CreateIntent,
  FlowAnswer,
  FlowState,
  PartnerIntent,
  PartnerPayments,
  PayState,
  RequestDecisionForm,
  RequestForm,
  ReviewForm,
  Snapshot,
  Snapshots,
} from '@qonto-pay/shared';
import { z } from 'zod';
import { DocumentForm } from './document-routes.js';
import { SignOutForm } from './pay-routes.js';

/** One operation of the document. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  summary: string;
  auth?: 'partner' | 'payer';
  body?: z.ZodType;
  form?: z.ZodType;
  /** A form with a file in it. */
  multipart?: z.ZodType;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  answer: number;
  /** JSON of this schema, or another type: a stream, a file. */
  schema?: z.ZodType | readonly MediaType[];
}

type MediaType = 'text/event-stream' | 'text/csv' | 'application/pdf' | 'application/zip';

const idempotent = z.object({ 'Idempotency-Key': z.string().min(1).max(255) });

/** Every route with an answer that a program reads. */
export const OPERATIONS: readonly Operation[] = [
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
    method: 'post',
    path: '/webhooks/qonto/{token}',
    summary: 'The bank tells that something has changed',
    headers: z.object({ 'X-Qonto-Signature': z.string() }),
    body: z.looseObject({ id: z.string(), type: z.string() }),
    answer: 204,
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
    schema: ['text/event-stream'],
  },
  {
    method: 'get',
    path: '/pay/api/intents/{intent}/bank-transfer',
    summary: 'What it takes to pay from any bank, of the rows that are free to be paid',
    answer: 200,
    schema: BankTransfers,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/review',
    summary: 'Choose rows, account and day, and have the payees checked',
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
    summary: 'Stop a payment that waits for its approval, or withdraw scheduled rows',
    auth: 'payer',
    form: CancelForm,
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
    path: '/pay/api/intents/{intent}/request',
    summary: 'Prepare the payment and ask a colleague to approve it',
    auth: 'payer',
    form: RequestForm,
    answer: 202,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/request/approve',
    summary: 'Approve what a colleague has prepared',
    auth: 'payer',
    form: RequestDecisionForm,
    answer: 202,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/request/decline',
    summary: 'Decline what a colleague has prepared',
    auth: 'payer',
    form: RequestDecisionForm,
    answer: 200,
    schema: PayState,
  },
  {
    method: 'post',
    path: '/pay/api/intents/{intent}/documents',
    summary: 'Add a document to a row above 30,000 EUR',
    auth: 'payer',
    multipart: DocumentForm.extend({ file: z.string().meta({ format: 'binary' }) }),
    answer: 200,
    schema: PayState,
  },
  {
    method: 'get',
    path: '/pay/api/intents/{intent}/proof',
    summary: "The bank's proof of one settled row",
    auth: 'payer',
    query: z.object({ item: z.string() }),
    answer: 200,
    schema: ['application/pdf'],
  },
  {
    method: 'get',
    path: '/pay/api/intents/{intent}/proofs.zip',
    summary: "The bank's proofs of all settled rows",
    auth: 'payer',
    answer: 200,
    schema: ['application/zip'],
  },
  {
    method: 'get',
    path: '/pay/api/intents/{intent}/results.csv',
    summary: 'What became of each row',
    auth: 'payer',
    answer: 200,
    schema: ['text/csv'],
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
