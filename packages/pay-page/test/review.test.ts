import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { armed, openPage, problem } from './open-page.js';
import { bankSilent, checked, closed, review, STATES, signedOut } from './states.js';

describe('before sign-in', () => {
  it('names the partner, links to the sign-in, and tells nothing of the invoice', async () => {
    const page = await openPage({ state: signedOut() });
    await page.becomes('sign-in');
    expect(page.words()).toContain('Compta & Co asks you to pay an invoice.');
    expect(page.find('#sign-in').getAttribute('href')).toBe('/auth/sign-in?intent=in_test');
    expect(page.words()).not.toMatch(/1,234|ACME|FR76/);
  });

  it('opens no stream and asks nothing more while nobody is signed in', async () => {
    const page = await openPage({ state: signedOut() });
    await page.becomes('sign-in');
    expect((await page.script({})).streams).toBe(0);
    expect(await page.seen('read')).toHaveLength(1);
  });

  it('says which permission is missing, and why', async () => {
    const page = await openPage({ state: signedOut('consent') });
    await page.says('payment.write');
  });

  it('says why a trusted payee needs a fresh sign-in', async () => {
    const page = await openPage({ state: signedOut('fresh') });
    await page.says('Confirm that it is you');
    expect(page.words()).toContain('your phone will not be asked');
  });

  it('moves the focus to the heading once', async () => {
    const page = await openPage({ state: signedOut() });
    await page.becomes('sign-in');
    expect(document.activeElement).toBe(page.find('h1'));
    expect(document.title).toBe('Pay with your Qonto account · Qonto Pay');
  });
});

describe('the review', () => {
  it('shows who is paid, how much, from where, and by whom', async () => {
    const page = await openPage({ state: review() });
    await page.becomes('review');
    for (const words of [
      '€1,234.00',
      'ACME SARL',
      'FR76 3000 6000 0112 3456 7890 189',
      'Bank in France',
      'Invoice 1042',
      '1 December 2026',
      'You pay for Atelier Lumière, as Alice Martin.',
      'Main account (…1101)',
      'Balance: €25,000.50',
      'Taxes (…2202) – €12.00',
      'approve on your phone',
    ]) {
      expect(page.words()).toContain(words);
    }
    expect(page.find('#confirm').textContent?.trim()).toBe('Pay €1,234.00');
    expect(page.has('#accept-payee')).toBe(false);
  });

  it('speaks French, with the money as French writes it', async () => {
    const page = await openPage({ state: checked('no_match') }, 'fr');
    await page.becomes('review');
    expect(page.find('#confirm').textContent?.trim().replace(/\s/g, ' ')).toBe('Payer 1 234,00 €');
    expect(page.words()).toContain('Le nom ne correspond pas');
  });

  it('waits for the payee check, then shows the result that the stream brings', async () => {
    const page = await openPage({ state: checked('pending', 1) });
    await page.becomes('review');
    expect(page.find('#payee-check').dataset.result).toBe('pending');
    await page.script({ state: checked('close_match') });
    await page.says('“ACME S.A.R.L. Lyon” is the one I want to pay');
    expect(page.find('#payee-check').dataset.result).toBe('close_match');
    expect(page.find('[role=status]').textContent).toContain('Name almost matches');
  });

  it('needs a decision of its own for each result but a match', async () => {
    const page = await openPage({ state: checked('no_match') });
    await page.says('although the name does not match');
    expect(page.words()).toContain('call the supplier on a number you know');
    await userEvent.click(page.find('#accept-payee'));
    await page.script({ state: checked('not_possible', 3) });
    await page.says('I have checked the payee and the IBAN myself.');
    expect(page.find<HTMLInputElement>('#accept-payee').checked).toBe(false);
  });

  it('asks for the decision instead of posting without it', async () => {
    const page = await openPage({ state: checked('close_match') });
    await page.becomes('review');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('tick the box');
    expect(document.activeElement).toBe(page.find('#accept-payee'));
    expect(await page.seen('confirm')).toHaveLength(0);
  });

  it('warns of a saved name, a simplified reference, a low balance and a trusted payee', async () => {
    const state = review(
      { balanceTooLow: true, approval: 'none' },
      { savedName: 'Old Name SA' },
      { referenceSimplified: true },
    );
    const page = await openPage({ state });
    await page.says('Your Qonto knows this IBAN as “Old Name SA”');
    expect(page.words()).toContain('Simplified');
    expect(page.words()).toContain('holds less than the amount');
    expect(page.words()).toContain('your phone will not ask for approval');
  });

  it('posts another account and shows the new review', async () => {
    const page = await openPage({
      state: review(),
      answers: {
        review: { state: review({ version: 2, accountId: 'acc_2', balanceTooLow: true }) },
      },
    });
    await page.becomes('review');
    await userEvent.selectOptions(page.find('#account'), 'acc_2');
    await page.says('holds less than the amount');
    expect((await page.seen('review'))[0]?.fields).toEqual({
      pageToken: 'token-of-this-page',
      account: 'acc_2',
    });
  });

  it('says the balance of the chosen account below the select, where nothing cuts it', async () => {
    const page = await openPage({ state: review() });
    await page.becomes('review');
    const account = page.find<HTMLSelectElement>('#account');
    expect(account.selectedOptions[0]?.text).toBe('Main account (…1101)');
    expect(page.find('#balance').textContent).toBe('Balance: €25,000.50');
    const { accounts } = review().review;
    await page.script({ state: review({ version: 2, accountId: 'acc_2', accounts }) });
    await page.says('Balance: €12.00');
    expect(account.selectedOptions[0]?.text).toBe('Taxes (…2202)');
  });

  it('has the pay button in sight in our own window', async () => {
    const page = await openPage({ state: checked('match') });
    await page.appears('#pay-on');
    const { bottom } = page.find('#confirm').getBoundingClientRect();
    expect(bottom).toBeLessThanOrEqual(window.innerHeight);
  });

  it('says nothing of a balance that the member may not see', async () => {
    const accounts = review().review.accounts.map((account) => ({ ...account, balance: null }));
    const page = await openPage({ state: review({ accounts }) });
    await page.becomes('review');
    expect(page.has('#balance')).toBe(false);
    expect(page.words()).not.toContain('Balance');
    expect(page.find<HTMLSelectElement>('#account').options[1]?.text).toBe('Taxes (…2202)');
  });

  it('goes back to the account that is in force when the change is refused', async () => {
    const page = await openPage({
      state: review(),
      answers: { review: problem('account-not-usable') },
    });
    await page.becomes('review');
    await userEvent.selectOptions(page.find('#account'), 'acc_2');
    await page.says('cannot be used here');
    expect(page.find<HTMLSelectElement>('#account').value).toBe('acc_1');
  });

  it('shows the sign-in and says why nothing is paid when the bank is silent', async () => {
    const page = await openPage({ state: bankSilent() });
    await page.becomes('error');
    expect(page.words()).toContain('Nothing has been paid');
    expect(page.has('#back')).toBe(true);
    await page.script({ state: review() });
    await page.becomes('review');
  });

  for (const [why, words] of [
    ['paid', 'Already paid'],
    ['in-progress', 'A payment is in progress'],
    ['withdrawn', 'Invoice withdrawn'],
    ['lapsed', 'No longer open'],
  ] as const) {
    it(`says that the invoice is ${why}, and the way back`, async () => {
      const page = await openPage({ state: closed(why) });
      await page.becomes(why);
      expect(page.words()).toContain(words);
      expect(page.find('.ending').shadowRoot?.querySelector('[part=heading]')).toBe(
        page.find('.ending').shadowRoot?.activeElement,
      );
      expect(page.find('#back').getAttribute('href')).toBe('https://app.example.com/invoices/1042');
    });
  }

  it('says so when Qonto does not let this member pay, who may be somebody else', async () => {
    const page = await openPage({ state: STATES['not allowed'] });
    await page.becomes('error');
    expect(page.words()).toContain('does not let you prepare payments');
    expect(page.words()).toContain('signed in for Atelier Lumière, as Alice Martin');
    expect(page.has('#switch-member')).toBe(true);
    expect(page.has('#confirm')).toBe(false);
  });

  it('stays at the review when the sign-out did not get through', async () => {
    const page = await openPage({ state: review(), answers: { 'sign-out': { drop: true } } });
    await page.becomes('review');
    await userEvent.click(page.find('#switch-member'));
    await page.says('That did not get through');
    expect(page.status()).toBe('review');
  });

  it('shows what the sign-out says when it names no way on', async () => {
    const stuck = { ...signedOut(), signIn: null, bankUnavailable: true };
    const page = await openPage({ state: review(), answers: { 'sign-out': { state: stuck } } });
    await page.becomes('review');
    await userEvent.click(page.find('#switch-member'));
    await page.becomes('error');
  });

  it('has the colours of the shared views', async () => {
    const page = await openPage({ state: review() });
    await page.becomes('review');
    const view = getComputedStyle(page.find('qpay-payee-check'));
    const own = getComputedStyle(document.documentElement);
    for (const name of ['surface', 'text', 'muted', 'line', 'accent', 'warn', 'bad', 'radius']) {
      const value = (style: CSSStyleDeclaration) =>
        style.getPropertyValue(`--qp-${name}`).replace(/\s/g, '').replaceAll('#ffffff', '#fff');
      expect(value(own), name).toBe(value(view));
    }
  });

  it('says so when there is no such intent', async () => {
    const page = await openPage({ answers: { read: problem('intent-not-found', 404) } });
    await page.becomes('error');
    expect(page.words()).toContain('This payment does not exist');
    expect(page.has('#close')).toBe(false);
  });

  it('offers to close its own window when there is no such intent', async () => {
    window.name = 'qonto-pay-1';
    const page = await openPage({ answers: { read: problem('intent-not-found', 404) } });
    window.name = '';
    await page.becomes('error');
    expect(page.find('#close').textContent?.trim()).toBe('Close');
  });
});
