export type Presentation = 'auto' | 'popup' | 'redirect';

const WIDTH_PX = 480;
const HEIGHT_PX = 760;

/** On a phone a second window is a tab in the way: the payer goes there and comes back. */
export const prefersRedirect = (presentation: Presentation): boolean =>
  presentation === 'redirect' ||
  (presentation === 'auto' && matchMedia('(pointer: coarse) and (width < 600px)').matches);

/**
 * Opens the pay page in a small window, centred on this one. Only inside a click. Answers whether
 * the browser gave a window; that it lives is known from the snapshot's `pageSeenAt` alone.
 */
export function openWindow(url: string, key: string): boolean {
  const left = screenX + (outerWidth - WIDTH_PX) / 2;
  const top = screenY + (outerHeight - HEIGHT_PX) / 2;
  const features = `popup,width=${WIDTH_PX},height=${HEIGHT_PX},left=${left},top=${top}`;
  // A name of its own for each payment: another invoice's window must not be taken over. The pay
  // page knows a window of ours by the name's beginning, or by `window`, as a COOP header wipes it.
  return !!open(`${url}&window=1`, `qonto-pay-${key}`, features);
}

/** Goes to the pay page in the tab itself, out of a frame too. */
export function redirect(url: string): void {
  open(url, '_top');
}

/** 128 random bits in letters, digits and dashes. */
export const randomFlow = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((bits) => bits.toString(36)).join('-');
