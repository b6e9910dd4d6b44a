import { css } from 'lit';

export const panelStyles = css`
  :host {
    inline-size: min(416px, 100vw - 32px);
    max-inline-size: 100%;
    margin-block-start: 16px;
  }
  section {
    border: 1px solid var(--qp-line);
    border-radius: var(--qp-radius);
    background: var(--qp-surface);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    padding: 8px 8px 8px 24px;
    font-variant-numeric: tabular-nums;
  }
  #title span {
    font-weight: 600;
  }
  .body {
    padding: 24px;
    border-block-start: 1px solid var(--qp-line);
  }
`;
