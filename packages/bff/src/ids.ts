import { randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from './payments/ports.js';

/** Without the letters that are taken for digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Random names from the system's generator; five bits a letter. */
export const randomIds: Ids = {
  make: (prefix) => `${prefix}_${letters(26)}`,
  uuid: () => randomUUID(),
  tag: () => `QP-${letters(8).toUpperCase()}`,
};

const letters = (count: number): string =>
  [...randomBytes(count)].map((byte) => ALPHABET[byte % 32]).join('');
