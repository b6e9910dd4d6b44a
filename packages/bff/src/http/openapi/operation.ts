import type { z } from 'zod';

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
