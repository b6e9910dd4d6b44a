import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { oneLater } from './many-states.js';
import { armed, openPage } from './open-page.js';
import { paying, review } from './states.js';

describe('the day of a single invoice', () => {
  const today = () => ({ ...oneLater(), ...plainReview() });
  const plainReview = () => {
    const { review: of, items } = review({}, {}, { dueDate: '2098-12-15' });
    return { review: of, items };
  };

  it('is now by itself, and says how it is sent', async () => {
    const page = await openPage({ state: today() });
    await page.appears('#pay-on');
    await page.says('Instant transfer');
    expect(page.find('#confirm').textContent?.trim()).toBe('Pay €1,234.00');
    expect([...page.find('#pay-on').children].map((option) => option.textContent?.trim())).toEqual([
      'Now',
      'On its due date',
      'On a date',
    ]);
  });

  it('offers no due date that has passed', async () => {
    const state = { ...today(), items: review({}, {}, { dueDate: '2098-11-20' }).items };
    const page = await openPage({ state });
    const days = await page.appears('#pay-on');
    expect([...days.children].map((option) => option.getAttribute('value'))).toEqual([
      'now',
      'date',
    ]);
  });

  it('is posted, and then stands on the button and beside it', async () => {
    const page = await openPage({
      state: today(),
      answers: {
        review: { state: oneLater() },
        confirm: { status: 202, state: paying('confirmed') },
      },
    });
    await userEvent.selectOptions(await page.appears('#pay-on'), 'date');
    await userEvent.fill(await page.appears('#pay-date'), '2098-12-04');
    await page.says('Pay €1,234.00 on 4 December');
    await page.says('approve on your phone now. The money leaves your account on 4 December;');
    expect((await page.seen('review')).map(({ fields }) => fields.payOn)).toEqual(['2098-12-04']);
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await page.becomes('confirmed');
    expect((await page.seen('confirm'))[0]?.fields.reviewVersion).toBe('2');
  });

  it('names the year where it is another one', async () => {
    const page = await openPage({
      state: { ...oneLater(), serverTime: '2097-12-20T10:00:00.000Z' },
    });
    await page.says('Pay €1,234.00 on 4 December 2098');
  });

  it('says of a trusted payee that no phone is asked', async () => {
    const page = await openPage({ state: oneLater({ approval: 'none' }) });
    await page.says('your phone will not ask for approval. The money leaves your account on 4');
  });

  it('leads to the date where none is chosen yet, instead of paying now', async () => {
    const page = await openPage({ state: today() });
    await userEvent.selectOptions(await page.appears('#pay-on'), 'date');
    await page.appears('#pay-date');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await expect.poll(() => document.activeElement?.id).toBe('pay-date');
    expect(await page.seen('confirm')).toHaveLength(0);
  });

  it('stays as it was shown while the confirmation is under way', async () => {
    const page = await openPage({
      state: today(),
      answers: { confirm: { status: 202, state: paying('confirmed'), delayMs: 1_000 } },
    });
    await page.appears('#pay-on');
    await armed(page);
    await userEvent.click(page.find('#confirm'));
    await userEvent.selectOptions(page.find('#pay-on'), 'due');
    await page.becomes('confirmed');
    expect(await page.seen('review')).toHaveLength(0);
  });

  it('speaks French', async () => {
    const page = await openPage({ state: oneLater() }, 'fr');
    await page.says('Payer 1 234,00 € le 4 décembre');
    await page.says('valider maintenant sur votre téléphone');
  });
});
