import type { LaterNotice } from '../notices.js';

/** What the way back from Qonto has to tell. Once: the address then looks as before. */
export function takeNotice(): LaterNotice | undefined {
  const url = new URL(location.href);
  if (url.searchParams.get('notice') !== 'consent-refused') return undefined;
  url.searchParams.delete('notice');
  history.replaceState(history.state, '', url);
  return 'consent-refused';
}
