import { z } from 'zod';
import type { Fault, Trouble } from '../faults.js';
import { WEBHOOK_TROUBLES } from '../webhooks/subscription.js';

const whole = z.number().int().nonnegative();

const Do = z.union(
  [
    z.strictObject({ status: z.number().int().min(200).max(599), body: z.unknown().optional() }),
    z.strictObject({ delayMs: whole }),
    z.strictObject({ resetBefore: z.literal(true) }),
    z.strictObject({ resetAfterCommit: z.literal(true) }),
    z.strictObject({ truncateBytes: whole }),
    z.strictObject({ html: z.literal(true) }),
    z.strictObject({ rateLimit: z.strictObject({ retryAfter: whole.optional() }) }),
    z.strictObject({ webhook: z.enum(WEBHOOK_TROUBLES) }),
  ],
  'must have exactly one of status (with body), delayMs, resetBefore, resetAfterCommit, truncateBytes, html, rateLimit, webhook',
);

const FaultBody = z.strictObject({
  match: z.strictObject({
    method: z.string().optional(),
    path: z.string().optional(),
    nth: whole.min(1).default(1),
    times: whole.min(1).default(1),
  }),
  do: Do,
});

export const FaultsBody = z.union([z.array(FaultBody), FaultBody.transform((fault) => [fault])], {
  error: (issue) => (issue.code === 'invalid_union' ? 'must be a list of {match, do}' : undefined),
});

export function faultsOf(body: z.output<typeof FaultBody>[]): Fault[] {
  return body.map(({ match, do: what }) => ({
    method: match.method,
    path: match.path,
    nth: match.nth,
    times: match.times,
    trouble: troubleOf(what),
  }));
}

function troubleOf(what: z.output<typeof Do>): Trouble {
  if ('status' in what) return { kind: 'status', status: what.status, body: what.body };
  if ('delayMs' in what) return { kind: 'delay', delayMs: what.delayMs };
  if ('resetBefore' in what) return { kind: 'reset-before' };
  if ('resetAfterCommit' in what) return { kind: 'reset-after-commit' };
  if ('truncateBytes' in what) return { kind: 'truncate', bytes: what.truncateBytes };
  if ('html' in what) return { kind: 'html' };
  if ('webhook' in what) return { kind: 'webhook', webhook: what.webhook };
  return { kind: 'rate-limit', retryAfter: what.rateLimit.retryAfter };
}
