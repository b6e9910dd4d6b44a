import { createHash } from 'node:crypto';

export function sha256Hex(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** One hash of several values that cannot be confused with one another. */
export function fingerprintOf(...parts: readonly (string | number)[]): string {
  return sha256Hex(JSON.stringify(parts));
}
