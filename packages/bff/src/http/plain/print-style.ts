import { Html } from '../html.js';

/**
 * Black on white on A4, whatever the scheme of the screen: it is made for paper. The totals are rows
 * like any others, as browsers print a footer at the end of every page.
 */
export const PRINT_STYLE = new Html(`
:root { color-scheme: light; }
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: #fff; color: #000; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 174mm; margin: 0 auto; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.3; } h2 { margin: 0 0 8px; font-size: 18px; }
a { color: #000; } .screen a { display: inline-block; padding: 10px 0; margin: -10px 0; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 6px 8px; text-align: start; vertical-align: top; border-bottom: 1px solid #999; }
th { font-weight: 600; } thead th { font-weight: 400; }
small { font-weight: 400; } .amount { white-space: nowrap; }
.basket :is(th, td) { padding-inline: 16px 0; } .basket :is(th, td):first-child { padding-inline: 0; }
.basket :is(.amount, tfoot th) { text-align: end; } .basket tfoot :is(th, td) { border: 0; }
tfoot { display: table-row-group; } .basket tfoot th { font-weight: 400; } .basket tfoot tr:last-child th { font-weight: 600; }
td, dd { font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 24px; margin: 16px 0; }
dt { color: #333; } dd { margin: 0; }
.ways { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
section { padding: 16px; border: 1px solid #000; break-inside: avoid; min-width: 0; }
section dl { display: block; } section dd { margin-bottom: 8px; }
.qr { display: block; width: 45mm; max-width: 100%; }
.address { overflow-wrap: anywhere; } .iban { font-size: 0.9em; }
tr, dl > * { break-inside: avoid; }
@media screen and (max-width: 640px) { .ways { grid-template-columns: minmax(0, 1fr); }
  dl { display: block; } dd { margin-bottom: 8px; }
  thead { position: absolute; clip-path: inset(50%); }
  table, tbody, tfoot, tr, th, td { display: block; } th, td { padding: 4px 0; border: 0; }
  tr { padding: 12px 0; border-bottom: 1px solid #999; }
  .basket :is(th, td), .basket :is(th, td):first-child { padding-inline: 0; text-align: start; }
  .basket tbody td { display: flex; gap: 8px; align-items: baseline; }
  [data-label]::before { flex: auto; text-align: start; content: attr(data-label); color: #333; }
  .basket tfoot tr { display: flex; gap: 16px; justify-content: space-between; padding: 4px 0; border: 0; } }
:focus-visible { outline: 3px solid #000; outline-offset: 2px; }
@media print { body { padding: 0; font-size: 10pt; line-height: 1.35; } .screen { display: none; }
  h1 { font-size: 16pt; } h2 { font-size: 12pt; } p { margin: 6pt 0; } table, .address { font-size: 9pt; }
  dl { margin: 8pt 0; gap: 2pt 24pt; } .ways { gap: 12pt; } section { padding: 10pt; }
  section dd { margin-bottom: 3pt; } .qr { width: 40mm; } }
`);
