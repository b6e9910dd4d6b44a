import { css } from 'lit';

/** What a row shows when it is open. */
export const detailsStyles = css`
  :host {
    display: grid;
    /* A file field is wider than a card on a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    font-size: inherit;
  }
  svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
  }
  input,
  button {
    font: inherit;
    color: inherit;
  }
  a {
    color: var(--qp-accent);
  }
  .facts {
    color: var(--qp-muted);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  input[type='checkbox'] {
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    accent-color: var(--qp-accent);
  }
  @media (forced-colors: active) {
    .warning svg {
      color: inherit;
    }
  }
  .warning {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 12px;
  }
  .warning svg {
    color: var(--qp-warn);
  }
  .warning.ok svg {
    color: var(--qp-ok);
  }
  .decision {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 12px;
    align-items: center;
    min-block-size: 48px;
    padding: 12px 16px;
    border: 1px solid light-dark(#85817a, #7c7d84);
    border-radius: var(--qp-radius);
    background: var(--qp-surface);
    font-weight: 600;
    cursor: pointer;
  }
  .missing {
    outline: 2px solid var(--qp-bad);
    outline-offset: 2px;
  }
  .problem {
    color: var(--qp-bad);
    font-weight: 600;
  }
  .document,
  .attach {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: start;
  }
  .attach label {
    font-weight: 600;
  }
  .attach input {
    max-inline-size: 100%;
    min-block-size: 44px;
  }
  .hint {
    color: var(--qp-muted);
    font-size: 0.875rem;
  }
  .action {
    display: inline-grid;
    place-items: center;
    justify-self: start;
    min-block-size: 44px;
    padding: 8px 16px;
    border: 1px solid light-dark(#85817a, #7c7d84);
    border-radius: var(--qp-radius);
    background: var(--qp-surface);
    color: inherit;
    text-decoration: none;
    cursor: pointer;
  }
`;
