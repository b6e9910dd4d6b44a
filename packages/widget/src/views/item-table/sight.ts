import type { LitElement, ReactiveController } from 'lit';
import { Lines, type Range } from './lines.js';
import type { Entry } from './rows.js';

/** Lines exist this far beyond the window. */
const BEYOND_PX = 700;
/** More are made after so much of it was scrolled: a few at a time, so that no step is a long one. */
const STEP_PX = 128;
/** Before anything was measured: as many as a window holds. */
const AT_FIRST = 14;

/** Keeps only those lines of the grid in the page that are in sight, and their place true. */
export class Sight implements ReactiveController {
  readonly lines = new Lines();
  range: Range = { start: 0, end: AT_FIRST };
  #width = 0;
  readonly #host: LitElement;
  #isNew = true;
  #sizes: ResizeObserver | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Captured, so that it is heard whichever element scrolls.
    document.addEventListener('scroll', this.#look, { capture: true, passive: true });
    window.addEventListener('resize', this.#look);
    this.#sizes = new ResizeObserver(([size]) => this.#resized(size?.contentRect.width ?? 0));
    this.#sizes.observe(this.#host);
  }

  hostDisconnected(): void {
    document.removeEventListener('scroll', this.#look, { capture: true });
    window.removeEventListener('resize', this.#look);
    this.#sizes?.disconnect();
  }

  get shown(): Entry[] {
    return this.lines.entries.slice(this.range.start, this.range.end);
  }

  get body(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('.body');
  }

  /** Other lines, or others in them. */
  place(entries: Entry[]): void {
    this.lines.place(entries);
    this.#isNew = true;
    if (this.body) this.range = this.#inSight(BEYOND_PX);
  }

  hostUpdated(): void {
    const isNew = this.#isNew;
    // Before anything is read: a layout with lines at other places would move the window.
    this.#hold();
    if (this.#measure() || isNew) this.#look();
    this.#hold();
    if (this.body?.querySelector('.panel')) void this.#waitForPanels();
  }

  /** Scrolls so that a line which does not exist yet comes into sight. */
  bring(line: number): void {
    const { body } = this;
    if (!body || (line >= this.range.start && line < this.range.end)) return;
    const top = body.getBoundingClientRect().top + this.lines.topOf(line);
    window.scrollBy({ top: top - window.innerHeight / 2, behavior: 'instant' });
    this.#look();
  }

  readonly #look = (): void => {
    if (!this.body) return;
    const needed = this.#inSight(BEYOND_PX - STEP_PX);
    if (needed.start >= this.range.start && needed.end <= this.range.end) return;
    this.range = this.#inSight(BEYOND_PX);
    this.#host.requestUpdate();
  };

  #inSight(beyond: number): Range {
    const top = -(this.body?.getBoundingClientRect().top ?? 0);
    return this.lines.between(top - beyond, top + window.innerHeight + beyond);
  }

  /** Reads the heights of lines that are new, and of all when their content may have changed. */
  #measure(): boolean {
    const heights = new Map<string, number>();
    for (const line of this.body?.children ?? []) {
      const { key } = (line as HTMLElement).dataset;
      if (!key || (!this.#isNew && this.lines.isMeasured(key))) continue;
      heights.set(key, line.getBoundingClientRect().height);
    }
    this.#isNew = false;
    return this.lines.measure(heights);
  }

  /** By script, as the page's policy allows no style attribute. */
  #hold(): void {
    const { body, lines, range } = this;
    if (!body) return;
    body.style.paddingBlockStart = `${lines.topOf(range.start)}px`;
    body.style.blockSize = `${lines.height}px`;
  }

  /** What a row shows when it is open draws itself, later than the table but before the next frame. */
  async #waitForPanels(): Promise<void> {
    const panels = this.body?.querySelectorAll('qpay-item-details') ?? [];
    await Promise.all([...panels].map((panel) => panel.updateComplete));
    this.#isNew = true;
    if (!this.#measure()) return;
    this.#hold();
    this.#look();
  }

  #resized(width: number): void {
    if (width === this.#width) return;
    this.#width = width;
    // In the next frame, as the observer must not change what it observes.
    requestAnimationFrame(() => {
      this.lines.forget();
      this.#isNew = true;
      this.#host.requestUpdate();
    });
  }
}
