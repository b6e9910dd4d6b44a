import type { LitElement, ReactiveController } from 'lit';
import { placeAfter } from './keys.js';
import type { Sight } from './sight.js';

const CONTROLS = 'input, button, a, qpay-item-details';
const HEAD = 'head';

interface Grid {
  host: LitElement;
  sight: Sight;
  /** Columns are named by buttons that can be pressed; cards have none. */
  hasHeader: () => boolean;
  /** The focus came to another line by a key. */
  onLine: (key: string) => void;
}

/** One tab stop for the whole grid; arrows lead on, also to lines that do not exist yet. */
export class Roving implements ReactiveController {
  readonly #grid: Grid;
  #key = '';
  #cell = 0;
  #stop: HTMLElement | undefined;

  constructor(grid: Grid) {
    this.#grid = grid;
    grid.host.addController(this);
  }

  get #root(): HTMLElement | null {
    return this.#grid.host.renderRoot?.querySelector('[role=grid]') ?? null;
  }

  /** A line that leaves the page must not take the focus with it. */
  hostUpdate(): void {
    const focused = (this.#grid.host.renderRoot as ShadowRoot | undefined)?.activeElement;
    const key = focused?.closest<HTMLElement>('[data-key]')?.dataset.key;
    if (!key || key === HEAD) return;
    const stays = this.#grid.sight.shown.some((entry) => entry.key === key);
    if (!stays) this.#root?.focus({ preventScroll: true });
  }

  hostUpdated(): void {
    const { sight } = this.#grid;
    if (this.#key === '' || (this.#key !== HEAD && sight.lines.indexOf(this.#key) < 0))
      this.#key = sight.lines.entries[0]?.key ?? '';
    this.#moveStop();
  }

  readonly onFocusIn = (event: Event): void => {
    const target = event.target as HTMLElement;
    const line = target.closest<HTMLElement>('[data-key]');
    const cell = target.closest<HTMLElement>('[role=gridcell], [role=columnheader]');
    if (!line?.dataset.key || !cell) return;
    this.#key = line.dataset.key;
    const isRow = line.dataset.row !== undefined || this.#key === HEAD;
    // A line of one cell keeps the column that the payer came from.
    if (isRow) this.#cell = [...line.children].indexOf(cell);
    this.#moveStop();
  };

  /** @returns whether the key moved the focus. */
  onKey(event: KeyboardEvent): boolean {
    const { lines } = this.#grid.sight;
    const line = this.#key === HEAD ? -1 : lines.indexOf(this.#key);
    const cells = this.#root?.querySelector('.head')?.childElementCount ?? 1;
    const grid = { entries: lines.entries, cells, hasHeader: this.#grid.hasHeader() };
    const next = placeAfter(event, { line, cell: this.#cell }, grid);
    if (!next) return false;
    event.preventDefault();
    this.#cell = next.cell;
    void this.focusLine(next.line).then(() => {
      if (next.line !== line) this.#grid.onLine(this.#key);
    });
    return true;
  }

  async focusLine(line: number): Promise<void> {
    const { sight, host } = this.#grid;
    this.#key = line < 0 ? HEAD : (sight.lines.entries[line]?.key ?? this.#key);
    if (line >= 0) sight.bring(line);
    if (!this.#target()) await host.updateComplete;
    const target = this.#target();
    this.#moveStop();
    target?.focus({ preventScroll: true });
    target?.closest('[role=gridcell]')?.scrollIntoView({ block: 'nearest' });
  }

  /** What takes the focus in the active cell: its only control, else the cell itself. */
  #target(): HTMLElement | undefined {
    const line = this.#root?.querySelector(`[data-key="${this.#key}"]`);
    const cell = line?.children[Math.min(this.#cell, line.childElementCount - 1)];
    return (cell?.querySelector<HTMLElement>(CONTROLS) ?? cell) as HTMLElement | undefined;
  }

  #moveStop(): void {
    const target = this.#target();
    if (this.#root) this.#root.tabIndex = target ? -1 : 0;
    if (this.#stop !== target && this.#stop) this.#stop.tabIndex = -1;
    // What a row shows when it is open keeps its own tab stops.
    const isOwn = target?.closest('.panel') && target.matches(CONTROLS);
    this.#stop = isOwn ? undefined : target;
    if (this.#stop) this.#stop.tabIndex = 0;
  }
}
