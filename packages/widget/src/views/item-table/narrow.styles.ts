import { css } from 'lit';

/** Cards where there is no room for columns; and what the reader's system asks for. */
export const narrowStyles = css`
  @container (width < 54rem) {
    .sort {
      display: contents;
    }
    #sort {
      flex: 0 1 8rem;
    }
    .all {
      flex-basis: 100%;
    }
    #search {
      flex-basis: 10rem;
    }
    .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      min-block-size: 0;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .row,
    :host([choice='none']) .row {
      grid-template: 'select payee payee' auto 'select reference amount' auto 'select check state' auto / 2.75rem minmax(0, 1fr) auto;
      gap: 4px 8px;
      align-items: baseline;
      padding-block: 12px;
    }
    :host([choice='none']) .row {
      grid-template-columns: 0 minmax(0, 1fr) auto;
      column-gap: 8px;
      padding-inline-start: 8px;
    }
    .select {
      grid-area: select;
      align-self: start;
      margin-block-start: -10px;
    }
    .payee {
      grid-area: payee;
      padding-inline-end: 20px;
    }
    .reference {
      grid-area: reference;
      color: var(--qp-muted);
    }
    .row .amount {
      grid-area: amount;
      font-size: 1.0625rem;
    }
    .check {
      grid-area: check;
    }
    .state {
      grid-area: state;
      position: static;
      justify-content: end;
      padding: 0;
    }
    .row {
      position: relative;
    }
    .row .chevron {
      inset: 6px 2px auto auto;
    }
    :host([choice='none']) .state {
      grid-column: 2 / -1;
      justify-content: start;
    }
    .due {
      display: none;
    }
    .panel > *,
    :host([choice='none']) .panel > * {
      padding: 4px 12px 20px;
    }
  }
  @media (forced-colors: active) {
    .sign svg {
      color: inherit;
    }
    .attention,
    .failed,
    .held {
      border-inline-start: 4px solid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .chevron {
      transition: rotate 120ms;
    }
  }
`;
