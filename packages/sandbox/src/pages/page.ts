import { Html, html } from './html.js';
import { STYLES } from './styles.js';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Trusted code of ours, run after the page. */
  readonly script?: string;
}

// Replaced by a fresh nonce when the page is sent.
export const NONCE_MARK = '{{nonce}}';

/** The whole document of one of the bank's pages. */
export function documentOf({ title, body, script }: Page): string {
  const code = script
    ? html`<script nonce="${NONCE_MARK}" type="module">${new Html(script)}</script>`
    : undefined;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} – Sandbox bank</title>
<style nonce="${NONCE_MARK}">${new Html(STYLES)}</style>
</head>
<body>
${body}
${code}
</body>
</html>
`.text;
}
