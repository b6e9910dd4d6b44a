import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedAt } from './signature.js';

const digestOf = (secret: string, time: string, body: Buffer) =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

const body = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const secret = fc.string({ minLength: 1, maxLength: 60 });
const time = fc.integer({ min: 0, max: 999_999_999_999 });
const message = fc.record({ body, secret, time });

const headerOf = ({ body, secret, time }: { body: Buffer; secret: string; time: number }) =>
  `t=${time},v1=${digestOf(secret, String(time), body)}`;

/** One bit of one byte is another. */
function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = at % bytes.length;
  changed.writeUInt8(changed.readUInt8(index) ^ (1 << (at % 8)), index);
  return changed;
}

describe('the signature of an event', () => {
  it('is what Qonto has published (facts § 4.13)', () => {
    const vector = { body: Buffer.from('{"test":"data"}'), secret: 'test-secret' };
    const v1 = '56aff06dc227db80d6568a5070f912c601c31f20451745d257cbc0b5dfa93805';
    expect(signedAt(`t=1704110400,v1=${v1}`, vector)).toBe(1_704_110_400);
    expect(signedAt(`t=1704110401,v1=${v1}`, vector)).toBeUndefined();
  });

  it('is accepted with the time that was signed', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(signedAt(headerOf(one), one)).toBe(one.time);
      }),
    );
  });

  it('is refused when any bit of the body is another', () => {
    fc.assert(
      fc.property(message, fc.nat(), (one, at) => {
        fc.pre(one.body.length > 0);
        expect(signedAt(headerOf(one), { ...one, body: flipped(one.body, at) })).toBeUndefined();
      }),
    );
  });

  it('is refused with another secret, time or digest', () => {
    fc.assert(
      fc.property(message, secret, time, fc.nat(), (one, otherSecret, otherTime, at) => {
        const header = headerOf(one);
        if (otherSecret !== one.secret) {
          expect(signedAt(header, { ...one, secret: otherSecret })).toBeUndefined();
        }
        if (otherTime !== one.time) {
          const moved = header.replace(`t=${one.time}`, `t=${otherTime}`);
          expect(signedAt(moved, one)).toBeUndefined();
        }
        const [before = '', digest = ''] = header.split('v1=');
        const changed = flipped(Buffer.from(digest, 'hex'), at).toString('hex');
        expect(signedAt(`${before}v1=${changed}`, one)).toBeUndefined();
      }),
    );
  });

  it('may have its parts in any order, with spaces, unknown ones and several digests', () => {
    const others = fc.array(
      fc.oneof(
        fc.constantFrom('v0=abc', 'v2=', 'x', '', 'v1=short', 'v1=', `v1=${'z'.repeat(64)}`),
        fc.integer({ min: 0 }).map((n) => `v1=${n.toString(16).padStart(64, '0')}`),
      ),
      { maxLength: 5 },
    );
    const shuffled = message.chain((one) =>
      others
        .chain((more) => {
          const parts = [...headerOf(one).split(','), ...more];
          return fc.shuffledSubarray(parts, { minLength: parts.length });
        })
        .chain((parts) => fc.constantFrom(',', ', ', ' ,\t').map((between) => parts.join(between)))
        .map((header) => ({ one, header })),
    );
    fc.assert(
      fc.property(shuffled, ({ one, header }) => {
        expect(signedAt(header, one)).toBe(one.time);
      }),
    );
  });

  it('is refused without exactly one time that is a number of seconds', () => {
    const given = { body: Buffer.from('{}'), secret: 'a secret' };
    const v1 = digestOf(given.secret, '1', given.body);
    const odd = ['', '-1', '1.0', '1e3', ' 1', '+1', '1234567890123', '0x1'];
    for (const value of odd) {
      const own = digestOf(given.secret, value, given.body);
      expect([value, signedAt(`t=${value},v1=${own}`, given)]).toEqual([value, undefined]);
    }
    for (const header of [
      undefined,
      '',
      v1,
      `v1=${v1}`,
      't=1',
      `t=1,t=1,v1=${v1}`,
      `t=1,V1=${v1}`,
    ]) {
      expect([header, signedAt(header, given)]).toEqual([header, undefined]);
    }
  });

  it('never throws, whatever the header is', () => {
    fc.assert(
      fc.property(fc.string(), body, (header, bytes) => {
        expect(signedAt(header, { body: bytes, secret: 'a secret' })).toBeUndefined();
      }),
    );
  });
});
