import { recall, remember } from './window-memory.js';

const NAME = 'qonto-pay';
const REMEMBERED = 'qonto-pay-window';

/**
 * The widget opened this window. Its name says so, but a page with a COOP header and the way through
 * the sign-in both clear the name: so the widget may also write `?window=1`, and the window remembers.
 */
export function isOwnWindow(): boolean {
  const asked = new URLSearchParams(location.search).has('window');
  if (asked || window.name.startsWith(NAME)) remember(REMEMBERED, 'yes');
  return recall(REMEMBERED) === 'yes';
}
