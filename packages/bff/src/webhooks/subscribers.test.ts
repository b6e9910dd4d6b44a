import { describe, expect, it } from 'vitest';
import type { Subscriber } from './ports.js';
import { Subscribers, tokenHash } from './subscribers.js';

const TOKEN = 'A'.repeat(22);
const FOUND: Subscriber = {
  ...{ connectionId: 'c', partnerId: 'demo', organizationId: 'o', secret: 'a secret' },
};

/** Knows one address, and counts how often it is asked. */
function directory(answer: () => Promise<Subscriber | undefined>) {
  const asked: string[] = [];
  const clock = { ms: 0 };
  const store = {
    byTokenHash(hash: string) {
      asked.push(hash);
      return answer();
    },
  };
  return { asked, clock, subscribers: new Subscribers(store, () => clock.ms) };
}

describe('an address', () => {
  it('is looked for once, also by events that come together, and again after a while', async () => {
    const { asked, clock, subscribers } = directory(async () => FOUND);
    const found = await Promise.all([1, 2, 3].map(() => subscribers.byToken(TOKEN)));
    expect([...found, await subscribers.byToken(TOKEN)]).toEqual([FOUND, FOUND, FOUND, FOUND]);
    expect(asked).toEqual([tokenHash(TOKEN)]);
    clock.ms = 600_000;
    await subscribers.byToken(TOKEN);
    expect(asked).toHaveLength(2);
  });

  it('that nobody was given is not remembered', async () => {
    const { asked, subscribers } = directory(async () => undefined);
    expect(await subscribers.byToken(TOKEN)).toBeUndefined();
    expect(await subscribers.byToken(TOKEN)).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is looked for again after a failure', async () => {
    let isDown = true;
    const { subscribers } = directory(async () => {
      if (isDown) throw new Error('the database is down');
      return FOUND;
    });
    await expect(subscribers.byToken(TOKEN)).rejects.toThrow('the database is down');
    isDown = false;
    expect(await subscribers.byToken(TOKEN)).toEqual(FOUND);
  });

  it.each(['', 'short', `${TOKEN}A`, `${'A'.repeat(21)}=`])('%j cannot be ours', async (token) => {
    const { asked, subscribers } = directory(async () => FOUND);
    expect(await subscribers.byToken(token)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('takes the place of the oldest when there are too many', async () => {
    const { asked, subscribers } = directory(async () => FOUND);
    const tokens = Array.from({ length: 10_001 }, (_, index) => String(index).padStart(22, '0'));
    for (const token of tokens) await subscribers.byToken(token);
    const [first = '', second = ''] = tokens;
    await subscribers.byToken(second);
    expect(asked).toHaveLength(10_001);
    await subscribers.byToken(first);
    expect(asked).toHaveLength(10_002);
  });
});
