import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const ring = svg`<circle cx="12" cy="12" r="9" />`;

const SHAPES = {
  check: svg`${ring}<path d="m8 12.5 2.7 2.7L16 9.5" />`,
  cross: svg`${ring}<path d="m9 9 6 6m0-6-6 6" />`,
  stop: svg`<path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3ZM12 7.5v5.5m0 3.4v.1" />`,
  warning: svg`<path d="M12 3.5 2.8 19.5h18.4ZM12 10v4.5m0 2.6v.1" />`,
  almost: svg`${ring}<path d="M8 10.4c1.3-1.3 2.7-1.3 4 0s2.7 1.3 4 0m-8 4c1.3-1.3 2.7-1.3 4 0s2.7 1.3 4 0" />`,
  question: svg`${ring}<path d="M9.5 9.6a2.5 2.5 0 1 1 3.6 2.3c-.7.4-1.1.9-1.1 1.7m0 2.9v.1" />`,
  clock: svg`${ring}<path d="M12 7v5l3.2 2" />`,
  minus: svg`${ring}<path d="M8.5 12h7" />`,
  phone: svg`<rect x="6.5" y="2.5" width="11" height="19" rx="2.5" /><path d="M11 18.3h2" />`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

/** Decorative: the words beside an icon always say the same. */
export const icon = (name: IconName): TemplateResult => html`<svg
  part="icon"
  class="icon"
  viewBox="0 0 24 24"
  width="24"
  height="24"
  fill="none"
  stroke="currentColor"
  stroke-width="1.8"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  ${SHAPES[name]}
</svg>`;
