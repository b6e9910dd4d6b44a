import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyRing, TokenVault, TokenVaultError } from './token-vault.js';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const k1 = key('k1');
const k2 = key('k2');
const vaultOf = (...keys: string[]) => new TokenVault(parseKeyRing(keys.join(',')));
const context = { partnerId: 'acme', ownerId: 'c-1', purpose: 'access-token' };

describe('TokenVault', () => {
  const vault = vaultOf(k1);

  it('gives back any text in its own context, and never encrypts it alike twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = vault.encrypt(context, text);
        expect(vault.decrypt(context, sealed)).toBe(text);
        expect(vault.encrypt(context, text).equals(sealed)).toBe(false);
      }),
    );
  });

  it('refuses bytes that were moved to another row, column or partner', () => {
    const any = fc.record({ partnerId: fc.string(), ownerId: fc.string(), purpose: fc.string() });
    fc.assert(
      fc.property(any, any, (from, to) => {
        fc.pre(JSON.stringify(Object.values(from)) !== JSON.stringify(Object.values(to)));
        expect(() => vault.decrypt(to, vault.encrypt(from, 'secret'))).toThrow(TokenVaultError);
      }),
    );
  });

  it('keeps apart contexts that would read alike with a separator', () => {
    const one = { partnerId: 'a|b', ownerId: 'c', purpose: 'p' };
    const other = { partnerId: 'a', ownerId: 'b|c', purpose: 'p' };
    expect(() => vault.decrypt(other, vault.encrypt(one, 'secret'))).toThrow(TokenVaultError);
  });

  it('notices every changed or missing byte', () => {
    const sealed = vault.encrypt(context, 'secret');
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => vault.decrypt(context, changed)).toThrow(TokenVaultError);
      expect(() => vault.decrypt(context, sealed.subarray(0, index))).toThrow(TokenVaultError);
    }
  });

  it('encrypts with the first key and decrypts with all', () => {
    const old = vaultOf(k1).encrypt(context, 'secret');
    const rotated = vaultOf(k2, k1);
    expect(rotated.decrypt(context, old)).toBe('secret');
    expect([rotated.isNewest(old), rotated.isNewest(rotated.encrypt(context, ''))]).toEqual([
      false,
      true,
    ]);
    expect(vaultOf(k2).decrypt(context, rotated.encrypt(context, 'new'))).toBe('new');
    expect(() => vaultOf(k2).decrypt(context, old)).toThrow(TokenVaultError);
    expect(() => vaultOf(key('k1')).decrypt(context, old)).toThrow(TokenVaultError);
  });

  it('says nothing of the secret in an error', () => {
    const sealed = vault.encrypt(context, 'secret');
    try {
      vault.decrypt({ ...context, partnerId: 'other' }, sealed);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toMatch(/secret"|acme|c-1/);
    }
  });
});

describe('parseKeyRing', () => {
  it.each(['', 'k1', 'k1:short', `${k1},${k1}`, 'k 1:x', `${k1},`])('refuses "%s"', (text) => {
    expect(() => parseKeyRing(text)).toThrow('TOKEN_KEYS');
  });
});
