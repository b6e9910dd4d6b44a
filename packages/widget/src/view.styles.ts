import { css } from 'lit';
import { buttonTokens } from './tokens.styles.js';

/** All that a view begins with: the tokens that the button can do without, and a plain box model. */
const viewTokens = css`
  :host {
    --qp-surface: var(--qonto-pay-surface, light-dark(#fff, #1e1f22));
    --qp-text: var(--qonto-pay-text, light-dark(#1c1b1a, #f1efeb));
    --qp-line: var(--qonto-pay-line, light-dark(#dedad2, #3a3b40));
    --qp-muted: var(--qonto-pay-muted, light-dark(#5d5a55, #b0aca4));
    --qp-ok: var(--qonto-pay-ok, light-dark(#1b7a45, #6fd39b));
    --qp-warn: var(--qonto-pay-warn, light-dark(#8a5a00, #f0bd5e));
    --qp-bad: var(--qonto-pay-bad, light-dark(#b3261e, #ff8f85));
    display: block;
    container-type: inline-size;
    color: var(--qp-text);
    font: 1em / 1.5 var(--qp-font);
    text-align: start;
  }
  p {
    margin: 0;
  }
  .heading {
    font-size: 1.125em;
    font-weight: 600;
    line-height: 1.3;
  }
  .words {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 4px 16px;
  }
  .mark {
    --tone: var(--qp-accent);
    grid-row: span 4;
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    border-radius: 50%;
    color: var(--tone);
    background: color-mix(in srgb, var(--tone) 12%, transparent);
  }
  @container (width < 320px) {
    .words {
      grid-template-columns: 1fr;
      gap: 8px;
    }
  }
  .ok {
    --tone: var(--qp-ok);
  }
  .warn {
    --tone: var(--qp-warn);
  }
  .bad {
    --tone: var(--qp-bad);
  }
`;

export const viewStyles = [buttonTokens, viewTokens];
