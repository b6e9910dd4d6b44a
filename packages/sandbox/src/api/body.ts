import type { z } from 'zod';
import type { ApiCall } from './endpoint.js';
import { Refusal, refusal } from './refusal.js';

/** The call's JSON body as the schema describes it; refused with a pointer to each fault otherwise. */
export function parseBody<Shape>(call: ApiCall, schema: z.ZodType<Shape>): Shape {
  const result = schema.safeParse(jsonOf(call.bytes), { reportInput: true });
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => {
    const pointer = `/${issue.path.map(String).join('/')}`;
    return { ...faultOf(issue), source: { pointer } };
  });
  throw new Refusal(call.bank.switches.get('validation_status'), { errors });
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refusal(400, 'invalid_body', 'The request body is not valid JSON');
  }
}

function faultOf(issue: z.core.$ZodIssue): { code: string; detail: string } {
  const name = String(issue.path.at(-1) ?? 'body');
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { code: 'missing', detail: `${name} is missing` };
  }
  if (issue.code === 'invalid_type') {
    return { code: `not_a_${issue.expected}`, detail: `${name} must be a ${issue.expected}` };
  }
  const code = issue.code === 'custom' ? String(issue.params?.code ?? 'invalid') : 'invalid';
  return { code, detail: `${name} ${issue.message}` };
}
