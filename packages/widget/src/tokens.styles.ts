import { css } from 'lit';

/**
 * The look that widget, pay page and views share. Partners set `--qonto-pay-*`; our own rules read
 * `--qp-*`, so that a value set anywhere above the element reaches it. Dark or light follows the
 * `color-scheme` in force, so a page that knows only light keeps a light button. These are the ones
 * that the button needs.
 */
export const buttonTokens = css`
  :host {
    --qp-accent: var(--qonto-pay-accent, light-dark(#2f5bd7, #9db5ff));
    --qp-accent-text: var(--qonto-pay-accent-text, light-dark(#fff, #10131c));
    --qp-radius: var(--qonto-pay-radius, 12px);
    --qp-font: var(--qonto-pay-font, system-ui, sans-serif);
  }
  * {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 3px solid var(--qp-accent);
    outline-offset: 2px;
  }
`;
