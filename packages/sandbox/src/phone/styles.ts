/** What only the phone needs, beside the look of all pages. */
export const PHONE_STYLES = `
.split{display:flex;justify-content:space-between;align-items:baseline;gap:4px 16px;flex-wrap:wrap}
.split>:first-child{flex:1 1 120px;overflow-wrap:anywhere}
ul.items{gap:0;margin:0 0 16px}
.items li{padding:8px 0;border-top:1px solid var(--line)}
.items .muted,.past time{font-size:14px;line-height:24px}
.items .muted{display:block;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
details{margin:-8px 0 8px}
summary{min-height:44px;padding:10px 0;line-height:24px;color:var(--accent);cursor:pointer}
ul.plain .past{padding:8px 16px}
.links a{display:inline-block;padding:10px 0;margin-right:16px;line-height:24px}
[data-passkey]{margin:8px 0 16px}
`;
