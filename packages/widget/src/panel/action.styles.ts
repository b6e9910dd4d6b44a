import { css } from 'lit';

/** Buttons and links of the panel: targets of 44 px. */
export const actionStyles = css`
  button,
  a {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    padding: 8px 16px;
    border: 0 solid var(--qp-line);
    border-radius: 8px;
    color: var(--qp-accent);
    background: none;
    font: inherit;
    text-decoration: none;
    cursor: pointer;
    &:hover {
      text-decoration: underline;
    }
  }
  .action {
    margin: 16px 8px 0 0;
    border-width: 1px;
  }
  .main {
    color: var(--qp-accent-text);
    background: var(--qp-accent);
  }
`;
