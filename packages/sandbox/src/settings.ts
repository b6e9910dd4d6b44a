import { z } from 'zod';
import { type SandboxOptions, STANDARD_REDIRECT_URI } from './sandbox.js';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number, 0 to 65535');

const onOff = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');

const Environment = z.object({
  PORT: port.optional(),
  SANDBOX_PORT: port.optional(),
  SANDBOX_REDIRECT_URIS: z
    .string()
    .transform((text) => text.split(' ').filter((uri) => uri !== ''))
    .pipe(z.array(z.url('must be URLs, separated by spaces')).min(1, 'must name at least one URL'))
    .optional(),
  SANDBOX_STATE: z.string().optional(),
  SANDBOX_CONTROL: onOff.optional(),
  SANDBOX_STAGING_TOKEN: z.string().optional(),
  SANDBOX_RATE_LIMITS: onOff.optional(),
});

/** The sandbox's settings from its environment; throws an error that names the wrong variable. */
export function settingsFrom(environment: NodeJS.ProcessEnv): SandboxOptions {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const result = Environment.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `${issue.path[0]?.toString()} ${issue.message}`,
    );
    throw new Error(faults.join('\n'));
  }
  const { data } = result;
  return {
    port: data.PORT ?? data.SANDBOX_PORT ?? 4200,
    redirectUris: data.SANDBOX_REDIRECT_URIS ?? [STANDARD_REDIRECT_URI],
    stateFile: data.SANDBOX_STATE,
    control: data.SANDBOX_CONTROL ?? false,
    stagingToken: data.SANDBOX_STAGING_TOKEN,
    rateLimits: data.SANDBOX_RATE_LIMITS ?? true,
  };
}
