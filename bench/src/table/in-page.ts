import type { PayState } from '@qonto-pay/shared';

/** Functions that run in the page under test: each has all that it needs inside. */

export type Action = 'scroll' | 'page-down' | 'select-all' | 'sort' | 'search';

export interface Steps {
  name: string;
  action: Action;
  count: number;
  /** Between two of them, for what the page does afterwards. */
  pauseMs: number;
}

const FRAMES_AFTER_A_STEP = 3;

/** Does it again and again; marks what belongs to each, up to the frames that follow it. */
export async function runSteps({ name, action, count, pauseMs, frames }: Steps & InPage) {
  const root = document.querySelector('qpay-item-table')?.shadowRoot ?? document;
  const find = <Found extends HTMLElement>(selector: string): Found => {
    const found = root.querySelector<Found>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  const typed = 'papeterie ';
  const actions: Record<Action, (step: number) => void> = {
    scroll: () => window.scrollBy({ top: 120, behavior: 'instant' }),
    'page-down': () => window.scrollBy({ top: 800, behavior: 'instant' }),
    'select-all': () => find('#select-all').click(),
    sort: () => find('[data-sort=amount]').click(),
    search(step) {
      const search = find<HTMLInputElement>('#search');
      search.value = typed.slice(0, (step % typed.length) + 1);
      search.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    },
  };
  for (let step = 0; step < count; step += 1) {
    performance.mark(`${name} from`);
    actions[action](step);
    for (let frame = 0; frame < frames; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve));
    performance.mark(`${name} to`);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

interface InPage {
  frames: number;
}

export const inPage = (steps: Steps): Steps & InPage => ({ ...steps, frames: FRAMES_AFTER_A_STEP });

/** Back to the top, with an empty search and every row unfolded. */
export async function tidy(): Promise<void> {
  const root = document.querySelector('qpay-item-table')?.shadowRoot ?? document;
  const search = root.querySelector<HTMLInputElement>('#search');
  if (search) search.value = '';
  search?.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  // The rows that match are the last ones, and folded; lines out of sight do not exist.
  for (const top of [document.documentElement.scrollHeight, 0]) {
    window.scrollTo({ top, behavior: 'instant' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    root.querySelector<HTMLElement>('[data-fold][aria-expanded=false]')?.click();
  }
  window.scrollTo({ top: 0, behavior: 'instant' });
}

/** What is in the page: `rows` of the table, and all elements. */
export function countElements(): { rows: number; elements: number; heightPx: number } {
  const roots: ParentNode[] = [document];
  let elements = 0;
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      elements += 1;
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  const root = document.querySelector('qpay-item-table')?.shadowRoot ?? document;
  const heightPx = document.documentElement.scrollHeight;
  return { rows: root.querySelectorAll('.row').length, elements, heightPx };
}

/** The baseline: asks for the same state, and makes a table of all rows with the same controls. */
export async function openPlainTable(): Promise<void> {
  const answer = await fetch('/pay/api/intents/in_bench');
  const { items, review } = (await answer.json()) as PayState;
  const known = new Map(review?.items.map((row) => [row.index, row]));
  const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
  const icon =
    '<svg viewBox="0 0 24 24"><path d="M5 12l5 5 9-10" stroke="green" fill="none"/></svg>';
  const rowOf = (item: PayState['items'][number]): string => `<tr class="row">
    <td><input type="checkbox" checked aria-label="Pay ${item.payee.name}"></td>
    <td><b>${item.payee.name}</b><br>${item.payee.iban.replace(/(.{4})/g, '$1 ')}</td>
    <td>${item.reference}</td>
    <td>${money.format(Number(item.amount))}</td>
    <td>${item.dueDate ? day.format(new Date(item.dueDate)) : ''}</td>
    <td>${icon}${known.get(item.index)?.payeeCheck.result}</td>
    <td>${icon}</td></tr>`;
  const main = document.querySelector('main') ?? document.body;
  main.innerHTML = `<label><input id="select-all" type="checkbox" checked><span></span></label>
    <input id="search" type="search">
    <table><thead><tr><th></th><th>Payee</th><th>Reference</th>
      <th><button data-sort="amount">Amount</button></th><th>Due</th><th>Check</th><th></th>
    </tr></thead><tbody>${items.map(rowOf).join('')}</tbody></table>`;
  const body = main.querySelector('tbody');
  const rows = [...main.querySelectorAll<HTMLElement>('.row')].map((row, index) => ({
    row,
    box: row.querySelector('input'),
    cents: Math.round(Number(items[index]?.amount) * 100),
    text: row.textContent.toLowerCase(),
  }));
  const showTotal = (): void => {
    const chosen = rows.filter(({ box }) => box?.checked);
    const cents = chosen.reduce((sum, one) => sum + one.cents, 0);
    const words = `${chosen.length} of ${rows.length} selected, ${money.format(cents / 100)}`;
    main.querySelector('span')?.replaceChildren(words);
  };
  const all = main.querySelector<HTMLInputElement>('#select-all');
  all?.addEventListener('change', () => {
    for (const { box } of rows) if (box) box.checked = all.checked;
    showTotal();
  });
  let direction = -1;
  main.querySelector('[data-sort]')?.addEventListener('click', () => {
    direction = -direction;
    rows.sort((one, other) => direction * (one.cents - other.cents));
    body?.append(...rows.map(({ row }) => row));
  });
  const search = main.querySelector<HTMLInputElement>('#search');
  search?.addEventListener('input', () => {
    const query = search.value.trim().toLowerCase();
    for (const { row, text } of rows) row.hidden = !text.includes(query);
  });
  showTotal();
}
