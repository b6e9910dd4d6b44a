/**
 * What this window must still know after the sign-in or a reload; nothing of the payment. Where the
 * browser refuses storage the page works without it.
 */
export function remember(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is switched off.
  }
}

export function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Reads once. */
export function takeBack(key: string): string | null {
  const value = recall(key);
  if (value !== null) sessionStorage.removeItem(key);
  return value;
}
