import type { PaymentStatus } from '@qonto-pay/shared';
import { describe, expect, it } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { accessibilityProblems, armed, openPage } from './open-page.js';
import { askedAgo, paying, released, review, STATES } from './states.js';

describe('the wait', () => {
  it('shows what the phone shows, and the time left by the server’s clock', async () => {
    const page = await openPage({ state: askedAgo(0) });
    await page.becomes('approval_needed');
    await page.says('15 min left');
    for (const words of ['€1,234.00', 'ACME SARL', 'Main account', 'Invoice 1042']) {
      expect(page.words()).toContain(words);
    }
    expect(document.title).toBe('Approve on your phone · Qonto Pay');
  });

  it('puts the facts under one another on a phone, as the review does', async () => {
    await browserPage.viewport(360, 640);
    const page = await openPage({ state: askedAgo(0) });
    await page.becomes('approval_needed');
    const [name, value] = page.find('.facts').children;
    const [above, below] = [name, value].map((it) => it?.getBoundingClientRect());
    expect(below?.top).toBeGreaterThanOrEqual(above?.bottom ?? Number.NaN);
    expect(below?.left).toBe(above?.left);
    await browserPage.viewport(480, 760);
  });

  it('offers to send again or another method once help is due', async () => {
    const page = await openPage({ state: askedAgo(30) });
    await page.becomes('approval_needed');
    await userEvent.click(page.find('input[value=passkey]'));
    await userEvent.click(page.find('#ask-again'));
    await expect.poll(() => page.seen('approval')).toHaveLength(1);
    expect((await page.seen('approval'))[0]?.fields).toEqual({
      pageToken: 'token-of-this-page',
      method: 'passkey',
    });
  });

  it('asks before it cancels, and cancels', async () => {
    const page = await openPage({
      state: askedAgo(0),
      answers: { cancel: { state: released('canceled') } },
    });
    await page.becomes('approval_needed');
    await userEvent.click(page.find('#cancel'));
    await userEvent.click(page.find('#cancel-no'));
    expect(await page.seen('cancel')).toHaveLength(0);
    await userEvent.click(page.find('#cancel'));
    await userEvent.click(page.find('#cancel-yes'));
    await page.becomes('canceled');
  });

  it('says so when it was too late to cancel', async () => {
    const page = await openPage({
      state: askedAgo(0),
      answers: {
        cancel: { status: 409, body: { code: 'not-cancelable' }, state: paying('processing') },
      },
    });
    await page.becomes('approval_needed');
    await userEvent.click(page.find('#cancel'));
    await userEvent.click(page.find('#cancel-yes'));
    await page.says('too late to cancel');
    expect(page.status()).toBe('processing');
  });

  it('follows the stream to the end, says each change, and then closes the stream', async () => {
    const page = await openPage({ state: askedAgo(0) });
    await page.becomes('approval_needed');
    await page.script({ state: paying('processing', {}, { seq: 6 }) });
    await page.becomes('processing');
    await page.script({ state: paying('settled', {}, { seq: 7 }) });
    await page.becomes('settled');
    expect(page.find('[role=status]').textContent).toBe('Paid');
    expect(document.title).toBe('Paid · Qonto Pay');
    expect(page.words()).toContain('Allow automated transfers');
    await expect.poll(async () => (await page.script({})).streams).toBe(0);
  });

  it('listens only while somebody looks, and asks first on return', async () => {
    const page = await openPage({ state: askedAgo(0) });
    await page.becomes('approval_needed');
    const look = (hidden: boolean): void => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    look(true);
    await expect.poll(async () => (await page.script({})).streams).toBe(0);
    await page.script({ state: paying('settled') });
    expect(page.status()).toBe('approval_needed');
    look(false);
    await page.becomes('settled');
    Reflect.deleteProperty(document, 'hidden');
  });

  it('polls when there is no stream', async () => {
    const page = await openPage({ state: askedAgo(0), answers: { events: { status: 503 } } });
    await page.becomes('approval_needed');
    await page.script({ state: paying('settled') });
    await page.becomes('settled');
  });

  it('does not go back to what an older answer says', async () => {
    const page = await openPage({ state: paying('settled', {}, { seq: 9 }) });
    await page.becomes('settled');
    await page.script({ state: paying('processing', {}, { seq: 8 }) });
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => page.seen('read')).toHaveLength(2);
    expect(page.status()).toBe('settled');
  });

  it('says that the connection is gone, and recovers', async () => {
    const page = await openPage({ state: askedAgo(0) });
    await page.becomes('approval_needed');
    // By the stream: its first event is here, and does not come after the connection is gone.
    await page.script({ state: paying('approved', {}, { seq: 6 }) });
    await page.becomes('approved');
    window.dispatchEvent(new Event('offline'));
    await page.says('No connection');
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => page.words()).not.toContain('No connection');
  });
});

describe('the result', () => {
  const endings: [PaymentStatus, string][] = [
    ['requested', 'Waiting for a colleague'],
    ['scheduled', 'Scheduled'],
    ['processing', 'The bank has it'],
    ['settled', 'Paid'],
    ['denied', 'Refused on the phone'],
    ['expired', 'Time ran out'],
    ['not_enrolled', 'No phone is paired'],
    ['canceled', 'Payment canceled'],
    ['failed', 'Not sent'],
    ['unknown', 'Please do not pay again'],
    ['held', 'A person is checking'],
  ];
  for (const [status, words] of endings) {
    it(`shows ${status} in words, with the way back`, async () => {
      const page = await openPage({ state: paying(status, { cancelable: false }) });
      await page.becomes(status);
      await page.says(words);
      expect(page.has('#back')).toBe(true);
      expect(page.has('#confirm')).toBe(false);
    });
  }

  it.each([
    ['en', 'We are checking', 'Please do not pay again', 'close this page'],
    ['fr', 'Vérification en cours', 'ne pas payer une deuxième fois', 'fermer cette page'],
  ] as const)(
    'says in %s that it checks, what not to do and how it goes on',
    async (lang, ...says) => {
      const page = await openPage({ state: paying('unknown', { cancelable: false }) }, lang);
      await page.becomes('unknown');
      for (const words of says) await page.says(words);
      expect(document.title).toContain(says[0]);
    },
  );

  it.each([
    ['en', 'Payment canceled'],
    ['fr', 'Paiement annulé'],
  ] as const)('keeps "withdrawn" for the invoice (%s)', async (lang, heading) => {
    const page = await openPage({ state: released('canceled') }, lang);
    await page.becomes('canceled');
    await page.says(heading);
    expect(document.title).toContain(heading);
    expect(page.words()).not.toMatch(/withdrawn|retiré/i);
  });

  it('says why the bank declined, and offers to pay again with a new key', async () => {
    const page = await openPage({
      state: review(),
      answers: { confirm: { status: 202, state: released('declined', 'insufficient-funds') } },
    });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('not enough money');
    expect(page.status()).toBe('declined');
    const again = { ...released('declined'), review: review().review };
    await page.script({ state: again, answers: { confirm: { state: paying('confirmed') } } });
    await userEvent.click(page.find('#again'));
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.becomes('confirmed');
    const keys = (await page.seen('confirm')).map(({ fields }) => fields.idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('says why nothing was sent, and that it may be paid again', async () => {
    const page = await openPage({ state: released('failed', 'payee-became-trusted') });
    await page.becomes('failed');
    await page.says('Pay again: you sign in first');
    expect(page.has('#again')).toBe(true);
  });

  it('asks for the sign-in only when the payer pays again', async () => {
    const signIn = { url: '/auth/sign-in', reason: 'signed-out' as const };
    const page = await openPage({ state: { ...released('failed', 'signed-out'), signIn } });
    await page.becomes('failed');
    await userEvent.click(page.find('#again'));
    await page.becomes('sign-in');
  });

  it('does not offer to pay again what may not be paid again', async () => {
    const page = await openPage({ state: paying('declined', { cancelable: false }) });
    await page.becomes('declined');
    expect(page.has('#again')).toBe(false);
  });

  it('tells a colleague the status and nothing else', async () => {
    const page = await openPage({ state: paying('approval_needed', { mine: false }) });
    await page.becomes('approval_needed');
    expect(page.words()).toContain('A colleague has confirmed this payment');
    expect(page.words()).not.toMatch(/ACME|1,234|Main account/);
    expect(page.has('#cancel')).toBe(false);
  });
});

describe('accessibility', () => {
  for (const [name, state] of Object.entries(STATES)) {
    it(`has nothing to say against: ${name}`, async () => {
      const page = await openPage({ state });
      await expect.poll(() => page.status()).not.toBe('loading');
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  }
});
