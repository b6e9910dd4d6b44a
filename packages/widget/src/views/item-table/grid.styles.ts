import { css } from 'lit';

/** Columns from 600 px of width, cards below. Lengths in rem, so that larger text makes more room. */
export const gridStyles = css`
  :host {
    font-size: 0.9375rem;
    line-height: 1.4;
    --columns: 2.75rem minmax(11rem, 2.2fr) minmax(6rem, 1.6fr) minmax(6.5rem, auto) 6.25rem minmax(7rem, 1.1fr) minmax(7rem, 1.3fr);
  }
  :host([choice='none']) {
    --columns: minmax(11rem, 2.2fr) minmax(8rem, 1.8fr) 8rem 6.25rem minmax(10rem, 1.4fr);
  }
  svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  [tabindex]:focus-visible,
  input:focus-visible,
  button:focus-visible {
    outline-offset: -2px;
  }
  [role='gridcell'],
  [role='columnheader'] {
    min-inline-size: 0;
    scroll-margin-block: 4rem 10rem;
  }
  .only-spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    padding-block-end: 12px;
  }
  .all {
    display: flex;
    gap: 12px;
    align-items: center;
    flex: 1 1 16rem;
    min-block-size: 44px;
    padding-inline-start: 10px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  #search,
  #sort {
    min-block-size: 44px;
    min-inline-size: 0;
    padding-inline: 12px;
    border: 1px solid light-dark(#85817a, #7c7d84);
    border-radius: var(--qp-radius);
    background: var(--qp-surface);
  }
  #search {
    flex: 1 1 16rem;
  }
  .sort {
    display: none;
  }
  input[type='checkbox'],
  input[type='radio'] {
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    flex: none;
    accent-color: var(--qp-accent);
  }
  .grid {
    border: 1px solid var(--qp-line);
    border-radius: var(--qp-radius);
  }
  .body {
    position: relative;
    /* Its lines come and go while it scrolls: none of them may hold the page. */
    overflow-anchor: none;
  }
  .head,
  .row {
    display: grid;
    grid-template-columns: var(--columns);
    column-gap: 1.25rem;
    align-items: center;
    padding-inline-end: 12px;
  }
  :host([choice='none']) .head,
  :host([choice='none']) .row {
    padding-inline-start: 16px;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    min-block-size: 44px;
    border-block-end: 1px solid var(--qp-line);
    border-start-start-radius: var(--qp-radius);
    border-start-end-radius: var(--qp-radius);
    background: var(--qp-surface);
    color: var(--qp-muted);
    font-size: 0.8125rem;
  }
  .head button {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .head .amount button {
    justify-content: end;
  }
  .head [aria-sort] {
    color: var(--qp-text);
    font-weight: 600;
  }
  .row {
    min-block-size: 4rem;
    padding-block: 8px;
    cursor: pointer;
    contain: layout style;
  }
  .row,
  .group {
    border-block-start: 1px solid var(--qp-line);
  }
  .body > :first-child {
    border-block-start: 0;
  }
  .row:hover {
    background: color-mix(in srgb, var(--qp-text) 4%, transparent);
  }
  .hit {
    display: grid;
    place-items: center;
    min-inline-size: 44px;
    min-block-size: 44px;
    cursor: pointer;
  }
  .row .amount {
    font-weight: 600;
  }
  .name {
    display: block;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .iban {
    display: block;
    color: var(--qp-muted);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  .reference {
    overflow-wrap: anywhere;
  }
  .reference > span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .amount {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .row[aria-selected='false'] :is(.name, .amount) {
    color: var(--qp-muted);
    font-weight: 400;
  }
  .due {
    color: var(--qp-muted);
    font-variant-numeric: tabular-nums;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    align-items: center;
    position: relative;
    padding-inline-end: 28px;
  }
  .row .chevron {
    position: absolute;
    inset-inline-end: -8px;
    padding: 8px;
    border: 0;
    background: none;
    color: var(--qp-muted);
    cursor: pointer;
  }
  .chevron {
    display: inline-flex;
  }
  .chevron[aria-expanded='true'],
  [aria-expanded='true'] .chevron {
    rotate: 90deg;
  }
  .sign {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .sign svg {
    color: var(--tone, var(--qp-muted));
  }
  a,
  .withdraw {
    padding: 4px;
    border: 0;
    background: none;
    color: var(--qp-accent);
    text-decoration: underline;
    cursor: pointer;
  }
  .fold {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 8px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 48px;
    padding: 8px 16px 8px 12px;
    border: 0;
    background: color-mix(in srgb, var(--qp-text) 4%, transparent);
    font-weight: 600;
    text-align: start;
    cursor: pointer;
  }
  .fold .amount {
    font-weight: 400;
  }
  .attention,
  .failed,
  .held {
    box-shadow: inset 4px 0 0 var(--qp-warn);
  }
  .failed {
    box-shadow: inset 4px 0 0 var(--qp-bad);
  }
  .panel > * {
    padding: 4px 16px 20px 4rem;
  }
  :host([choice='none']) .panel > * {
    padding-inline-start: 16px;
  }
  .action {
    min-block-size: 44px;
    padding: 8px 16px;
    border: 1px solid light-dark(#85817a, #7c7d84);
    border-radius: var(--qp-radius);
    background: var(--qp-surface);
    cursor: pointer;
  }
  .empty {
    display: grid;
    gap: 12px;
    justify-items: start;
    padding: 24px 16px;
  }
`;
