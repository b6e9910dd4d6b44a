import { describe, expect, it } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { words } from '../src/collect/collect.en.js';
import {
  COLLECT_STATES,
  collect,
  collectSignedOut,
  linked,
  lostLink,
  ofInvoice,
  paidLink,
  provider,
  reusableLink,
  twoCandidates,
  URL_OF_LINK,
  withOthers,
} from './collect-states.js';
import { accessibilityProblems, type OpenPage, openPage, problem } from './open-page.js';

/** The part has come and the page shows this state. */
async function open(state: unknown, answers = {}, lang: 'en' | 'fr' = 'en'): Promise<OpenPage> {
  const page = await openPage({ state, answers }, lang);
  await page.appears('h1, qpay-outcome');
  await expect.poll(() => page.words()).not.toContain('Loading…');
  return page;
}

const armed = (page: OpenPage) =>
  expect.poll(() => page.find('#create-link').ariaDisabled).toBeNull();

async function pressCreate(page: OpenPage): Promise<void> {
  await armed(page);
  await userEvent.click(page.find('#create-link'));
}

const fieldsOf = async (page: OpenPage, kind: string) =>
  (await page.seen(kind)).map(({ fields }) => fields);

describe('the sign-in for payment links', () => {
  it('says what Qonto is asked to allow, and nothing of paying', async () => {
    const page = await open(collectSignedOut());
    await page.says('“payment_link.read” and “payment_link.write”');
    expect(page.find('h1').textContent).toBe('Get paid by payment link');
    expect(page.find('#sign-in').getAttribute('href')).toContain('for=collect');
    expect(page.words()).not.toContain('Pay with');
    expect(document.title).toContain('Get paid by payment link');
  });

  it('tells a member who may not why, and who may', async () => {
    const page = await open(COLLECT_STATES['link not allowed']);
    await page.says('Only an owner or admin of your company can make payment links');
    expect(page.has('#switch-member')).toBe(true);
    expect(page.has('#back')).toBe(true);
  });
});

describe('the review of what is collected', () => {
  it('shows each row with its VAT, the totals by rate, and what the link will ask for', async () => {
    const page = await open(collect());
    expect(page.status()).toBe('review');
    const table = page.find('table.basket').textContent?.replace(/\s+/g, ' ') ?? '';
    for (const said of [
      '2 × €10.99 · VAT 21%',
      'Net €21.98, VAT €4.61',
      '1.5 hours × €12.00 · VAT 5.5%',
      'VAT 21% on €21.98',
      'VAT 5.5% on €18.00',
    ]) {
      expect(table).toContain(said);
    }
    expect(table.trim().endsWith('Total €45.60')).toBe(true);
    expect(page.find('#create-link').textContent?.trim()).toBe('Create payment link for €45.60');
    await page.says('The link can be paid once.');
    await page.says('You collect for Atelier Lumière, as Alice Martin.');
  });

  it('shows an invoice by its number and its client', async () => {
    const page = await open(ofInvoice());
    await page.says('F-2026-0077');
    await page.says('Société Nouvelle des Établissements Garnier');
    expect(page.has('table')).toBe(false);
  });

  it('offers the wanted methods, and says which of them is not enabled', async () => {
    const page = await open(collect());
    expect(page.find<HTMLInputElement>('#method-credit_card').checked).toBe(true);
    expect(page.find<HTMLInputElement>('#method-apple_pay').disabled).toBe(true);
    expect(page.find('#method-apple_pay').closest('label')?.textContent).toContain('not enabled');
    expect(page.has('#method-paypal')).toBe(false);
  });

  it('posts the chosen methods once, with a key of its own', async () => {
    const page = await open(collect(), { link: { status: 202, state: linked('making') } });
    await userEvent.click(page.find('#method-ideal'));
    await pressCreate(page);
    await page.becomes('making');
    expect(await fieldsOf(page, 'link')).toEqual([
      {
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        pageToken: 'token-of-this-page',
        methods: 'credit_card',
      },
    ]);
    await page.script({ state: linked('open') });
    await page.becomes('open');
    await expect.poll(() => document.title).toContain('Your payment link is ready');
  });

  it('has no link made by a script’s click', async () => {
    const page = await open(collect());
    await armed(page);
    page.find('#create-link').click();
    await page.script({ state: linked('open') });
    await page.becomes('open');
    expect(await page.seen('link')).toHaveLength(0);
  });

  it('asks for at least one method', async () => {
    const page = await open(collect());
    for (const method of ['credit_card', 'ideal'])
      await userEvent.click(page.find(`#method-${method}`));
    await pressCreate(page);
    await page.says('Choose at least one way to pay.');
    expect(document.activeElement?.id).toBe('method-credit_card');
    expect(await page.seen('link')).toHaveLength(0);
  });

  it('sends the same key again after a lost answer, and another after a refusal', async () => {
    const page = await open(collect(), { link: { drop: true } });
    await pressCreate(page);
    await page.says('it stays one link');
    await page.script({ answers: { link: problem('method-not-enabled') } });
    await pressCreate(page);
    await page.says('not enabled at Mollie. Please check');
    await pressCreate(page);
    await expect.poll(async () => (await page.seen('link')).length).toBe(3);
    const keys = (await fieldsOf(page, 'link')).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('makes another link beside an open one only when the member says so', async () => {
    const page = await open(withOthers(), { link: { status: 202, state: linked('making') } });
    expect(page.find('.links a').textContent).toBe('https://pay.qonto.example/links/pl_other');
    await pressCreate(page);
    await page.says('tick the box to create another one');
    expect(document.activeElement?.id).toBe('accept-others');
    expect(page.find('#accept-others').getAttribute('aria-describedby')).toBe('missing');
    expect(await page.seen('link')).toHaveLength(0);
    await userEvent.click(page.find('#accept-others'));
    await pressCreate(page);
    await page.becomes('making');
    expect((await fieldsOf(page, 'link'))[0]?.acceptOthers).toBe('yes');
  });

  it('makes none where another link has been paid', async () => {
    const page = await open(withOthers('paid'));
    await page.says('This invoice has been paid by another link');
    expect(page.has('#create-link')).toBe(false);
    expect(page.has('#back')).toBe(true);
  });
});

describe('an invoice of the same number that was paid', () => {
  it('asks the member to look, where it may be another one', async () => {
    const page = await open(withOthers('paid', true), {
      link: problem('not-the-payee'),
    });
    await page.says('make sure that it was for another invoice');
    await userEvent.click(page.find('#accept-others'));
    await pressCreate(page);
    await page.says('Sign in for that company');
    expect((await fieldsOf(page, 'link'))[0]?.acceptOthers).toBe('yes');
  });
});

describe('the connection to the provider', () => {
  it('posts the form, and goes to the provider’s own page', async () => {
    const here = location.href.split('#')[0] as string;
    const page = await open(provider('not_connected'), {
      provider: { state: provider('pending', `${here}#onboarding`) },
    });
    expect(page.status()).toBe('provider');
    await userEvent.selectOptions(page.find('#account'), 'acc_2');
    await userEvent.fill(page.find('#phone'), '+33 6 12 34 56 78');
    await userEvent.fill(page.find('#description'), 'Lamps');
    await page.says('5 of at least 80 characters');
    await userEvent.clear(page.find('#description'));
    await userEvent.click(page.find('#connect-provider'));
    await expect.poll(() => location.hash).toBe('#onboarding');
    history.replaceState(null, '', here);
    expect(await fieldsOf(page, 'provider')).toEqual([
      {
        pageToken: 'token-of-this-page',
        account: 'acc_2',
        phone: '+33 6 12 34 56 78',
        description: '',
        website: '',
      },
    ]);
  });

  it.each([
    ['account-not-usable', 'account', 'cannot arrive on this account'],
    ['invalid-phone-number', 'phone', 'no phone number with its country code'],
    ['invalid-description', 'description', 'at least 80 characters, or leave it empty'],
    ['invalid-website', 'website', 'Write the whole address'],
  ])('tells %s at its field, and leads there', async (code, field, sentence) => {
    const page = await open(provider('not_connected'), { provider: problem(code, 400) });
    await userEvent.fill(page.find('#phone'), '12');
    await userEvent.click(page.find('#connect-provider'));
    await page.says(sentence);
    await expect.poll(() => document.activeElement?.id).toBe(field);
    expect(page.find(`#${field}`).ariaInvalid).toBe('true');
    expect(page.find(`#${field}`).getAttribute('aria-describedby')).toContain(`${field}-problem`);
    expect(page.find<HTMLInputElement>('#phone').value).toBe('12');
  });

  it('leads on to the onboarding, and to the review once the provider is ready', async () => {
    const page = await open(COLLECT_STATES['provider pending']);
    await page.says('Mollie is not ready yet');
    expect(page.find<HTMLAnchorElement>('#connect-provider').href).toBe(
      'https://my.mollie.example/onboarding',
    );
    await page.script({ state: collect() });
    await page.becomes('review');
  });

  it('asks by itself while the provider is pending, as nobody tells it', async () => {
    const page = await open(COLLECT_STATES['provider pending'], { events: { status: 404 } });
    const before = (await page.seen('read')).length;
    await expect
      .poll(async () => (await page.seen('read')).length, { timeout: 12_000 })
      .toBeGreaterThan(before);
  });

  it('forgets in the address that it came back from the provider', async () => {
    const here = location.href;
    history.replaceState(null, '', '?provider=back');
    await open(collect());
    const query = location.search;
    history.replaceState(null, '', here);
    expect(query).toBe('');
  });
});

describe('a link whose answer was lost', () => {
  it('asks not to make another one', async () => {
    const page = await open(linked('unknown'));
    expect(page.status()).toBe('unknown');
    await page.says('Please do not make another one');
    expect(page.has('#create-link')).toBe(false);
  });

  it('lets the member choose between two, and posts the chosen one', async () => {
    const page = await open(twoCandidates(), { 'link/choose': { state: linked('open') } });
    expect(page.has('input:checked')).toBe(false);
    await userEvent.click(page.find('input[value=pl_b]'));
    await userEvent.click(page.find('#choose-link'));
    await page.becomes('open');
    expect(await fieldsOf(page, 'link/choose')).toEqual([
      { pageToken: 'token-of-this-page', candidate: 'pl_b' },
    ]);
  });

  it('takes "none of these" once the search has had its time', async () => {
    expect((await open(twoCandidates())).has('input[value=none]')).toBe(false);
    const page = await open(twoCandidates(true), {
      'link/choose': { state: linked('failed', { reason: 'not-at-the-bank' }) },
    });
    await userEvent.click(page.find('input[value=none]'));
    await userEvent.click(page.find('#choose-link'));
    await page.becomes('failed');
    expect((await fieldsOf(page, 'link/choose'))[0]?.candidate).toBe('none');
  });

  it('lets the member who has looked give up a link that is nowhere', async () => {
    const page = await open(lostLink(), {
      'link/choose': { state: linked('failed', { reason: 'not-at-the-bank' }) },
    });
    await page.says('Please look in your Qonto app');
    await userEvent.click(page.find('#choose-link'));
    await page.becomes('failed');
    expect((await fieldsOf(page, 'link/choose'))[0]?.candidate).toBe('nothing-found');
  });

  it('says so when the chosen one is gone', async () => {
    const page = await open(twoCandidates(), { 'link/choose': problem('candidate-not-found') });
    await userEvent.click(page.find('input[value=pl_a]'));
    await userEvent.click(page.find('#choose-link'));
    await page.says('no longer among those found');
  });
});

describe('a link', () => {
  it('opens beside the page, with its last day, its way back and its print', async () => {
    const page = await open(linked('open'));
    const link = page.find<HTMLAnchorElement>('#link-url');
    expect([link.href, link.target, link.rel]).toEqual([URL_OF_LINK, '_blank', 'noopener']);
    await page.says('It can be paid until 20 December 2026.');
    expect(page.find('#print').getAttribute('href')).toMatch(/^\/pay\/in_test\/print\?lang=en$/);
    expect(page.find('#back').textContent).toBe('Back to Compta & Co');
  });

  it('is copied, and that is said', async () => {
    const page = await open(linked('open'));
    await userEvent.click(page.find('#copy-link'));
    await expect.poll(() => page.find('[role=status]').textContent).toBe('Copied');
  });

  it('is drawn as a QR code when that is asked for', async () => {
    const page = await open(linked('open'));
    expect(page.deep('svg[role=img]')).toHaveLength(0);
    await userEvent.click(page.find('#link-qr summary'));
    const code = await page.appears('svg[role=img]');
    expect(code.getAttribute('aria-label')).toBe('QR code that opens the payment link');
  });

  it('becomes paid under the reader, and that is said', async () => {
    const page = await open(linked('open'));
    await page.script({ state: paidLink() });
    await page.becomes('paid');
    expect(page.find('[role=status]').textContent).toBe('Paid. Your client has paid by the link.');
    expect(page.find('#payments').textContent).toContain('Card');
    expect(page.has('#link-url')).toBe(false);
  });

  it('counts how often a reusable one was paid', async () => {
    const page = await open(reusableLink());
    await page.says('Paid 2 times so far.');
    await page.says('Another way to pay');
  });

  it('is deactivated after a second question', async () => {
    const page = await open(linked('open'), { 'link/deactivate': { state: linked('canceled') } });
    await userEvent.click(page.find('#deactivate'));
    expect(await page.seen('link/deactivate')).toHaveLength(0);
    await userEvent.click(page.find('#deactivate-yes'));
    await page.becomes('canceled');
  });

  it.each(['link-not-open', 'link-not-ours', 'bank-unavailable'] as const)(
    'says why it was not deactivated: %s',
    async (code) => {
      const page = await open(linked('open'), { 'link/deactivate': problem(code) });
      await userEvent.click(page.find('#deactivate'));
      await userEvent.click(page.find('#deactivate-yes'));
      await page.says(words.problems[code]);
      expect(page.find('#notice').matches(':focus')).toBe(true);
    },
  );

  it('is left to the Qonto app where it was not made here for certain', async () => {
    const page = await open(linked('open', { deactivatable: false }));
    await page.says('You can deactivate this link in your Qonto app.');
    expect(page.has('#deactivate')).toBe(false);
  });

  it.each(['expired', 'canceled'] as const)('is made anew after it is %s', async (status) => {
    const page = await open(linked(status));
    expect(page.status()).toBe(status);
    await userEvent.click(page.find('#again'));
    await page.becomes('review');
    expect(page.has('#create-link')).toBe(true);
  });

  it.each([
    'provider-not-connected',
    'not-allowed',
    'method-not-enabled',
    'bank-refused',
    'amount-differs',
    'paid-otherwise',
    'signed-out',
    'consent-needed',
    'not-at-the-bank',
  ] as const)('that came to nothing has a sentence for %s, and a way on', async (reason) => {
    const page = await open(linked('refused', { reason }));
    await page.says(words.reasons[reason].heading ?? 'No link was created');
    await page.says(words.reasons[reason].sentence);
    await page.says(words.reasons[reason].next);
    expect(page.has('#again')).toBe(true);
  });
});

describe('every state of payment links', () => {
  it.each(Object.entries(COLLECT_STATES))(
    '%s has no accessibility problem and fits a phone',
    async (name, state) => {
      await browserPage.viewport(360, 740);
      const page = await open(state, {}, name.startsWith('fr ') ? 'fr' : 'en');
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
      await browserPage.viewport(480, 760);
    },
  );
});
