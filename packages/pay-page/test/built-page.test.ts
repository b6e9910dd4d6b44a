import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';

type Seen = { complaints: string[] } & Record<string, unknown>;
type Name = keyof typeof import('./built-page.js').builtPageCommands;

/** Walks one journey of `built-page.ts` and brings back what was seen. */
const walk = (name: Name): Promise<Seen> =>
  (commands as unknown as Record<Name, () => Promise<Seen>>)[name]();

describe('the built page, under the BFF’s headers', () => {
  it('closes its own window after the confirmation, keeps the language, and complains of nothing', async () => {
    const seen = await walk('payInOwnWindow');
    expect(seen.complaints).toEqual([]);
    expect(seen.lang).toBe('fr');
    // Long enough to be read; how soon after that, a slow machine decides.
    expect(seen.closedAfterMs).toBeGreaterThan(1_900);
    expect(seen.closedAfterMs).toBeLessThan(20_000);
  });

  it('never closes on a result by itself; the way back closes the window', async () => {
    const seen = await walk('resultInOwnWindow');
    expect(seen).toEqual({ stayed: true, complaints: [] });
  });

  it('stays where the window is the payer’s own', async () => {
    expect(await walk('payInTab')).toEqual({ stayed: true, complaints: [] });
  });

  it('closes its own window once the payment link is there, and not before', async () => {
    expect(await walk('collectInOwnWindow')).toEqual({ stayed: true, complaints: [] });
  });

  it('stays on a link that was made before, and draws its code', async () => {
    expect(await walk('linkInTab')).toEqual({ stayed: true, complaints: [] });
  });

  it('shows 400 invoices in one language, with few of them in the page, and complains of nothing', async () => {
    expect(await walk('manyInTab')).toEqual({ isFewRows: true, languages: 1, complaints: [] });
  });

  it('shows the review of one invoice before its day can be chosen, and moves no button then', async () => {
    const seen = await walk('oneWaitsForNothing');
    const still = { daysBefore: 0, movedBy: 0 };
    expect(seen).toEqual({ inWindow: still, onPhone: still, complaints: [] });
  });

  it('loads nothing of it for the payment of one invoice', async () => {
    expect(await walk('endLoadsNoMore')).toEqual({ later: [], complaints: [] });
  });

  it('goes back to the invoice when the payer leaves without paying', async () => {
    expect(await walk('leave')).toEqual({ complaints: [] });
  });

  it('signs out and goes to the sign-in for somebody else', async () => {
    expect(await walk('switchMember')).toEqual({ complaints: [] });
  });

  it('loads itself again when its token is too old, and says so', async () => {
    expect((await walk('staleToken')).notice).toContain('out of date');
  });

  it('leads to the page without script where there is no script', async () => {
    expect((await walk('withoutScript')).path).toBe('/pay/{intent}/plain');
  });

  it('goes on from the opening page without an entry in the history', async () => {
    const seen = await walk('openThroughFlow');
    expect(seen).toEqual({ entries: 1, complaints: [] });
  });

  it('says so on the opening page when there is no payment to open', async () => {
    const seen = await walk('failedFlow');
    expect(seen.sentence).toContain('could not be opened');
    expect(seen.complaints).toEqual([]);
  });
});
