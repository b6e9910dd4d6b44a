import { fixture, nextFrame } from '@open-wc/testing';
import type { PayeeCheckResult } from '@qonto-pay/shared';
import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import '../src/views/approval-wait.js';
import '../src/views/outcome.js';
import '../src/views/payee-check.js';
import '../src/views/timer.js';
import { eventually, expectAccessible, inSeconds, wordsIn } from './room.js';

const RESULTS: PayeeCheckResult[] = ['pending', 'match', 'close_match', 'no_match', 'not_possible'];

describe('the timer', () => {
  it.each([
    [904, '16 min left'],
    [902.5, '15 min left'],
    [900, '15 min left'],
    [840.5, '14 min left'],
    [121, '2 min left'],
    [119.5, '2:00 left'],
    [61, '1:01 left'],
    [-5, 'Time is up'],
  ])('with %s s left reads "%s": calm first, precise later', async (seconds, words) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-01T10:00:00Z') });
    const timer = await fixture(
      html`<qpay-timer lang="en" .expiresAt=${inSeconds(seconds)}></qpay-timer>`,
    );
    expect(wordsIn(timer)).toBe(words);
  });

  it('counts by the clock of the server', async () => {
    const timer = await fixture(html`<qpay-timer
      lang="fr"
      .expiresAt=${inSeconds(3600 + 600)}
      .clockOffsetMs=${3_600_000}
    ></qpay-timer>`);
    expect(wordsIn(timer)).toBe('Encore 10 min');
  });

  it('says each mark once, and after a sleep only the last that was passed', async () => {
    const said: string[] = [];
    vi.useFakeTimers();
    const page = document.createElement('p');
    page.addEventListener('qpay-time-mark', (event) =>
      said.push((event as CustomEvent<{ text: string }>).detail.text),
    );
    const timer = document.createElement('qpay-timer');
    timer.expiresAt = inSeconds(602);
    page.lang = 'en';
    page.append(timer);
    document.body.append(page);
    await timer.updateComplete;
    vi.advanceTimersByTime(3000);
    vi.setSystemTime(Date.now() + 520_000);
    vi.advanceTimersByTime(1000);
    vi.advanceTimersByTime(90_000);
    page.remove();
    expect(said).toEqual([
      '10 min left',
      '2 min left',
      '1 min left',
      '30 seconds left',
      'Time is up',
    ]);
  });
});

describe('the wait for the approval', () => {
  const waitSince = (seconds: number) => html`<qpay-approval-wait
    lang="en"
    .startedAt=${inSeconds(-seconds)}
    .expiresAt=${inSeconds(890)}
    .facts=${{ amount: '€12.00', payee: 'ACME SARL', reference: 'Invoice 7' }}
  >
    <button slot="later">Send again</button>
  </qpay-approval-wait>`;

  it.each([
    [1, 'Check your phone', false],
    [9, 'Open the Qonto app', false],
    [21, 'another method', true],
  ])('after %s s helps with "%s"', async (seconds, words, hasLater) => {
    const wait = await fixture(waitSince(seconds));
    expect(wordsIn(wait)).toContain(words);
    expect(wordsIn(wait).includes('Send again')).toBe(hasLater);
  });

  it('lets help appear by itself and says it', async () => {
    const said = vi.fn();
    const page = await fixture(html`<p @qpay-help=${said}>${waitSince(7.5)}</p>`);
    expect(said).not.toHaveBeenCalled();
    await eventually(() => said.mock.calls.length === 1, 'the next help');
    expect(wordsIn(page)).toContain('Open the Qonto app');
  });

  it('shows the facts of the phone, and leaves out what is not given', async () => {
    const wait = await fixture(waitSince(1));
    expect(wordsIn(wait)).toContain('Amount €12.00 Payee ACME SARL Reference Invoice 7');
    expect(wordsIn(wait)).not.toContain('From account');
    await expectAccessible(wait);
  });
});

describe('the payee check', () => {
  const check = (result: PayeeCheckResult, lang = 'en') => html`<qpay-payee-check
    lang=${lang}
    .result=${result}
    .bankName=${'ACME SARL'}
  ></qpay-payee-check>`;

  it.each(['en', 'fr'])('has other words and another shape for each result (%s)', async (lang) => {
    const seen = new Set<string>();
    for (const result of RESULTS) {
      const view = await fixture(check(result, lang));
      seen.add(wordsIn(view));
      seen.add(view.shadowRoot?.querySelector('path')?.getAttribute('d') ?? '');
    }
    expect(seen.size).toBe(2 * RESULTS.length);
  });

  it('shows the name by the bank at a close match only', async () => {
    for (const result of RESULTS) {
      const view = await fixture(check(result));
      expect(wordsIn(view).includes('The bank says: ACME SARL.')).toBe(result === 'close_match');
    }
  });

  it('never reads an unrecognised result as a match', async () => {
    const view = await fixture(check('perhaps' as 'match'));
    expect(wordsIn(view)).toContain('Name could not be checked');
  });

  it.each(RESULTS)('%s has no fault in light and dark', async (result) => {
    for (const scheme of ['light', 'dark']) {
      document.documentElement.style.colorScheme = scheme;
      await expectAccessible(await fixture(check(result)));
    }
    document.documentElement.style.colorScheme = '';
  });
});

describe('the outcome', () => {
  it('speaks French', async () => {
    const view = await fixture(html`<qpay-outcome lang="fr" .status=${'declined'}></qpay-outcome>`);
    expect(wordsIn(view)).toContain('Refusé par la banque');
  });

  it('shows the words that it is given in place of its own', async () => {
    const text = { heading: 'Not enough money', sentence: 'Nothing was paid.' };
    const view = await fixture(
      html`<qpay-outcome lang="en" .status=${'declined'} .text=${text}></qpay-outcome>`,
    );
    expect(wordsIn(view)).toBe('Not enough money Nothing was paid.');
  });

  it.each([
    ['beside', 360],
    ['above', 240],
  ])('has its icon %s the words in %s px', async (place, width) => {
    const page = await fixture(html`<div><qpay-outcome .status=${'settled'}></qpay-outcome></div>`);
    (page as HTMLElement).style.inlineSize = `${width}px`;
    const [mark, heading] = ['.mark', '.heading'].map((one) =>
      page.firstElementChild?.shadowRoot?.querySelector(one)?.getBoundingClientRect(),
    );
    const isAbove = (mark?.bottom ?? 0) <= (heading?.top ?? 0);
    expect(isAbove ? 'above' : 'beside').toBe(place);
  });

  it('shows the actions that it is given', async () => {
    const view = await fixture(
      html`<qpay-outcome lang="en" .status=${'expired'}
        ><button slot="actions">Pay again</button></qpay-outcome
      >`,
    );
    await nextFrame();
    expect(wordsIn(view)).toContain('Pay again');
    await expectAccessible(view);
  });
});
