const meta = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

/** The intent that the BFF wrote into the page. */
export const intentId = (): string => meta('intent');

/** The page's token, sent with every POST; a reload brings a new one. */
export const pageToken = (): string => meta('page-token');

/** Only http(s) may stand behind a link or a navigation, whatever an answer says. */
export function safeUrl(url: string): string {
  try {
    const { protocol } = new URL(url, location.href);
    return protocol === 'https:' || protocol === 'http:' ? url : '/';
  } catch {
    return '/';
  }
}
