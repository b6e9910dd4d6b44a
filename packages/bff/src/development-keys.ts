import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseKeyRing, type VaultKey } from './auth/token-vault.js';

/** Kept beside the development database, so that a restart can read what it has stored. */
export function developmentKeys(dataDir: string): VaultKey[] {
  const file = path.join(dataDir, 'token-keys');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) {
    writeFileSync(file, `k1:${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  }
  return parseKeyRing(readFileSync(file, 'utf8'));
}
