import { css } from 'lit';

/**
 * The look that widget, pay page and views share. Partners set `--qonto-pay-*`; our own rules read
 * `--qp-*`, so that a value set anywhere above the element reaches it. Dark or light follows the
 * `color-scheme` in force, so a page that knows only light keeps a light button.
 */
export const tokens = css`
  :root,
  :host {
    --qp-bg: var(--qonto-pay-bg, light-dark(#f6f5f2, #141416));
    --qp-surface: var(--qonto-pay-surface, light-dark(#ffffff, #1e1f22));
    --qp-text: var(--qonto-pay-text, light-dark(#1c1b1a, #f1efeb));
    --qp-muted: var(--qonto-pay-muted, light-dark(#5d5a55, #b0aca4));
    --qp-line: var(--qonto-pay-line, light-dark(#dedad2, #3a3b40));
    --qp-accent: var(--qonto-pay-accent, light-dark(#2f5bd7, #9db5ff));
    --qp-accent-text: var(--qonto-pay-accent-text, light-dark(#ffffff, #10131c));
    --qp-ok: var(--qonto-pay-ok, light-dark(#1b7a45, #6fd39b));
    --qp-warn: var(--qonto-pay-warn, light-dark(#8a5a00, #f0bd5e));
    --qp-bad: var(--qonto-pay-bad, light-dark(#b3261e, #ff8f85));
    --qp-radius: var(--qonto-pay-radius, 12px);
    --qp-font: var(--qonto-pay-font, system-ui, sans-serif);
  }
`;

/** What every view and the button begin with: the box model, the focus ring, calm motion. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 3px solid var(--qp-accent);
    outline-offset: 2px;
  }
  h1,
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
  }
  svg {
    display: block;
    flex: none;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
