import { fixture } from '@open-wc/testing';
import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { VERSION } from '../src/version.js';
import { becomes, eventually, label, mount, part, Room, snapshotOf, wordsIn } from './room.js';

describe('the button', () => {
  it('says what it does, with the exact amount of the intent', async () => {
    const { element } = await mount();
    await becomes(element, 'open');
    expect(label(element)).toBe('Pay €1,234.00 with Qonto');
    expect(wordsIn(part(element, 'amount'))).toBe('€1,234.00');
  });

  it('speaks French where the page does, and writes money as the page does', async () => {
    const { element } = await mount([snapshotOf()], { lang: 'fr' });
    await becomes(element, 'open');
    expect(label(element).replace(/\s/g, ' ')).toBe('Payer 1 234,00 € avec Qonto');
  });

  it('takes the nearest lang, through a foreign shadow root', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="fr-CA"></div>`);
    const root = page.attachShadow({ mode: 'open' });
    const element = document.createElement('qonto-pay-button');
    root.append(element);
    await element.updateComplete;
    expect(label(element)).toBe('Payer avec Qonto');
  });

  it('keeps every cent of an amount that a float would lose', async () => {
    const { element } = await mount([snapshotOf('open', { amount: '9007199254740993.07' })]);
    await becomes(element, 'open');
    expect(label(element)).toContain('9,007,199,254,740,993.07');
  });

  it.each([
    ['paid', 'settled', 'Paid'],
    ['in-progress', 'processing', 'In progress'],
    ['withdrawn', 'open', 'Withdrawn'],
    ['lapsed', 'open', 'Expired'],
  ] as const)('says what is so when the intent is %s (%s)', async (why, status, words) => {
    const { element } = await mount([snapshotOf(status, { payable: false, why })]);
    await becomes(element, status);
    expect(label(element)).toBe(words);
  });

  it('shows the attributes until the snapshot is there, and instead of it when there is none', async () => {
    const room = new Room();
    await room.script({ answers: { snapshot: { status: 503 } } });
    const page = await fixture<HTMLElement>(
      html`<p lang="en">
        <qonto-pay-button bff=${room.base} intent="in_1" amount="12.50"></qonto-pay-button>
      </p>`,
    );
    const element = page.querySelector('qonto-pay-button');
    if (!element) throw new Error('There is no element');
    await eventually(async () => (await room.seen('snapshot')).length === 1, 'a snapshot is asked');
    expect(label(element)).toBe('Pay €12.50 with Qonto');
    expect(element.hasAttribute('status')).toBe(false);
    expect(part(element, 'panel')).toBeUndefined();
  });

  it('says what it does without an amount too', async () => {
    const page = await fixture<HTMLElement>(
      html`<p lang="en"><qonto-pay-button amount="12 EUR"></qonto-pay-button></p>`,
    );
    const element = page.querySelector('qonto-pay-button');
    expect(element && label(element)).toBe('Pay with Qonto');
  });

  it('hides the fallback link once it is there', async () => {
    const page = await fixture<HTMLElement>(
      html`<p><qonto-pay-button><a href="#pay">Pay with Qonto</a></qonto-pay-button></p>`,
    );
    expect(page.querySelector('a')?.checkVisibility()).toBe(false);
  });

  it('is focused by focus()', async () => {
    const { element, button } = await mount();
    element.focus();
    expect(element.shadowRoot?.activeElement).toBe(button);
  });

  it('mirrors its status in an attribute and in a custom state', async () => {
    const { element } = await mount([snapshotOf('processing')]);
    await becomes(element, 'processing');
    expect(element.matches(':state(processing)')).toBe(true);
    expect(element.status).toBe('processing');
    element.status = 'settled';
    await element.updateComplete;
    expect(element.getAttribute('status')).toBe('processing');
  });

  it.each(['small', 'medium', 'large'] as const)('is a target of 44 px when %s', async (size) => {
    const { button } = await mount([snapshotOf()], { size });
    expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  });

  it('follows --qonto-pay-height, but not below 44 px', async () => {
    const { element, button } = await mount();
    element.style.setProperty('--qonto-pay-height', '64px');
    expect(button.getBoundingClientRect().height).toBe(64);
    element.style.setProperty('--qonto-pay-height', '20px');
    expect(button.getBoundingClientRect().height).toBe(44);
  });

  it('gives up its side padding before its label wraps', async () => {
    const { element, button } = await mount();
    await becomes(element, 'open');
    const words = part(element, 'label');
    const page = element.parentElement;
    if (!page || !words) throw new Error('There is no label');
    const [widest, oneLine] = [button.offsetWidth, words.offsetHeight];
    // 1em of padding on each side is there to be given.
    page.style.inlineSize = `${widest - 30}px`;
    expect([button.offsetWidth, words.offsetHeight]).toEqual([widest - 30, oneLine]);
    page.style.inlineSize = `${widest - 40}px`;
    expect(words.offsetHeight).toBe(2 * oneLine);
    expect(button.offsetWidth).toBeLessThanOrEqual(widest - 40);
  });

  it('knows its version', () => {
    expect(VERSION).toBe(packageJson.version);
    expect(customElements.get('qonto-pay-button')).toHaveProperty('version', VERSION);
  });

  it('sends no credentials', async () => {
    await cookieStore.set('partner', '1');
    const { element, room } = await mount();
    await becomes(element, 'open');
    expect((await room.seen('snapshot'))[0]?.credentials).toBe(false);
  });
});
