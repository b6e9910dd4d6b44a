import { html, type TemplateResult } from 'lit';

const RING = 'M12 3a9 9 0 1 0 .01 0';

export const ICONS = {
  check: `${RING}M8 12.5l2.7 2.7L16 9.5`,
  cross: `${RING}M9 9l6 6m0-6-6 6`,
  warning: 'M12 3.5 2.8 19.5h18.4ZM12 10v4.5m0 2.6v.1',
  clock: `${RING}M12 7v5l3.2 2`,
  phone: 'M7 2.5h10v19H7ZM11 18h2',
} as const;

export type IconName = keyof typeof ICONS;

/** Decorative: the words beside an icon always say the same. */
export const drawn = (path: string): TemplateResult => html`<svg
  viewBox="0 0 24 24"
  width="24"
  height="24"
  fill="none"
  stroke="currentColor"
  stroke-width="1.8"
  stroke-linecap="round"
  aria-hidden="true"
>
  <path d=${path} />
</svg>`;

export const icon = (name: IconName): TemplateResult => drawn(ICONS[name]);
