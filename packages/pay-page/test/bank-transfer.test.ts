import type { BankTransfers } from '@qonto-pay/shared';
import jsqr from 'jsqr';
import { describe, expect, it, vi } from 'vitest';
import { page as browserPage, commands, userEvent } from 'vitest/browser';
import { accessibilityProblems, type OpenPage, openPage } from './open-page.js';
import { bankSilent, closed, paying, review, signedOut, transfer, transfers } from './states.js';

/** Another decoder than the encoder's, as a phone has it: pixels in, text out. */
async function textInPicture(png: string): Promise<string> {
  const answer = await fetch(`data:image/png;base64,${png}`);
  const image = await createImageBitmap(await answer.blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context?.drawImage(image, 0, 0);
  const { data, width, height } = context?.getImageData(0, 0, image.width, image.height) ?? {};
  const code = jsqr(data ?? new Uint8ClampedArray(), width ?? 0, height ?? 0);
  return new TextDecoder().decode(new Uint8Array(code?.binaryData ?? []));
}

interface BuiltJourney {
  early: string[];
  png: string;
  copied: Record<string, string>;
  complaints: string[];
}

const builtJourney = (): Promise<BuiltJourney> =>
  (commands as unknown as { bankTransfer: () => Promise<BuiltJourney> }).bankTransfer();

async function opened(
  answer: BankTransfers = transfers(),
  { state = signedOut(), lang = 'en' as 'en' | 'fr' } = {},
): Promise<OpenPage> {
  const script = { state, answers: { 'bank-transfer': { body: answer } } };
  const page = await openPage(script, lang);
  await page.appears('#bank-transfer');
  await userEvent.click(page.find('#bank-transfer summary'));
  return page;
}

describe('a bank transfer instead', () => {
  it('shows a code before sign-in whose very pixels another decoder reads, and copies each part', async () => {
    const { early, png, copied, complaints } = await builtJourney();
    const [row] = transfers().transfers;
    expect(await textInPicture(png)).toBe(row?.payload);
    expect(copied).toEqual({
      name: row?.name,
      iban: row?.iban,
      amount: '1234.00',
      reference: row?.reference,
    });
    expect(early).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is offered before sign-in, at the review and while Qonto does not answer', async () => {
    for (const state of [signedOut(), review(), bankSilent()]) {
      const page = await openPage({ state });
      await page.appears('#bank-transfer');
      expect(page.find('#bank-transfer summary').textContent).toBe('Pay by bank transfer instead');
      expect(await page.seen('bank-transfer')).toEqual([]);
    }
  });

  it('is not offered while the invoice is paid or being paid, and goes when that begins', async () => {
    for (const state of [paying('approval_needed'), paying('settled'), closed('paid')]) {
      const page = await openPage({ state });
      await expect.poll(page.status).not.toBe('loading');
      expect(page.has('#bank-transfer')).toBe(false);
    }
    const page = await opened(transfers(), { state: review() });
    await page.appears('svg[part=code]');
    await page.script({ state: closed('in-progress') });
    await page.becomes('in-progress');
    expect(page.has('#bank-transfer')).toBe(false);
  });

  it.each([
    ['en', 'Pay once only'],
    ['fr', 'Payez une seule fois'],
  ] as const)(
    'says that it is paid once only, on a phone, without faults for axe (%s)',
    async (lang, words) => {
      await browserPage.viewport(360, 740);
      const page = await opened(transfers(transfer(), transfer({ index: 1 })), { lang });
      await page.says(words);
      await page.appears('svg[part=code]');
      expect(page.words()).toContain('FR76 3000 6000 0112 3456 7890 189');
      expect(document.documentElement.scrollWidth).toBe(360);
      expect(await accessibilityProblems(page)).toEqual([]);
      await browserPage.viewport(480, 760);
    },
  );

  it('says aloud what was copied, with the comma of a French banking page', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    const page = await opened(transfers(), { lang: 'fr' });
    await page.appears('[data-copy=amount]');
    await userEvent.click(page.find('[data-copy=amount]'));
    await page.says('Copié : le montant.');
    expect(write).toHaveBeenLastCalledWith('1234,00');
    expect(page.find('[data-copy=amount]').textContent?.trim()).toBe('Copié');
    write.mockRejectedValue(new Error('not allowed'));
    await userEvent.click(page.find('[data-copy=iban]'));
    await page.says('n’a pas permis la copie');
    expect(page.find('[data-copy=iban]').textContent?.trim()).toBe('Copier');
    write.mockRestore();
  });

  it('of many invoices shows the one that is chosen', async () => {
    const page = await opened(transfers(transfer(), transfer({ index: 3, name: 'Garage Moreau' })));
    await page.appears('#transfer-row');
    expect(page.find('.copies').textContent).toContain('ACME SARL');
    await userEvent.selectOptions(page.find('#transfer-row'), '3');
    await expect.poll(() => page.find('.copies').textContent).toContain('Garage Moreau');
  });

  it('speaks of the client to who collects', async () => {
    const page = await opened({ ...transfers(), kind: 'link' });
    await page.says('Your client pays once only');
    expect(page.words()).not.toContain('Pay once only');
  });

  it('of a name that is too long shows all but the code', async () => {
    const page = await opened(transfers(transfer({ payload: null })));
    await page.says('too long for a QR code');
    expect(page.has('qpay-qr-code')).toBe(false);
    expect(page.has('[data-copy=iban]')).toBe(true);
  });

  it('asks anew when it is opened again, and shows no more what has been paid meanwhile', async () => {
    const page = await opened();
    await page.appears('[data-copy=iban]');
    await userEvent.click(page.find('#bank-transfer summary'));
    const body = { kind: 'transfer', transfers: [], why: 'paid' };
    await page.script({ answers: { 'bank-transfer': { body } } });
    await userEvent.click(page.find('#bank-transfer summary'));
    await page.says('This invoice has been paid.');
    expect(page.has('[data-copy=iban]')).toBe(false);
  });

  it('says so when it cannot be loaded, and tries again when it is told to', async () => {
    const page = await openPage({
      state: signedOut(),
      answers: { 'bank-transfer': { drop: true } },
    });
    await page.appears('#bank-transfer');
    await userEvent.click(page.find('#bank-transfer summary'));
    await page.says('did not get through');
    await page.script({ answers: { 'bank-transfer': { body: transfers() } } });
    await userEvent.click(page.find('qpay-bank-transfer button'));
    await page.says('Pay once only');
  });
});
