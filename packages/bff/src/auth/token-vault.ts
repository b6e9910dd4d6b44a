import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface VaultKey {
  id: string;
  /** 32 bytes, for AES-256. */
  secret: Buffer;
}

/** Where a text belongs. It can be read back only with exactly the same context. */
export interface VaultContext {
  partnerId: string;
  /** The row: a connection, a payment, … */
  ownerId: string;
  /** The column: `access-token`, `approval-session`, … */
  purpose: string;
}

/** The bytes were made for another place, with a key that is gone, or were tampered with. */
export class TokenVaultError extends Error {
  override readonly name = 'TokenVaultError';
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/** Reads `k2:<base64 of 32 bytes>,k1:…`: the first key encrypts, all decrypt. */
export function parseKeyRing(text: string): VaultKey[] {
  const keys = text.split(',').map((entry) => {
    const match = KEY.exec(entry.trim());
    if (!match?.[1] || !match[2]) {
      throw new Error('TOKEN_KEYS must be like k1:<base64 of 32 random bytes>, newest first');
    }
    return { id: match[1], secret: Buffer.from(match[2], 'base64') };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    throw new Error('TOKEN_KEYS names a key twice');
  }
  return keys;
}

/**
 * Keeps secrets readable to this service only: AES-256-GCM. The context is authenticated, so bytes
 * moved to another row, column or partner do not decrypt.
 * Layout: version, length of key id, key id, IV, tag, ciphertext.
 */
export class TokenVault {
  readonly #keys: Map<string, Buffer>;
  readonly #newest: VaultKey;

  constructor(keys: readonly VaultKey[]) {
    const [newest] = keys;
    if (!newest) throw new Error('The token vault needs a key');
    this.#newest = newest;
    this.#keys = new Map(keys.map(({ id, secret }) => [id, secret]));
  }

  encrypt(context: VaultContext, text: string): Buffer {
    const { id, secret } = this.#newest;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', secret, iv);
    cipher.setAAD(authenticated(context, id));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const head = Buffer.from([VERSION, id.length]);
    return Buffer.concat([head, Buffer.from(id, 'latin1'), iv, cipher.getAuthTag(), sealed]);
  }

  decrypt(context: VaultContext, bytes: Buffer): string {
    try {
      return this.#open(context, bytes);
    } catch (cause) {
      if (cause instanceof TokenVaultError) throw cause;
      throw new TokenVaultError('The secret does not belong here or was changed', { cause });
    }
  }

  /** Made with the newest key: nothing to encrypt anew after a rotation. */
  isNewest(bytes: Buffer): boolean {
    return keyId(bytes) === this.#newest.id;
  }

  #open(context: VaultContext, bytes: Buffer): string {
    const id = keyId(bytes);
    const secret = this.#keys.get(id);
    if (bytes[0] !== VERSION || !secret) {
      throw new TokenVaultError('The key of this secret is not in TOKEN_KEYS');
    }
    const iv = bytes.subarray(2 + id.length).subarray(0, IV_BYTES);
    const rest = bytes.subarray(2 + id.length + IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(authenticated(context, id));
    decipher.setAuthTag(rest.subarray(0, TAG_BYTES));
    const text = Buffer.concat([decipher.update(rest.subarray(TAG_BYTES)), decipher.final()]);
    return text.toString('utf8');
  }
}

function keyId(bytes: Buffer): string {
  return bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString('latin1');
}

/** As JSON, because with a plain separator two contexts could read alike. */
function authenticated({ purpose, partnerId, ownerId }: VaultContext, key: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, purpose, partnerId, ownerId, key]));
}
