/** Facts 4.13: a subscriber has one second to say 2xx. The machine's second, whatever the bank's clock does. */
const ANSWER_WITHIN_MS = 1_000;

/** Posts one event; the status of the answer, or `no answer`. */
export async function post(
  url: string,
  wish: { readonly body: string; readonly signature: string; readonly signal: AbortSignal },
): Promise<number | 'no answer'> {
  try {
    const response = await fetch(onThisMachine(url), {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', 'X-Qonto-Signature': wish.signature },
      body: wish.body,
      signal: AbortSignal.any([wish.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 'no answer';
  }
}

/** Every name below `localhost` is this machine (RFC 6761), but not every resolver knows it. */
function onThisMachine(address: string): URL {
  const url = new URL(address);
  if (url.hostname.endsWith('.localhost')) url.hostname = 'localhost';
  return url;
}
