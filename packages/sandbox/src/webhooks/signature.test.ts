import { expect, it } from 'vitest';
import { signatureHeader } from './signature.js';

it('signs the published vector (facts 4.13)', () => {
  const wish = { secret: 'test-secret', seconds: 1_704_110_400 };
  expect(signatureHeader('{"test":"data"}', wish)).toBe(
    't=1704110400,v1=56aff06dc227db80d6568a5070f912c601c31f20451745d257cbc0b5dfa93805',
  );
});
