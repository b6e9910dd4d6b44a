import { css } from 'lit';

export const shareStyles = css`
  [part=share] {
    margin-block-start: 24px;
    padding-block-start: 24px;
    border-block-start: 1px solid var(--qp-line);
  }
  [part=link] {
    display: block;
    border-width: 1px;
    color: var(--qp-text);
    overflow-wrap: anywhere;
  }
  strong {
    display: block;
    color: var(--qp-accent);
  }
  .fact {
    color: var(--qp-muted);
    font-variant-numeric: tabular-nums;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .tools .action {
    margin: 0;
  }
  .fact,
  .tools,
  .note,
  qpay-link-qr {
    margin-block-start: 16px;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
