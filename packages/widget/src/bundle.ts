import { css, html, LitElement, nothing } from 'lit';
import { languageAt } from './language.js';
import { buttonTokens } from './tokens.styles.js';
import './define.js';

/**
 * The script that a page loads. What comes later takes Lit and the tokens from here: were it to
 * import this file, a page that loads it with a query string or through a redirect would run it
 * twice. `vite-plugins.ts` has the other end.
 */
const page = globalThis as unknown as Record<symbol, unknown>;
page[Symbol.for('qonto-pay.shared')] ??= {
  buttonTokens,
  css,
  html,
  languageAt,
  LitElement,
  nothing,
};
