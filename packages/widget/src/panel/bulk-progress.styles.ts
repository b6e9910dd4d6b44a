import { css } from 'lit';

export const bulkProgressStyles = css`
  section {
    margin-block-start: 24px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--qp-line);
    font-variant-numeric: tabular-nums;
  }
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  #count {
    font-weight: 600;
  }
  [role=progressbar] {
    display: flex;
    gap: 2px;
    block-size: 8px;
    margin-block: 8px;
    border-radius: 4px;
    overflow: hidden;
    forced-color-adjust: none;
    & span {
      /* One row of 400 is still seen. */
      min-inline-size: 4px;
    }
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    color: var(--qp-muted);
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  i {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 3px;
    forced-color-adjust: none;
  }
  .paid {
    background: var(--qp-ok);
  }
  .failed {
    background: var(--qp-bad);
  }
  .checked {
    background: var(--qp-warn);
  }
  .scheduled {
    background: var(--qp-accent);
  }
  .waiting {
    background: color-mix(in srgb, var(--qp-accent) 40%, var(--qp-surface));
  }
  .open {
    background: var(--qp-line);
  }
  [part=row] {
    margin-block-start: 8px;
  }
`;
