import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { allOf } from './many-rows.js';
import {
  askingOne,
  MANY_STATES,
  manyBeingApproved,
  manyPaying,
  manyRequested,
  manyReview,
  manyToApproveAgain,
  oneBeingApproved,
} from './many-states.js';
import { type OpenPage, openPage } from './open-page.js';
import { paying, released } from './states.js';

const box = (page: OpenPage, name: 'select' | 'accept', row: number): Promise<HTMLElement> =>
  page.appears(`input[data-${name}="${row}"]`);

async function openMany(state: unknown, answers = {}): Promise<OpenPage> {
  const page = await openPage({ state, answers });
  await page.appears('qpay-item-table');
  await page.appears('[role=row]');
  return page;
}

describe('colleagues', () => {
  it('lets a member who may not pay prepare and ask, with a note', async () => {
    const page = await openPage({
      state: askingOne(),
      answers: { request: { status: 202, state: { ...paying('requested', { kind: 'request' }) } } },
    });
    await page.becomes('ask');
    await userEvent.fill(await page.appears('#note'), 'Please pay by Friday');
    await userEvent.click(page.find('#ask'));
    await page.becomes('requested');
    await page.says('Your colleagues have been asked');
    expect((await page.seen('request'))[0]?.fields).toEqual({
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      pageToken: 'token-of-this-page',
      reviewVersion: '0',
      select: '',
      lang: 'en',
      note: 'Please pay by Friday',
    });
  });

  it('shows the rows to who asks', async () => {
    const page = await openMany(MANY_STATES['many may not pay']);
    expect(page.status()).toBe('ask');
    expect(page.deep('.row').length).toBeGreaterThan(5);
    expect(page.deep('input[data-select]')).toHaveLength(0);
  });

  it('asks for the rows that are chosen, once the service knows of them', async () => {
    const chosen = (selected: number[]) => ({
      ...manyReview({
        count: 8,
        result: 'unchecked',
        review: { version: 7, selected, check: 'needed' },
      }),
      notAllowed: true,
      canAsk: true,
    });
    const page = await openMany(chosen(allOf(8)), {
      review: { state: chosen([0, 1]), delayMs: 300 },
      request: { status: 202, state: manyRequested(false) },
    });
    // By script: a slow browser tells of its click when the answer is there.
    (await box(page, 'select', 2)).click();
    await expect.poll(() => page.find('#ask').ariaDisabled).toBe('true');
    await page.says('2 of 8 invoices');
    await userEvent.click(page.find('#ask'));
    await page.becomes('requested');
    expect((await page.seen('request'))[0]?.fields).toMatchObject({
      reviewVersion: '7',
      account: 'acc_1',
    });
  });

  it('offers to ask after the bank wants an approver', async () => {
    const state = { ...released('declined', 'needs-approver'), canAsk: true };
    const page = await openPage({ state });
    await page.becomes('declined');
    await page.appears('#ask');
  });

  it('asks for the permission first', async () => {
    const consents = { documents: null, ask: '/pay/in/sign-in?for=ask', review: null };
    const page = await openPage({ state: { ...askingOne(), consents } });
    expect((await page.appears('#ask-consent')).getAttribute('href')).toContain('for=ask');
    expect(page.has('#ask')).toBe(false);
  });

  it('lets an owner approve what a colleague prepared, then asks on the phone', async () => {
    const approval = {
      method: 'paired-device' as const,
      startedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 900_000).toISOString(),
    };
    const asked = manyPaying(
      'approval_needed',
      8,
      {},
      { kind: 'request', mine: false, approval },
      { seq: 6 },
    );
    const page = await openMany(manyRequested(true), { 'request/approve': { state: asked } });
    await page.says('A colleague asks you to approve');
    await userEvent.click(page.find('#approve'));
    await page.becomes('approval_needed');
    await page.says('Approve on your phone');
    expect((await page.seen('request/approve'))[0]?.fields.idempotencyKey).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  it('asks for now or one day, which holds for all rows', async () => {
    const asking = (payOn: string, version: number) => ({
      ...manyReview({ count: 8, review: { version, payOn, check: 'needed' } }),
      notAllowed: true,
      canAsk: true,
    });
    const page = await openMany(asking('now', 1), {
      review: { state: asking('2099-01-04', 2) },
      request: { status: 202, state: manyRequested(false) },
    });
    expect([...page.find('#pay-on').children].map((day) => day.getAttribute('value'))).toEqual([
      'now',
      'date',
    ]);
    await userEvent.selectOptions(page.find('#pay-on'), 'date');
    const date = await page.appears('#pay-date');
    await userEvent.click(page.find('#ask'));
    await expect.poll(() => document.activeElement?.id).toBe('pay-date');
    expect(await page.seen('request')).toHaveLength(0);
    await userEvent.fill(date, '2099-01-04');
    await page.says('Once it is approved, the bank sends it on this day.');
    await expect.poll(() => page.find('#ask').ariaDisabled).toBe(null);
    await userEvent.click(page.find('#ask'));
    await page.becomes('requested');
    expect((await page.seen('review')).map(({ fields }) => fields.payOn)).toEqual(['2099-01-04']);
    expect((await page.seen('request'))[0]?.fields.reviewVersion).toBe('2');
  });

  it.each([
    ['one invoice', oneBeingApproved()],
    ['many', manyBeingApproved()],
  ])('says that a colleague is being asked to approve %s', async (_, state) => {
    const page = await openPage({ state });
    await page.becomes('approval_needed');
    await page.says('A colleague is being asked to approve');
    expect(page.words()).not.toMatch(/Sending|Approve on your phone/);
    expect(document.title).toBe('A payment is in progress · Qonto Pay');
  });

  it('says it aloud when the colleague begins', async () => {
    const page = await openMany(manyRequested(false));
    await page.script({ state: manyBeingApproved() });
    await page.says('A colleague is being asked to approve. An owner or admin');
  });

  it('says in French that a colleague is being asked', async () => {
    const page = await openPage({ state: oneBeingApproved() }, 'fr');
    await page.says('Validation demandée à un collègue');
  });

  it('shows who approves that it is being sent, before their phone is asked', async () => {
    const sending = manyPaying(
      'sending',
      8,
      {},
      { kind: 'request', approval: null, cancelable: false },
      { seq: 6 },
    );
    const page = await openMany(manyRequested(true), { 'request/approve': { state: sending } });
    await userEvent.click(page.find('#approve'));
    await page.becomes('sending');
    expect(page.words()).not.toContain('A colleague is being asked');
  });

  it('says why the last approval came to nothing, and offers both answers again', async () => {
    const page = await openMany(manyToApproveAgain());
    await page.says('Your last approval did not go through. Your sign-in at Qonto had ended');
    expect(page.has('#approve') && page.has('#decline')).toBe(true);
  });

  it('says nothing of an approval where there was none', async () => {
    const page = await openMany(manyRequested(true));
    expect(page.has('#last-try')).toBe(false);
  });

  it('says once that Qonto was not allowed more, and takes it out of the address', async () => {
    const before = location.href;
    const url = new URL(before);
    url.searchParams.set('notice', 'consent-refused');
    history.replaceState(null, '', url);
    const page = await openPage({ state: askingOne() });
    await page.says('Everything else works as before.');
    expect(location.href).toBe(before);
    await expect.poll(() => document.activeElement?.id).toBe('notice');
    const again = await openPage({ state: askingOne() });
    await again.appears('#ask');
    expect(again.words()).not.toContain('Everything else works as before.');
  });

  it('lets an owner decline with a note', async () => {
    const declined = manyPaying(
      'declined',
      8,
      {},
      { kind: 'request', mine: false, reason: 'request-declined' },
      { seq: 6 },
    );
    const page = await openMany(manyRequested(true), { 'request/decline': { state: declined } });
    await userEvent.click(page.find('#decline'));
    await userEvent.fill(page.find('#decline-note'), 'Wrong supplier');
    await userEvent.click(page.find('#decline-yes'));
    await page.becomes('declined');
    expect((await page.seen('request/decline'))[0]?.fields.note).toBe('Wrong supplier');
  });
});
