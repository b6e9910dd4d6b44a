import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, partnerBySecret, readConfig } from '../src/config.js';

const hashOf = (secret: string) => `sha256:${createHash('sha256').update(secret).digest('hex')}`;
const PARTNER = {
  id: 'demo',
  name: 'Ledgerly',
  origins: ['http://localhost:4000'],
  returnPrefixes: ['http://localhost:4000/invoices/'],
  secretHashes: [hashOf('one'), hashOf('two')],
  qonto: { clientId: 'c', clientSecret: 's' },
};
const TOKEN_KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'qonto-pay-config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function partnersFile(content: unknown): string {
  const file = path.join(directory, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const local = (changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PUBLIC_URL: 'http://localhost:4100',
  PARTNERS_FILE: partnersFile({ partners: [PARTNER] }),
  ...changes,
});
const withPartner = (changes: object) =>
  local({ PARTNERS_FILE: partnersFile({ partners: [{ ...PARTNER, ...changes }] }) });
const open = (changes: NodeJS.ProcessEnv = {}) =>
  local({
    ...{ PUBLIC_URL: 'https://pay.example.com', DATABASE_URL: 'postgres://db/pay', TOKEN_KEYS },
    ...changes,
  });

function complaint(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'nothing is wrong';
}

describe('the settings', () => {
  it('want webhooks where the bank can reach us, or as is said', () => {
    const webhooks = (env: NodeJS.ProcessEnv) => readConfig(env).qonto.webhooks;
    expect([webhooks(local()), webhooks(open())]).toEqual([false, true]);
    expect(webhooks(local({ QONTO_WEBHOOKS: 'on' }))).toBe(true);
    expect(webhooks(open({ QONTO_WEBHOOKS: 'off' }))).toBe(false);
    expect(complaint(local({ QONTO_WEBHOOKS: 'yes' }))).toMatch('QONTO_WEBHOOKS');
  });

  it('need only an address and the partners on one’s own machine', () => {
    expect(readConfig(local())).toMatchObject({
      ...{ publicUrl: 'http://localhost:4100', host: '127.0.0.1', port: 4100, trustProxy: 0 },
      ...{ databaseUrl: undefined, tokenKeys: undefined, maxApprovalsPerMember: 3 },
      qonto: { apiUrl: 'https://thirdparty.qonto.com', sca: 'paired-device' },
      partners: [
        {
          ...{ id: 'demo', paused: false, attachmentHosts: [], maxTotalCents: undefined },
          bankTransfer: 'anyone',
        },
      ],
    });
  });

  it('of an open address name a database and keys', () => {
    expect(readConfig(open())).toMatchObject({
      ...{ host: '0.0.0.0', databaseUrl: 'postgres://db/pay', tokenKeys: [{ id: 'k1' }] },
    });
  });

  it('that are empty count as missing', () => {
    expect(readConfig(local({ PORT: '', DATABASE_URL: '' })).port).toBe(4100);
    expect(complaint(local({ PUBLIC_URL: '' }))).toContain('PUBLIC_URL');
  });

  it.each<[variable: string, env: () => NodeJS.ProcessEnv]>([
    ['PUBLIC_URL', () => local({ PUBLIC_URL: undefined })],
    ['PUBLIC_URL', () => local({ PUBLIC_URL: 'pay.example.com' })],
    ['PUBLIC_URL', () => local({ PUBLIC_URL: 'http://pay.example.com' })],
    ['PUBLIC_URL', () => local({ PUBLIC_URL: 'https://pay.example.com/below' })],
    ['PUBLIC_URL', () => local({ PUBLIC_URL: 'javascript:alert(1)' })],
    ['PORT', () => local({ PORT: 'http' })],
    ['PORT', () => local({ PORT: '65536' })],
    ['PORT', () => local({ PORT: '-1' })],
    ['PORT', () => local({ PORT: '80.5' })],
    ['DATABASE_URL', () => local({ DATABASE_URL: 'mysql://db' })],
    ['QONTO_API_URL', () => local({ QONTO_API_URL: 'http://thirdparty.qonto.com' })],
    ['QONTO_OAUTH_URL', () => local({ QONTO_OAUTH_URL: 'qonto' })],
    ['QONTO_SCA', () => local({ QONTO_SCA: 'sms' })],
    ['TOKEN_KEYS', () => local({ TOKEN_KEYS: 'k1' })],
    ['TOKEN_KEYS', () => local({ TOKEN_KEYS: `k1:${Buffer.alloc(16).toString('base64')}` })],
    ['PARTNERS_FILE', () => local({ PARTNERS_FILE: undefined })],
    ['PARTNERS_FILE', () => local({ PARTNERS_FILE: path.join(directory, 'none.json') })],
    ['PARTNERS_FILE', () => local({ PARTNERS_FILE: partnersFile('{') })],
    ['PARTNERS_FILE', () => local({ PARTNERS_FILE: partnersFile({ partners: [] }) })],
    [
      'PARTNERS_FILE',
      () => local({ PARTNERS_FILE: partnersFile({ partners: [PARTNER, PARTNER] }) }),
    ],
    ['PARTNERS_FILE', () => withPartner({ id: 'Demo' })],
    ['PARTNERS_FILE', () => withPartner({ origins: [] })],
    ['PARTNERS_FILE', () => withPartner({ origins: ['http://shop.example'] })],
    ['PARTNERS_FILE', () => withPartner({ origins: ['https://shop.example/path'] })],
    ['PARTNERS_FILE', () => withPartner({ origins: ['*'] })],
    ['PARTNERS_FILE', () => withPartner({ origins: ['null'] })],
    ['PARTNERS_FILE', () => withPartner({ returnPrefixes: ['javascript:x'] })],
    ['PARTNERS_FILE', () => withPartner({ attachmentHosts: ['http://files.example'] })],
    ['PARTNERS_FILE', () => withPartner({ attachmentHosts: ['https://files.example/path'] })],
    ['PARTNERS_FILE', () => withPartner({ attachmentHosts: ['*'] })],
    ['PARTNERS_FILE', () => withPartner({ bankTransfer: 'nobody' })],
    ['PARTNERS_FILE', () => withPartner({ maxTotal: 250_000 })],
    ['PARTNERS_FILE', () => withPartner({ maxTotal: '0' })],
    ['PARTNERS_FILE', () => withPartner({ maxTotal: '250,000.00' })],
    ['PARTNERS_FILE', () => withPartner({ secretHashes: ['plain secret'] })],
    ['PARTNERS_FILE', () => withPartner({ secretHashes: [] })],
    ['PARTNERS_FILE', () => withPartner({ secretHashes: ['a', 'b', 'c'].map(hashOf) })],
    ['PARTNERS_FILE', () => withPartner({ qonto: { clientId: 'c' } })],
    ['PARTNERS_FILE', () => withPartner({ pausd: true })],
    ['TRUST_PROXY', () => local({ TRUST_PROXY: 'yes' })],
    ['LOG_LEVEL', () => local({ LOG_LEVEL: 'trace' })],
    ['MAX_APPROVALS_PER_MEMBER', () => local({ MAX_APPROVALS_PER_MEMBER: '0' })],
    // A missing variable must never look like an empty ledger.
    ['DATABASE_URL', () => open({ DATABASE_URL: undefined })],
    ['DATABASE_URL', () => local({ NODE_ENV: 'production' })],
    ['TOKEN_KEYS', () => open({ TOKEN_KEYS: undefined })],
    ['TOKEN_KEYS', () => local({ NODE_ENV: 'production', DATABASE_URL: 'postgres://db/pay' })],
    ['QONTO_SCA', () => open({ QONTO_SCA: 'mock' })],
  ])('are refused by the name of the variable: %s', (variable, env) => {
    expect(complaint(env())).toMatch(new RegExp(`^${variable}(?:: | must be ).+`));
  });

  it('that are wrong are all named at once', () => {
    const text = complaint(local({ PORT: 'x', QONTO_SCA: 'x', LOG_LEVEL: 'x' }));
    for (const name of ['PORT', 'QONTO_SCA', 'LOG_LEVEL']) expect(text).toContain(name);
  });

  it('never stand in a complaint: a key, a client secret, a password', () => {
    const env = open({
      TOKEN_KEYS: 'k1:c2VjcmV0LWtleQ==',
      DATABASE_URL: 'postgres://user:secret-password@db/pay',
    });
    expect(complaint(env)).not.toMatch(/c2VjcmV0|secret-password/);
  });
});

describe('a partner', () => {
  it('may have hosts of documents, and a limit that is read into cents', () => {
    const hosts = { attachmentHosts: ['https://files.example'], maxTotal: '250000.50' };
    expect(readConfig(withPartner(hosts)).partners).toMatchObject([
      { attachmentHosts: ['https://files.example'], maxTotalCents: 25_000_050n },
    ]);
  });

  it('is found by either of its two secrets, and by nothing else', () => {
    const other = { ...PARTNER, id: 'other', secretHashes: [hashOf('three')] };
    const file = partnersFile({ partners: [PARTNER, other] });
    const { partners } = readConfig(local({ PARTNERS_FILE: file }));
    const idOf = (secret: string) => partnerBySecret(partners, secret)?.id;
    expect(['one', 'two', 'three', 'four', '', hashOf('one')].map(idOf)).toEqual([
      ...['demo', 'demo', 'other', undefined, undefined, undefined],
    ]);
  });
});
