import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { armed, openPage, problem } from './open-page.js';
import { checked, paying, review, signedOut } from './states.js';

describe('confirming', () => {
  const confirmed = { status: 202, state: paying('confirmed') };

  it('posts the one form, with the version and the decision that the payer saw', async () => {
    const page = await openPage({ state: checked('close_match'), answers: { confirm: confirmed } });
    await page.becomes('review');
    await userEvent.click(page.find('#accept-payee'));
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.becomes('confirmed');
    const [request] = await page.seen('confirm');
    expect(request?.accept).toBe('application/json');
    expect(request?.fields).toEqual({
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      pageToken: 'token-of-this-page',
      reviewVersion: '2',
      lang: 'en',
      account: 'acc_1',
      acceptPayee: 'yes',
    });
  });

  it('takes a double click for one confirmation', async () => {
    const page = await openPage({
      state: review(),
      answers: { confirm: { ...confirmed, delayMs: 300 } },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.dblClick(page.find('#confirm'));
    await page.becomes('confirmed');
    expect(await page.seen('confirm')).toHaveLength(1);
  });

  it('can be confirmed with the keyboard', async () => {
    const page = await openPage({ state: review(), answers: { confirm: confirmed } });
    await page.becomes('review');
    await armed(page);
    page.find('#confirm').focus();
    await userEvent.keyboard('{Enter}');
    await page.becomes('confirmed');
  });

  it('ignores a click and a submit that a script made', async () => {
    const page = await openPage({ state: review(), answers: { confirm: confirmed } });
    await page.becomes('review');
    await armed(page);
    page.find('#confirm').click();
    page.find<HTMLFormElement>('form').requestSubmit();
    page.find<HTMLFormElement>('form').requestSubmit(page.find<HTMLButtonElement>('#confirm'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await page.seen('confirm')).toHaveLength(0);
  });

  it('ignores a press on a review that has only just appeared', async () => {
    const page = await openPage({ state: review(), answers: { confirm: confirmed } });
    await page.becomes('review');
    await userEvent.click(page.find('#confirm'), { force: true, timeout: 300 });
    expect(await page.seen('confirm')).toHaveLength(0);
    expect(page.status()).toBe('review');
  });

  it('shows the new review when what was seen has changed, and takes the focus there', async () => {
    const page = await openPage({
      state: review(),
      answers: { confirm: { ...problem('review-changed'), state: checked('no_match') } },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('What you saw has changed: please check again.');
    await page.says('Name does not match');
    expect(document.activeElement).toBe(page.find('#notice'));
  });

  it('checks when no answer came, sends the same key again, and never says failed', async () => {
    const page = await openPage({ state: review(), answers: { confirm: { drop: true } } });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('We are checking whether your confirmation arrived');
    expect(page.words()).not.toMatch(/fail/i);
    await page.says('You can confirm again');
    await page.script({ answers: { confirm: confirmed } });
    await userEvent.click(page.find('#confirm'));
    await page.becomes('confirmed');
    const keys = (await page.seen('confirm')).map(({ fields }) => fields.idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('finds the payment when only the answer was lost', async () => {
    const page = await openPage({
      state: review(),
      answers: { confirm: { drop: true, state: paying('approval_needed') } },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.becomes('approval_needed');
    expect(await page.seen('confirm')).toHaveLength(1);
  });

  it('treats an error of ours like a lost answer', async () => {
    const page = await openPage({
      state: review(),
      answers: { confirm: problem('internal', 500) },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('We are checking whether your confirmation arrived');
  });

  it('sends a new key after a clear refusal', async () => {
    const page = await openPage({
      state: review(),
      answers: { confirm: problem('bank-unavailable', 503) },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('Qonto does not answer at the moment');
    await page.script({ answers: { confirm: confirmed } });
    await userEvent.click(page.find('#confirm'));
    await page.becomes('confirmed');
    const keys = (await page.seen('confirm')).map(({ fields }) => fields.idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('shows the review of another member, whose versions begin anew', async () => {
    const page = await openPage({ state: checked('match', 7) });
    await page.becomes('review');
    const member = { name: 'Bob Durand', organization: 'Atelier Lumière' };
    await page.script({ state: { ...checked('match', 1), member } });
    await page.says('as Bob Durand');
  });

  it('shows the sign-in when the confirmation needs a fresh one', async () => {
    const page = await openPage({
      state: review(),
      answers: {
        confirm: { ...problem('fresh-sign-in-required', 403), state: signedOut('fresh') },
      },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.becomes('sign-in');
    expect(page.words()).toContain('Confirm that it is you');
  });
});
