import { recall, remember } from './window-memory.js';

const NAME = 'qonto-pay';
const REMEMBERED = 'qonto-pay-window';

/**
 * The widget opened this window. Its name says so, but our own COOP header clears the name: so the
 * widget also writes `?window=1`, and the window remembers it over the sign-in.
 */
export function isOwnWindow(): boolean {
  const asked = new URLSearchParams(location.search).has('window');
  const own = asked || window.name.startsWith(NAME);
  if (own) remember(REMEMBERED, 'yes');
  return own || recall(REMEMBERED) === 'yes';
}
