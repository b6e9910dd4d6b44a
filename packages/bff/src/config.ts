import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseAmount } from '@qonto-pay/shared';
import { z } from 'zod';
import { parseKeyRing, type VaultKey } from './auth/token-vault.js';
import { isWebUrl } from './payments/intent-rules.js';
import type { Partner } from './payments/partner.js';

/** A setting that is missing or wrong: names the variable and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const webUrl = (what: string) =>
  z.string().refine((text) => URL.canParse(text) && isWebUrl(new URL(text)), {
    error: `${what}: https, or http on localhost or *.localhost`,
  });

const origin = webUrl('an origin').refine(
  (text) => URL.canParse(text) && new URL(text).origin === text,
  { error: 'an origin without path, such as https://app.partner.com' },
);

const PartnerEntry = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,32}$/, { error: '1 to 32 of a-z, 0-9 and -' }),
    name: z.string().min(1),
    origins: z.array(origin).min(1),
    returnPrefixes: z.array(webUrl('a URL prefix')).min(1),
    attachmentHosts: z.array(origin).default([]),
    maxTotal: z
      .string()
      .refine((text) => parseAmount(text) !== undefined, {
        error: 'an amount such as "250000.00"',
      })
      .optional(),
    bankTransfer: z.enum(['anyone', 'signed-in']).default('anyone'),
    secretHashes: z
      .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: 'sha256:<64 hex digits>' }))
      .min(1)
      .max(2),
    qonto: z.strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1) }),
    paused: z.boolean().default(false),
  })
  .transform(({ maxTotal, ...entry }) => ({
    ...entry,
    maxTotalCents: maxTotal === undefined ? undefined : parseAmount(maxTotal),
  }));

/** A partner with the settings of the edges: who may call for it, from where, and as which client. */
export type PartnerSettings = z.infer<typeof PartnerEntry> & Partner;

const PartnersFile = z.strictObject({ partners: z.array(PartnerEntry).min(1) });

const url = (what: string) => webUrl(what).transform((text) => text.replace(/\/+$/, ''));

const Environment = z.object({
  NODE_ENV: z.string().optional(),
  PUBLIC_URL: url('the address that browsers use').refine((text) => new URL(text).origin === text, {
    error: 'an origin without path, such as https://pay.example.com',
  }),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  HOST: z.string().optional(),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATA_DIR: z.string().default('.data'),
  QONTO_API_URL: url("the base of Qonto's API").default('https://thirdparty.qonto.com'),
  QONTO_OAUTH_URL: url("the base of Qonto's OAuth server").default(
    'https://oauth.qonto.com/oauth2',
  ),
  QONTO_STAGING_TOKEN: z.string().min(1).optional(),
  QONTO_SCA: z.enum(['paired-device', 'passkey', 'mock']).default('paired-device'),
  QONTO_WEBHOOKS: z.enum(['on', 'off']).optional(),
  TOKEN_KEYS: z.string().optional(),
  PARTNERS_FILE: z.string({ error: 'the path of the partners file' }),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  MAX_APPROVALS_PER_MEMBER: z.coerce.number().int().min(1).default(3),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  publicUrl: string;
  host: string;
  port: number;
  /** `undefined`: the embedded PostgreSQL below `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  qonto: {
    apiUrl: string;
    oauthUrl: string;
    stagingToken: string | undefined;
    sca: 'paired-device' | 'passkey' | 'mock';
    /** Whether the bank is asked to tell us what has changed; else we only ask. */
    webhooks: boolean;
  };
  /** `undefined`: keys of this data directory's own, for development. */
  tokenKeys: VaultKey[] | undefined;
  partners: PartnerSettings[];
  trustProxy: number;
  maxApprovalsPerMember: number;
  logLevel: string;
}

/** Reads the environment once. @throws ConfigError with every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) throw new ConfigError(explain(read.error));
  const settings = read.data;
  assertSafe(settings);
  return {
    publicUrl: settings.PUBLIC_URL,
    host: settings.HOST ?? (isLocal(settings.PUBLIC_URL) ? '127.0.0.1' : '0.0.0.0'),
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL,
    dataDir: settings.DATA_DIR,
    qonto: {
      apiUrl: settings.QONTO_API_URL,
      oauthUrl: settings.QONTO_OAUTH_URL,
      stagingToken: settings.QONTO_STAGING_TOKEN,
      sca: settings.QONTO_SCA,
      webhooks: wantsWebhooks(settings),
    },
    tokenKeys: settings.TOKEN_KEYS === undefined ? undefined : readKeys(settings.TOKEN_KEYS),
    partners: readPartners(settings.PARTNERS_FILE),
    trustProxy: settings.TRUST_PROXY,
    maxApprovalsPerMember: settings.MAX_APPROVALS_PER_MEMBER,
    logLevel: settings.LOG_LEVEL,
  };
}

/** The bank calls public https addresses only; its sandbox this machine too, when asked to. */
function wantsWebhooks({ QONTO_WEBHOOKS, PUBLIC_URL }: z.infer<typeof Environment>): boolean {
  return QONTO_WEBHOOKS === undefined ? PUBLIC_URL.startsWith('https:') : QONTO_WEBHOOKS === 'on';
}

/** A missing variable must never look like an empty ledger, nor a test setting like a real one. */
function assertSafe(settings: z.infer<typeof Environment>): void {
  if (settings.NODE_ENV !== 'production' && isLocal(settings.PUBLIC_URL)) return;
  if (!settings.DATABASE_URL) {
    throw new ConfigError(
      'DATABASE_URL: a PostgreSQL URL is expected in production and wherever PUBLIC_URL is public',
    );
  }
  if (!settings.TOKEN_KEYS) {
    throw new ConfigError('TOKEN_KEYS: k1:<base64 of 32 random bytes> is expected in production');
  }
  if (settings.QONTO_SCA === 'mock' && !settings.QONTO_STAGING_TOKEN) {
    throw new ConfigError('QONTO_SCA: mock is for the Qonto sandbox only');
  }
}

function readKeys(text: string): VaultKey[] {
  try {
    return parseKeyRing(text);
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : 'TOKEN_KEYS');
  }
}

function readPartners(path: string): PartnerSettings[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`PARTNERS_FILE: ${path} cannot be read as JSON`, { cause: error });
  }
  const read = PartnersFile.safeParse(json);
  if (!read.success) throw new ConfigError(`PARTNERS_FILE: ${explain(read.error)}`);
  const { partners } = read.data;
  if (new Set(partners.map(({ id }) => id)).size !== partners.length) {
    throw new ConfigError('PARTNERS_FILE: two partners have the same id');
  }
  const hashes = partners.flatMap(({ secretHashes }) => secretHashes);
  if (new Set(hashes).size !== hashes.length) {
    throw new ConfigError('PARTNERS_FILE: a secret is there twice');
  }
  return partners;
}

const explain = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

const isLocal = (text: string): boolean => /(^|\.)localhost$/.test(new URL(text).hostname);

/** The partner whose API secret this is; every hash is compared, in the same time. */
export function partnerBySecret(
  partners: readonly PartnerSettings[],
  secret: string,
): PartnerSettings | undefined {
  const hash = Buffer.from(`sha256:${createHash('sha256').update(secret).digest('hex')}`);
  return partners.filter(({ secretHashes }) =>
    secretHashes.some((known) => timingSafeEqual(Buffer.from(known), hash)),
  )[0];
}
