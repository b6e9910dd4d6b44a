import { fixture, fixtureCleanup, html } from '@open-wc/testing';
import { formatAmount, parseAmount } from '@qonto-pay/shared';
import type { QpayItemTable } from '@qonto-pay/widget/views/item-table';
import '@qonto-pay/widget/views/item-table';
import { tableEn } from '@qonto-pay/widget/messages/en.item-table';
import { centsOf, totalOf } from '@qonto-pay/widget/views/item-table/total';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import '@qonto-pay/widget/views/item-table/details';
import { manyItems, manyKnown } from './many-rows.js';
import { payItem } from './states.js';

// Lines that are out of sight do not exist, and a table below another is out of sight.
afterEach(() => fixtureCleanup());

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

const column = (all: (selector: string) => HTMLElement[], selector: string): string[] =>
  all(`.row ${selector}`).map((cell) => cell.textContent?.trim() ?? '');

describe('the rows', () => {
  it('puts what needs the payer first, and folds away what matches', async () => {
    const { all } = await openTable();
    // biome-ignore lint/performance/useDomNodeTextContent: the words as they stand, spaces of the layout included.
    expect(all('.fold').map((fold) => fold.innerText.replace(/\s+/g, ' '))).toEqual([
      '4 need you €2,029.75',
      '36 payees match €15,238.45',
    ]);
    expect(all('.row')).toHaveLength(4);
  });

  it('unfolds what matches, and says so to the reader', async () => {
    const { all, find, said, table } = await openTable();
    await userEvent.click(find('[data-fold=matched]'));
    await table.updateComplete;
    expect(all('.row').length).toBeGreaterThan(4);
    expect(find('[data-fold=matched]').ariaExpanded).toBe('true');
    expect(said).toEqual(['Unfolded.']);
  });

  it('says each payee check in a word beside its icon', async () => {
    const { all } = await openTable();
    expect(column(all, '.check')).toEqual([
      'Almost matches',
      'Does not match',
      'Not possible',
      'Matches',
    ]);
    expect(all('.row .check svg')).toHaveLength(4);
    expect(column(all, '.state').at(-1)).toBe('IBAN has changed');
  });

  it('tells the grid how many rows there are, also those that do not exist yet', async () => {
    const { find, all } = await openTable({
      count: 400,
      table: { known: manyKnown(400, 'pending') },
    });
    expect(find('[role=grid]').ariaRowCount).toBe('402');
    expect(all('.row').length).toBeLessThan(60);
    expect(all('.row')[0]?.ariaRowIndex).toBe('3');
  });

  it('sorts by a column, both ways, and back to the order of the invoices', async () => {
    const { all, find, table, said } = await openTable({
      count: 5,
      table: { known: manyKnown(5, 'pending') },
    });
    const asGiven = column(all, '.amount');
    const press = async () => {
      await userEvent.click(find('[data-sort=amount]'));
      await table.updateComplete;
      return column(all, '.amount');
    };
    const cents = (amounts: string[]) => amounts.map((text) => Number(text.replace(/[€,.]/g, '')));
    const ascending = await press();
    expect(cents(ascending)).toEqual(cents(asGiven).sort((a, b) => a - b));
    expect(find('.head [aria-sort]').ariaSort).toBe('ascending');
    expect(cents(await press())).toEqual(cents(ascending).reverse());
    expect(await press()).toEqual(asGiven);
    expect(said[0]).toBe('Sorted by amount, ascending.');
  });

  it.each([
    ['studio archer', 'Studio Archer'],
    ['NL91 ABNA', 'Studio Archer'],
    ['inv-1006', 'Studio Archer'],
    ['487,64', 'Studio Archer'],
  ])('finds %s', async (query, name) => {
    const { all, find, table } = await openTable({ count: 10 });
    await userEvent.fill(find('#search'), query);
    await table.updateComplete;
    expect(column(all, '.name')).toEqual([name]);
  });

  it('says that nothing was found, and leads back', async () => {
    const { all, find, table, root } = await openTable({ count: 10 });
    await userEvent.fill(find('#search'), 'nobody');
    await table.updateComplete;
    expect(find('.empty').textContent).toContain('No invoice has “nobody”.');
    await userEvent.click(find('[data-clear]'));
    await table.updateComplete;
    expect(all('.row').length).toBeGreaterThan(0);
    expect((root.querySelector('#search') as HTMLInputElement).value).toBe('');
  });
});

describe('choosing', () => {
  it('counts the selected rows and their amount with every tick', async () => {
    const { find, table, said } = await openTable({ count: 10 });
    expect(find('.all').textContent).toContain('10 of 10 selected, €');
    await userEvent.click(find('[data-select="3"]'));
    await table.updateComplete;
    expect(table.selected.size).toBe(9);
    expect((find('#select-all') as HTMLInputElement).indeterminate).toBe(true);
    expect(said.at(-1)).toMatch(/^9 of 10 selected, €/);
  });

  it('selects none and all with one box', async () => {
    const { find, table } = await openTable({ count: 10 });
    await userEvent.click(find('#select-all'));
    await table.updateComplete;
    expect(table.selected.size).toBe(0);
    await userEvent.click(find('#select-all'));
    await table.updateComplete;
    expect(table.selected.size).toBe(10);
  });

  it('takes the box for the rows that the search leaves', async () => {
    const { find, table } = await openTable({ count: 20 });
    await userEvent.fill(find('#search'), 'bureau');
    await table.updateComplete;
    await userEvent.click(find('#select-all'));
    await table.updateComplete;
    expect(table.selected.size).toBe(18);
  });

  it('chooses one row where rows are paid one after the other', async () => {
    const { all, find, table } = await openTable({
      count: 9,
      table: { choice: 'one', selected: new Set([0]), known: manyKnown(9, 'unchecked') },
    });
    expect(all('input[type=radio]')).toHaveLength(9);
    expect(all('#select-all')).toHaveLength(0);
    await userEvent.click(find('[data-select="4"]'));
    expect([...table.selected]).toEqual([4]);
  });
});

describe('the keyboard', () => {
  it('has one tab stop, and arrows lead from cell to cell', async () => {
    const { all, find, line, root } = await openTable({
      count: 8,
      table: { known: manyKnown(8, 'pending') },
    });
    const stops = all('[role=grid] [tabindex="0"]');
    expect(stops).toHaveLength(1);
    stops[0]?.focus();
    expect(line()).toBe('g-checking');
    await userEvent.keyboard('{ArrowDown}');
    expect(line()).toBe('r-0');
    expect(root.activeElement).toBe(find('[data-select="0"]'));
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(line()).toBe('r-1');
    expect(root.activeElement?.className).toBe('reference');
    await userEvent.keyboard('{End}');
    expect(root.activeElement?.ariaLabel).toBe('Details of Boulangerie Petit');
    await userEvent.keyboard('{Home}');
    expect(root.activeElement).toBe(find('[data-select="1"]'));
    expect(all('[role=grid] [tabindex="0"]')).toHaveLength(1);
  });

  it('comes to the last row and back, though it did not exist', async () => {
    const { all, line } = await openTable({
      count: 400,
      table: { known: manyKnown(400, 'pending') },
    });
    all('[role=grid] [tabindex="0"]')[0]?.focus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.poll(line).toBe('r-399');
    await userEvent.keyboard('{PageUp}');
    await expect.poll(line).toBe('r-389');
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await expect.poll(line).toBe('head');
  });

  it('toggles a row with Space and opens it with Enter', async () => {
    const { all, line, table, said } = await openTable({
      count: 8,
      table: { known: manyKnown(8, 'pending') },
    });
    all('[role=grid] [tabindex="0"]')[0]?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight} ');
    await table.updateComplete;
    expect(table.selected.has(0)).toBe(false);
    await userEvent.keyboard('{Enter}');
    await table.updateComplete;
    expect(all('.panel')).toHaveLength(1);
    expect(line()).toBe('r-0');
    expect(said).toContain(
      'Imprimerie Duval, €12.50, due 1 Dec 2026, Checking…, selected. Row 1 of 8.',
    );
  });

  it('ticks a decision on the way down', async () => {
    const { all, find, table } = await openTable({ count: 10 });
    await table.focusRow(3);
    await userEvent.keyboard(' ');
    await expect.poll(() => [...table.accepted]).toEqual([3]);
    expect(find('.panel')).toBe(all('.panel')[0]);
  });

  it('keeps the focus in the grid when its row scrolls out of the page', async () => {
    const { all, find, line, root } = await openTable({
      count: 400,
      table: { known: manyKnown(400, 'pending') },
    });
    all('[role=grid] [tabindex="0"]')[0]?.focus();
    await userEvent.keyboard('{ArrowDown}');
    window.scrollTo({ top: 12_000, behavior: 'instant' });
    await expect.poll(() => all('[data-row="0"]')).toHaveLength(0);
    expect(root.activeElement).toBe(find('[role=grid]'));
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(line).toBe('r-1');
  });
});

describe('size', () => {
  it('shows the rows of the place that it is scrolled to', async () => {
    const { all, find } = await openTable({
      count: 400,
      table: { known: manyKnown(400, 'pending') },
    });
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
    await expect.poll(() => all('[data-row="399"]')).toHaveLength(1);
    const last = find('[data-row="399"]').getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(find('.body').getBoundingClientRect().bottom + 1);
    expect(all('.row').length).toBeLessThan(60);
  });

  it('stays where it is scrolled to, and never empty, past open rows of another height', async () => {
    const doubtful = { result: 'close_match', bankName: 'Duval et Fils', was: null } as const;
    const known = manyKnown(400).map((row) =>
      row.index % 20 === 3 ? { ...row, payeeCheck: doubtful, decisionNeeded: true } : row,
    );
    const { all, table } = await openTable({ count: 400, table: { known } });
    window.scrollTo({ top: 0, behavior: 'instant' });
    for (let step = 1; step <= 45; step += 1) {
      window.scrollBy({ top: 120, behavior: 'instant' });
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      const lines = all('[data-key]:not(.head)');
      const end = Math.min(table.getBoundingClientRect().bottom, window.innerHeight);
      expect([step, window.scrollY]).toEqual([step, step * 120]);
      expect(lines.at(-1)?.getBoundingClientRect().bottom).toBeGreaterThanOrEqual(end - 20);
    }
  });

  it('makes cards on a phone, without anything to scroll sideways', async () => {
    const { find, table } = await openTable({ count: 10 });
    await browserPage.viewport(360, 740);
    await expect.poll(() => getComputedStyle(find('.head')).position).toBe('absolute');
    await table.updateComplete;
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    const card = find('.row').getBoundingClientRect();
    const amount = find('.row .amount').getBoundingClientRect();
    expect(amount.right).toBeLessThanOrEqual(card.right);
    expect(amount.top).toBeGreaterThan(find('.row .name').getBoundingClientRect().top);
    await browserPage.viewport(480, 760);
  });

  it('has room for text of twice the size', async () => {
    const { all, find } = await openTable({ count: 10 });
    document.documentElement.style.fontSize = '200%';
    await expect
      .poll(() => Number.parseFloat(getComputedStyle(find('.row')).minBlockSize))
      .toBe(128);
    for (const name of all('.name')) {
      expect(name.scrollHeight).toBeLessThanOrEqual(name.clientHeight + 1);
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1280);
    document.documentElement.style.fontSize = '';
  });
});

describe('the total', () => {
  const amounts = fc.array(
    fc.record({ cents: fc.bigInt({ min: 1n, max: 99_999_999_999n }), isChosen: fc.boolean() }),
    { maxLength: 400 },
  );
  /** As the contract allows it: no, one or two decimals. */
  const written = (cents: bigint): string =>
    formatAmount(cents)
      .replace(/\.00$/, '')
      .replace(/(\.\d)0$/, '$1');

  it('is the sum of the cents, whatever is chosen and however it is written', () => {
    fc.assert(
      fc.property(amounts, (rows) => {
        const items = rows.map(({ cents }, index) => payItem({ index, amount: written(cents) }));
        const chosen = rows.flatMap(({ isChosen }, index) => (isChosen ? [index] : []));
        const sum = chosen.reduce((total, index) => total + (rows[index]?.cents ?? 0n), 0n);
        expect(totalOf(items, new Set(chosen))).toBe(formatAmount(sum));
      }),
    );
  });

  it('reads an amount as the service does', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 99_999_999_999n }), (cents) => {
        expect(centsOf(written(cents))).toBe(parseAmount(written(cents)));
      }),
    );
  });
});
