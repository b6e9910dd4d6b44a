import { pino } from 'pino';
import type { Log, LogFields } from './payments/ports.js';

/**
 * Structured logs (JSON). Only the fields of `LogFields` pass; of an error its kind, its code and
 * where it was thrown, never its message, for a database or a bank may put a name into it (I-10).
 */
export function createLog(level: string): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (fields) => logger.info(allowed(fields)),
    warn: (fields) => logger.warn(allowed(fields)),
    error: (fields) => logger.error(allowed(fields)),
  };
}

const FIELDS = [
  'event',
  'paymentId',
  'intentId',
  'partnerId',
  'status',
  'cause',
  'ms',
  'requestId',
  'method',
  'route',
  'traceId',
  'code',
] as const satisfies (keyof LogFields)[];

function allowed(fields: LogFields): Record<string, unknown> {
  const kept = Object.fromEntries(
    FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
  return fields.error === undefined ? kept : { ...kept, error: described(fields.error) };
}

function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    kind: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    at: frames.slice(0, 5).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: described(error.cause) }),
  };
}
