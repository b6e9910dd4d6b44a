import { css } from 'lit';

export const buttonStyles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: top;
  }
  :host([appearance=light]) {
    color-scheme: light;
  }
  :host([appearance=dark]) {
    color-scheme: dark;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    max-inline-size: 100%;
    min-block-size: max(44px, var(--qonto-pay-height, 3em));
    padding: 0.5em 0;
    border: 1px solid transparent;
    border-radius: var(--qp-radius);
    color: var(--qp-accent-text);
    background: var(--qp-accent);
    font: 600 1rem / 1.25 var(--qp-font);
    text-wrap: balance;
    cursor: pointer;
    &::before,
    &::after {
      flex: 0 1e9 auto;
      inline-size: 1em;
      content: '';
    }
    &:hover {
      filter: brightness(1.1);
    }
    &:disabled {
      opacity: 0.55;
      cursor: not-allowed;
    }
    &[aria-expanded] {
      border-color: color-mix(in srgb, currentColor 40%, transparent);
      color: inherit;
      background: none;
    }
  }
  :host([size=small]) button {
    font-size: 0.875rem;
  }
  :host([size=large]) button {
    font-size: 1.125rem;
  }
  svg {
    flex: none;
    inline-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
  }
  [role=status] {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
