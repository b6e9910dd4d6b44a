import { Html } from './html.js';

/** The look of the pages without script: the same tokens as the pay page's stylesheet. */
export const STYLE = new Html(`
:root { color-scheme: light dark; --bg: #f6f5f2; --surface: #fff; --text: #1c1b1a; --muted: #5d5a55;
  --line: #dedad2; --control: #85817a; --accent: #2f5bd7; --accent-text: #fff; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --bg: #141416; --surface: #1e1f22; --text: #f1efeb;
  --muted: #b0aca4; --line: #3a3b40; --control: #7c7d84; --accent: #9db5ff; --accent-text: #10131c; --warn: #f0bd5e; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--bg); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 448px; margin: 0 auto; padding: 24px; background: var(--surface);
  border: 1px solid var(--line); border-radius: 12px; }
@media (max-width: 480px) { body { padding: 0; background: var(--surface); }
  main { border: 0; border-radius: 0; } }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.3; }
p { max-width: 40rem; }
dl { margin: 16px 0; } dt { color: var(--muted); font-size: 14px; }
dd { margin: 0 0 12px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
a { color: var(--accent); overflow-wrap: anywhere; }
p > a:only-child:not(.button) { display: inline-block; padding: 10px 0; margin: -10px 0; }
label { display: block; margin: 16px 0 4px; }
select { width: 100%; min-height: 44px; font: inherit; color: inherit; background: var(--surface);
  border: 1px solid var(--control); border-radius: 12px; padding: 0 12px; text-overflow: ellipsis; }
main.wide { max-width: 1120px; }
.wide :is(form > select, input, textarea, fieldset, details) { max-width: 30rem; }
h2 { margin: 24px 0 8px; font-size: 18px; } h3 { margin: 16px 0 4px; font-size: 16px; }
fieldset, details { margin: 16px 0; padding: 12px 16px; border: 1px solid var(--line); border-radius: 12px; }
summary { margin: -12px -16px; padding: 12px 16px; border-radius: 12px; cursor: pointer; }
[open] > summary { margin-bottom: 0; }
legend { padding: 0 4px; font-weight: 600; }
textarea, input:is([type='date'], [type='file'], [type='tel'], [type='url']) { width: 100%; min-height: 44px; font: inherit; color: inherit;
  background: var(--surface); border: 1px solid var(--control); border-radius: 12px; padding: 8px 12px; }
input[type='date'], input[type='file'] { margin-bottom: 12px; } [aria-describedby] + small { display: block; margin-top: 4px; }
.rows { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 8px; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-weight: 400; }
small { color: var(--muted); font-weight: 400; } .amount { white-space: nowrap; }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.basket :is(th, td) { padding-inline: 8px 0; } .basket :is(th, td):first-child { padding-inline: 0 8px; }
.basket :is(.amount, tfoot th) { text-align: end; }
.basket tfoot :is(th, td) { border: 0; font-weight: 400; font-size: 16px; }
.basket tfoot tr:last-child th { font-weight: 600; }
@media (max-width: 640px) { thead { position: absolute; clip-path: inset(50%); }
  table, tbody, tfoot, tr, th, td { display: block; } th, td { padding: 4px 0; border: 0; }
  tr { padding: 12px 0; border-bottom: 1px solid var(--line); }
  td:empty { display: none; }
  [data-label]::before { font-weight: 400; content: attr(data-label) ': '; color: var(--muted); }
  :lang(fr) [data-label]::before { content: attr(data-label) '\u00a0: '; }
  .basket :is(th, td), .basket :is(th, td):first-child { padding-inline: 0; text-align: start; }
  .basket tbody td { display: flex; gap: 8px; align-items: baseline; }
  .basket [data-label]::before { flex: auto; text-align: start; content: attr(data-label); }
  .basket tfoot tr { display: flex; gap: 16px; justify-content: space-between; padding: 4px 0; border: 0; } }
input[type='checkbox'], input[type='radio'] { width: 24px; height: 24px; vertical-align: middle; margin: 0 8px 0 0; }
label:has(> :is([type='checkbox'], [type='radio'])) { position: relative; min-height: 44px; margin: 0;
  padding: 10px 0 10px 36px; cursor: pointer; }
label > :is([type='checkbox'], [type='radio']) { position: absolute; inset-inline-start: 0; }
label + a { display: block; margin-inline-start: 36px; }
button, .button { display: inline-block; min-height: 44px; padding: 10px 20px; font: inherit;
  font-weight: 600; color: var(--accent-text); background: var(--accent); border: 2px solid transparent;
  border-radius: 12px; text-decoration: none; cursor: pointer; }
.quiet { color: var(--accent); background: transparent; border-color: var(--line); }
ul { padding-inline-start: 20px; overflow-wrap: anywhere; } li { margin: 8px 0; }
.qr { display: block; width: min(100%, 280px); margin: 16px 0; }
.warning { padding: 12px 16px; border-inline-start: 4px solid var(--warn); background: var(--bg); }
form { margin: 16px 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`);
