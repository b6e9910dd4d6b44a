import { fixture, html } from '@open-wc/testing';
import type { QpayItemTable } from '@qonto-pay/widget/views/item-table';
import '@qonto-pay/widget/views/item-table';
import { tableEn } from '@qonto-pay/widget/messages/en.item-table';
import { describe, expect, it } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import '@qonto-pay/widget/views/item-table/details';
import { manyItems, manyKnown } from './many-states.js';

interface Given {
  count?: number;
  table?: Partial<QpayItemTable>;
}

/** A table whose owner takes every choice, as the page does. */
async function openTable({ count = 40, table: given = {} }: Given = {}) {
  await browserPage.viewport(1280, 900);
  document.documentElement.lang = 'en';
  const said: string[] = [];
  const table = await fixture<QpayItemTable>(
    html`<qpay-item-table .words=${tableEn}></qpay-item-table>`,
  );
  table.addEventListener('qpay-row', (event) => {
    said.push((event as CustomEvent<{ text: string }>).detail.text);
  });
  table.addEventListener('qpay-select', (event) => {
    table.selected = new Set((event as CustomEvent<{ selected: number[] }>).detail.selected);
  });
  table.addEventListener('qpay-accept', (event) => {
    const { index, isAccepted } = (event as CustomEvent).detail;
    table.accepted = isAccepted
      ? new Set([...table.accepted, index])
      : new Set([...table.accepted].filter((one) => one !== index));
  });
  Object.assign(table, {
    words: tableEn,
    items: manyItems(count),
    known: manyKnown(count),
    selected: new Set(manyItems(count).map(({ index }) => index)),
    ...given,
  });
  await table.updateComplete;
  await table.updateComplete;
  const root = table.shadowRoot as ShadowRoot;
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const find = (selector: string) => {
    const found = root.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`No ${selector}`);
    return found;
  };
  const line = () => (root.activeElement?.closest('[data-key]') as HTMLElement)?.dataset.key;
  return { table, root, all, find, said, line };
}

describe('bench', () => {
  it.each([40, 400, 2000, 400, 2000])('opens %s', async (count) => {
    await openTable({ count: 40 });
    const items = manyItems(count);
    const known = manyKnown(count, 'pending');
    const selected = new Set(items.map(({ index }) => index));
    const table = document.createElement('qpay-item-table');
    await new Promise(requestAnimationFrame);
    const started = performance.now();
    Object.assign(table, { words: tableEn, items, known, selected });
    document.body.append(table);
    await table.updateComplete;
    await table.updateComplete;
    table.getBoundingClientRect();
    const opened = performance.now() - started;
    const all = (selector: string) => [...(table.shadowRoot?.querySelectorAll(selector) ?? [])];
    console.log('opened', count, opened, all('.row').length);
    const steps: number[] = [];
    for (let step = 0; step < 100; step++) {
      await new Promise(requestAnimationFrame);
      const from = performance.now();
      window.scrollBy({ top: 120, behavior: 'instant' });
      document.dispatchEvent(new Event('scroll'));
      await table.updateComplete;
      table.shadowRoot?.querySelector('.body')?.getBoundingClientRect();
      steps.push(performance.now() - from);
    }
    steps.sort((a, b) => a - b);
    console.log('p50', steps[50], 'p95', steps[95], 'max', steps[99]);
    table.remove();
  });
});
