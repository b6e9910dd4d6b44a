const LIGHT = `--bg:#f6f5f2;--surface:#ffffff;--text:#1c1b1a;--muted:#5d5a55;--line:#dedad2;--accent:#2f5bd7;
--accent-text:#ffffff;--ok:#1b7a45;--warn:#8a5a00;--bad:#b3261e`;
const DARK = `--bg:#141416;--surface:#1e1f22;--text:#f1efeb;--muted:#b0aca4;--line:#3a3b40;--accent:#9db5ff;
--accent-text:#10131c;--ok:#6fd39b;--warn:#f0bd5e;--bad:#ff8f85`;

/** The look of all pages of the bank. */
export const STYLES = `
:root{${LIGHT};color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:32px 16px 64px}
main.wide{max-width:880px}
h1{font-size:24px;line-height:32px;margin:0 0 8px}
h2{font-size:18px;line-height:24px;margin:32px 0 8px}
h3{font-size:16px;line-height:24px;margin:24px 0 0}
p{margin:0 0 16px}
a{color:var(--accent)}
.muted{color:var(--muted)}
.card{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:16px;margin:0 0 16px}
.card h2,.card h3{font-size:18px;line-height:24px;margin:0 0 8px}
.amount{font-size:32px;line-height:40px;font-weight:600;font-variant-numeric:tabular-nums;margin:0 0 8px}
.number{font-variant-numeric:tabular-nums;white-space:nowrap}
dl{margin:0 0 16px;display:grid;grid-template-columns:auto 1fr;gap:8px 16px}
dt{color:var(--muted)}
dd{margin:0;text-align:right;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
dl.facts{grid-template-columns:minmax(64px,auto) 1fr}
dl.facts dd{text-align:left}
ul.links{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 24px}
ul.links a{display:inline-block;padding:10px 0;line-height:24px}
button,.button{min-height:44px;min-width:44px;padding:8px 16px;border-radius:12px;border:1px solid var(--accent);
font:inherit;font-weight:600;cursor:pointer;background:var(--accent);color:var(--accent-text)}
button.quiet{background:transparent;color:var(--accent)}
button.row,a.row{display:block;width:100%;min-height:44px;text-align:left;background:transparent;color:var(--text);
border-color:var(--line);padding:8px 16px;text-decoration:none}
a.row{border:1px solid var(--line);border-radius:12px;font-weight:600}
button:focus-visible,a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button[disabled]{opacity:.6;cursor:default}
input{width:100%;min-height:44px;padding:8px 12px;border:1px solid var(--muted);border-radius:12px;font:inherit;
background:var(--surface);color:var(--text)}
input:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
input[type=radio]{width:24px;min-height:24px;flex:none;margin:0;accent-color:var(--accent)}
fieldset{border:0;margin:0 0 16px;padding:0}
legend{font-weight:600;padding:0;margin:0 0 8px}
.choice{display:flex;gap:8px;align-items:center;min-height:44px}
.fields{display:grid;gap:8px;margin:16px 0}
.fields label{font-weight:600}
.fields button{margin:8px 0 0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:16px}
.actions{display:flex;gap:16px;flex-wrap:wrap}
.actions form{flex:1 1 120px}
.actions button{width:100%}
ul.plain{list-style:none;margin:0;padding:0;display:grid;gap:8px}
ul.plain .card{margin:0}
.under{margin:0 0 8px;padding:0 16px;font-size:14px;line-height:24px}
.ok{color:var(--ok)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.scroll{overflow-x:auto;margin:0 0 16px}
table{width:100%;border-collapse:collapse;font-size:14px;line-height:24px}
details.card{padding:0 16px;margin:8px 0 0}
details.card>summary{min-height:44px;display:list-item;padding:10px 0;cursor:pointer}
details.card>summary h2{display:inline;margin:0}
details.card>div{padding:8px 0 16px}
.scroll code{white-space:nowrap}
.scroll td{min-width:88px}
th,td{text-align:left;padding:8px 16px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}
code{font-family:ui-monospace,monospace;font-size:14px}
.brand{color:var(--muted);font-size:14px;line-height:24px;margin:0 0 24px}
@media (max-width:599px){
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack,.stack tbody{display:block}
.stack tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}
.stack td{display:block;padding:0;border:0;overflow-wrap:anywhere}
.stack td:first-child{font-weight:600}
}
@media (forced-colors:active){.card{border-color:CanvasText}}
`;
