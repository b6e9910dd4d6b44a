import type { QpayItemTable } from '@qonto-pay/widget/views/item-table';
import { describe, expect, it } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { allOf, manyItems, manyKnown } from './many-rows.js';
import {
  MANY_STATES,
  manyChecked,
  manyChecking,
  manyPartly,
  manyPaying,
  manyReview,
  manyWithDocument,
} from './many-states.js';
import { accessibilityProblems, armed, type OpenPage, openPage } from './open-page.js';
import { review } from './states.js';

const box = (page: OpenPage, name: 'select' | 'accept', row: number): Promise<HTMLElement> =>
  page.appears(`input[data-${name}="${row}"]`);

/** Rows that are out of sight do not exist. */
const show = (page: OpenPage, row: number): Promise<void> =>
  page.find<QpayItemTable>('qpay-item-table').focusRow(row);

async function openMany(state: unknown, answers = {}): Promise<OpenPage> {
  const page = await openPage({ state, answers });
  await page.appears('qpay-item-table');
  await page.appears('[role=row]');
  return page;
}

const after = (count: number, selected: number[], check: 'needed' | 'done') =>
  manyReview({ count, review: { version: 2, selected, check } });

describe('the review of many', () => {
  it('says how many invoices are paid, how much, how they are sent, and how it is approved', async () => {
    const page = await openMany(manyChecked(40));
    for (const words of [
      '40 of 40 invoices',
      '€17,268.20',
      '33 go as instant transfers and 7 as standard transfers',
      'ask you once, for all of them',
      '36 payees match',
    ]) {
      await page.says(words);
    }
    expect(page.find('#confirm').textContent?.trim()).toBe('Pay 40 invoices · €17,268.20');
  });

  it('waits while the bank checks the payees, and says what the bank found', async () => {
    const page = await openMany(manyChecking(40));
    expect(page.find('#confirm').textContent?.trim()).toBe('Checking 40 payees…');
    expect(page.find('#confirm').ariaDisabled).toBe('true');
    await page.script({ state: { ...manyChecked(40), serverTime: new Date().toISOString() } });
    await page.says('36 payees match');
    expect(page.find('[role=status]').textContent).toBe('36 payees match, 4 need your decision.');
  });

  it('counts at once, posts once, and asks for another check', async () => {
    const page = await openMany(manyChecked(12), {
      review: { state: after(12, [0, 1, 2], 'needed') },
    });
    const [third, sixth] = [await box(page, 'select', 3), await box(page, 'select', 6)];
    // By script, in one breath: clicks of a slow browser may be far apart, and are two posts then.
    third.click();
    await page.says('11 of 12 invoices');
    sixth.click();
    await page.says('10 of 12 invoices');
    expect(page.find('#confirm').ariaDisabled).toBe('true');
    await page.says('Check 3 payees');
    const posts = await page.seen('review');
    expect(posts.map(({ fields }) => fields)).toEqual([
      { pageToken: 'token-of-this-page', select: '0-2,4-5,7-11' },
    ]);
    await page.script({ answers: { review: { state: after(12, [0, 1, 2], 'done') } } });
    await userEvent.click(page.find('#check'));
    await page.says('Pay 3 invoices');
    expect((await page.seen('review'))[1]?.fields.check).toBe('yes');
  });

  it('does not let anything be paid that is counted differently here', async () => {
    const page = await openMany(manyReview({ count: 5, review: { amount: '1.00' } }));
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(page.find('#confirm').ariaDisabled).toBe('true');
  });

  it('says that at least one invoice must be chosen', async () => {
    const page = await openMany(manyChecked(12));
    await userEvent.click(await page.appears('#select-all'));
    await page.says('Choose at least one invoice.');
    expect(await page.seen('review')).toHaveLength(0);
  });

  it('leads to the first decision that is missing, and confirms with all of them', async () => {
    const page = await openMany(manyChecked(40), {
      confirm: { status: 202, state: manyPaying('confirmed', 40) },
    });
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('4 decisions are missing');
    expect(await page.seen('confirm')).toHaveLength(0);
    await expect.poll(() => page.deep('input[data-accept="3"]')[0]?.matches(':focus')).toBe(true);
    for (const row of [3, 6, 7, 9]) {
      await show(page, row);
      await userEvent.click(await box(page, 'accept', row));
    }
    await userEvent.click(page.find('#confirm'));
    await page.becomes('confirmed');
    expect((await page.seen('confirm'))[0]?.fields).toEqual({
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      pageToken: 'token-of-this-page',
      reviewVersion: '1',
      lang: 'en',
      account: 'acc_1',
      accept: '3,6-7,9',
    });
  });

  it('asks anew where a later check says otherwise', async () => {
    const page = await openMany(manyChecked(12));
    await show(page, 7);
    await userEvent.click(await box(page, 'accept', 7));
    const was = {
      payeeCheck: { result: 'no_match' as const, bankName: null, was: 'not_possible' as const },
    };
    const state = manyReview({
      count: 12,
      review: { version: 2 },
      known: { 7: { ...was, decisionNeeded: true } },
    });
    await page.script({ state });
    await page.says('differs from the first check');
    expect((page.deep('input[data-accept="7"]')[0] as HTMLInputElement).checked).toBe(false);
  });

  it('keeps a decision while nothing about it changes', async () => {
    const page = await openMany(manyChecked(12));
    await show(page, 7);
    await userEvent.click(await box(page, 'accept', 7));
    await page.script({
      state: manyReview({ count: 12, review: { version: 2, balanceTooLow: true } }),
    });
    await page.says('holds less than the amount');
    expect((page.deep('input[data-accept="7"]')[0] as HTMLInputElement).checked).toBe(true);
  });

  it('posts the day: now, on the due dates, or one that is chosen', async () => {
    const page = await openMany(manyChecked(12));
    await userEvent.selectOptions(page.find('#pay-on'), 'due');
    await expect.poll(() => page.seen('review')).toHaveLength(1);
    await userEvent.selectOptions(page.find('#pay-on'), 'date');
    const input = await page.appears('#pay-date');
    expect((input as HTMLInputElement).min > new Date().toISOString().slice(0, 10)).toBe(true);
    await userEvent.fill(input, '2099-01-04');
    await expect.poll(async () => (await page.seen('review')).length).toBeGreaterThan(1);
    const posts = await page.seen('review');
    expect(posts.map(({ fields }) => fields.payOn)).toEqual(['due', '2099-01-04']);
  });

  it('leads to the date where none is chosen yet, instead of paying on another day', async () => {
    const matching = Object.fromEntries(
      manyKnown(12).map(({ index }) => [index, { decisionNeeded: false }]),
    );
    const page = await openMany(manyReview({ count: 12, known: matching }));
    await armed(page);
    await userEvent.selectOptions(page.find('#pay-on'), 'date');
    await page.appears('#pay-date');
    await userEvent.click(page.find('#confirm'));
    await expect.poll(() => document.activeElement?.id).toBe('pay-date');
    expect(await page.seen('confirm')).toHaveLength(0);
  });

  it('pays one after the other where the plan pays one', async () => {
    const one = (selected: number[], version: number) =>
      manyReview({ count: 9, review: { version, selectable: 'one', selected, payOn: 'now' } });
    const page = await openMany(one([0], 1), { review: { state: one([4], 2) } });
    await page.says('pays one invoice at a time');
    await page.says('Pay 1 invoice ·');
    await show(page, 4);
    await userEvent.click(await box(page, 'select', 4));
    await expect.poll(async () => (await page.seen('review'))[0]?.fields.select).toBe('4');
  });

  it('shows a request that did not get through, and goes back to what is so', async () => {
    const page = await openMany(manyChecked(12), { review: { drop: true } });
    await userEvent.click(await box(page, 'select', 3));
    await page.says('That did not get through');
    await page.says('12 of 12 invoices');
  });

  it('speaks French', async () => {
    const page = await openPage({ state: manyChecked(40) }, 'fr');
    await page.appears('[role=row]');
    await page.says('40 factures sur 40');
    await page.says('4 demandent votre attention');
    await page.says('36 bénéficiaires correspondent');
  });

  it('has nothing to scroll sideways on a phone', async () => {
    await browserPage.viewport(360, 740);
    for (const name of ['many checked', 'fr many checked', 'fr many partly settled']) {
      const page = await openPage(
        { state: MANY_STATES[name] },
        name.startsWith('fr') ? 'fr' : 'en',
      );
      await page.appears('[role=row]');
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
      page.find('main').closest('qonto-pay-page')?.remove();
    }
    await browserPage.viewport(480, 760);
  });
});

describe('documents', () => {
  const file = (name: string, type: string, size = 10) =>
    new File([new Uint8Array(size)], name, { type });

  it('uploads the invoice of a row that needs one', async () => {
    const page = await openMany(manyWithDocument('missing'), {
      documents: { state: manyWithDocument('ready') },
    });
    await userEvent.upload(
      await page.appears('input[type=file]'),
      file('a.pdf', 'application/pdf'),
    );
    await page.says('Invoice attached.');
    expect((await page.seen('documents'))[0]?.fields).toEqual({
      pageToken: 'token-of-this-page',
      item: '5',
      file: 'a.pdf 10',
    });
  });

  it.each([
    ['a.txt', 'text/plain', 10, 'not a PDF, JPEG or PNG'],
    ['a.pdf', 'application/pdf', 10 * 1024 * 1024 + 1, 'larger than 10 MB'],
  ])(
    'says what is wrong with %s of %s and %i bytes, and sends nothing',
    async (name, type, size, words) => {
      const page = await openMany(manyWithDocument('missing'));
      await userEvent.upload(await page.appears('input[type=file]'), file(name, type, size));
      await page.says(words);
      expect(await page.seen('documents')).toHaveLength(0);
    },
  );

  it('says what the service has against a file', async () => {
    const refused = { status: 415, body: { code: 'document-not-accepted' } };
    const page = await openMany(manyWithDocument('missing'), { documents: refused });
    await userEvent.upload(
      await page.appears('input[type=file]'),
      file('a.pdf', 'application/pdf'),
    );
    await page.says('not a PDF, JPEG or PNG');
  });

  it('leads to the permission where Qonto wants one', async () => {
    const page = await openMany(manyWithDocument('consent'));
    const link = await page.appears('[data-document=consent] a');
    expect(link.getAttribute('href')).toContain('for=documents');
  });

  it('leads to the row without its document instead of paying', async () => {
    const state = manyWithDocument('missing');
    const known = manyKnown(40).map((row) => ({ ...row, decisionNeeded: false }));
    const items = known.map((row) =>
      row.index === 5 ? { ...row, document: 'missing' as const } : row,
    );
    const plain = { ...state, review: state.review && { ...state.review, items } };
    const page = await openMany(plain);
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.says('One invoice document is not at Qonto yet');
    expect(await page.seen('confirm')).toHaveLength(0);
  });

  it('asks for the document of a single invoice too', async () => {
    const page = await openPage({
      state: review({}, { document: 'missing' }),
      answers: { documents: { state: review({ version: 2 }, { document: 'ready' }) } },
    });
    await userEvent.upload(await page.appears('input[type=file]'), file('a.png', 'image/png'));
    await page.says('Invoice attached.');
  });
});

describe('the results of many', () => {
  it('shows the total and the count that the phone shows', async () => {
    const page = await openPage({ state: manyPaying('approval_needed', 37) });
    await page.becomes('approval_needed');
    await page.says('Your 37 payments, €16,303.04');
    await page.says('Payments 37');
  });

  it('follows each row, and says how far it is', async () => {
    const settled = (rows: number[]) =>
      Object.fromEntries(rows.map((at) => [at, { status: 'settled' as const }]));
    const page = await openMany(manyPaying('processing', 10, settled([0, 1])));
    await page.says('2 of 10 settled');
    await page.script({ state: manyPaying('processing', 10, settled(allOf(7)), {}, { seq: 6 }) });
    await page.says('7 of 10 settled');
    // biome-ignore lint/performance/useDomNodeTextContent: the words as they stand, spaces of the layout included.
    expect(page.deep('.fold').map((fold) => fold.innerText.replace(/\s+/g, ' '))[0]).toContain(
      '3 in progress',
    );
  });

  it('retries exactly those that failed', async () => {
    const again = { ...manyPartly(), review: manyReview({ count: 40 }).review };
    const page = await openMany(again);
    await page.says('37 of 40 settled, 3 failed');
    await page.says('does not accept the payee’s bank details');
    expect(page.find('#again').textContent?.trim()).toBe('Retry the 3 that failed');
    await userEvent.click(page.find('#again'));
    await page.becomes('review');
    await expect.poll(async () => (await page.seen('review'))[0]?.fields.select).toBe('4,11,23');
  });

  it('leaves the first choice of the service as it is where it is the same', async () => {
    const { review: of } = manyReview({ count: 40, review: { selected: [4, 11, 23] } });
    const page = await openMany({ ...manyPartly(), review: of });
    await userEvent.click(page.find('#again'));
    await page.becomes('review');
    await page.says('Pay 3 invoices');
    expect(await page.seen('review')).toHaveLength(0);
  });

  it('offers the proofs and the results for download', async () => {
    const page = await openMany(manyPartly());
    expect(page.find('#proofs').getAttribute('href')).toMatch(
      /\/pay\/api\/intents\/.*\/proofs\.zip$/,
    );
    expect(page.find('#results').getAttribute('href')).toMatch(/results\.csv$/);
    await userEvent.click(await page.appears('[data-fold=done]'));
    expect((await page.appears('[data-row="0"] a')).getAttribute('href')).toMatch(/proof\?item=0$/);
  });

  it('cancels a scheduled payment after a second question', async () => {
    const page = await openMany(MANY_STATES['many scheduled'], {
      cancel: { state: manyPaying('scheduled', 8, { 2: { status: 'canceled' } }, {}, { seq: 6 }) },
    });
    await userEvent.click(await page.appears('[data-withdraw="2"]'));
    await page.says('€170.88 to Nordwind Logistik GmbH will not be sent.');
    await userEvent.click(page.find('#withdraw-yes'));
    await expect.poll(async () => (await page.seen('cancel'))[0]?.fields.items).toBe('2');
  });

  it('cancels all scheduled payments after a second question', async () => {
    const page = await openMany(
      manyPaying('processing', 8, {
        1: { status: 'scheduled', scheduledOn: '2099-01-04', cancelable: true },
        2: { status: 'scheduled', scheduledOn: '2099-01-04', cancelable: true },
        6: { status: 'scheduled', scheduledOn: '2099-01-04', cancelable: true },
      }),
      { cancel: { state: manyPaying('canceled', 8, {}, {}, { seq: 6 }) } },
    );
    await userEvent.click(page.find('#withdraw-all'));
    await page.says('Cancel these 3 payments?');
    await page.says('3 payments, €750.21 in all, will not be sent.');
    await userEvent.click(page.find('#withdraw-no'));
    expect(await page.seen('cancel')).toHaveLength(0);
    await userEvent.click(page.find('#withdraw-all'));
    await userEvent.click(page.find('#withdraw-yes'));
    await page.becomes('canceled');
    expect((await page.seen('cancel'))[0]?.fields.items).toBe('1-2,6');
    expect(page.has('#withdraw-all')).toBe(false);
  });

  it('has no button for all where one payment can be canceled', async () => {
    const one = { 2: { status: 'scheduled' as const, cancelable: true } };
    const page = await openMany(manyPaying('scheduled', 8, one));
    expect(page.has('#withdraw-all')).toBe(false);
  });

  it('has the proof of a single payment', async () => {
    const page = await openPage({ state: MANY_STATES['one settled with proof'] });
    expect((await page.appears('#proof')).getAttribute('href')).toMatch(/proof\?item=0$/);
  });

  it('has the way back of a single payment while it is scheduled', async () => {
    const page = await openPage({ state: MANY_STATES['one scheduled'] });
    await userEvent.click(await page.appears('#withdraw'));
    await userEvent.click(page.find('#withdraw-yes'));
    await expect.poll(async () => (await page.seen('cancel'))[0]?.fields.items).toBe('0');
  });

  it('tells nothing of a colleague’s reasons', async () => {
    const page = await openMany(manyPaying('processing', 5, {}, { mine: false }));
    await page.says('A colleague has confirmed this payment');
    expect(manyItems(5).every(({ payee }) => page.words().includes(payee.name))).toBe(true);
  });
});

describe('accessibility', () => {
  for (const [name, state] of Object.entries(MANY_STATES)) {
    it(`has nothing to say against: ${name}`, async () => {
      const page = await openPage({ state }, name.startsWith('fr ') ? 'fr' : 'en');
      await expect.poll(() => page.status()).not.toBe('loading');
      await expect.poll(() => page.words()).not.toMatch(/Loading…|Chargement…/);
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  }
});
