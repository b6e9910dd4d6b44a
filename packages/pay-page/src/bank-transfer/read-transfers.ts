import type { BankTransfers } from '@qonto-pay/shared';
import { intentId } from '../page-meta.js';

const READ_TIMEOUT_MS = 10_000;

/** Asks the BFF how this intent is paid from another bank. `undefined`: no answer of ours came. */
export async function readTransfers(): Promise<BankTransfers | undefined> {
  try {
    const response = await fetch(
      `/pay/api/intents/${encodeURIComponent(intentId())}/bank-transfer`,
      {
        headers: { Accept: 'application/json' },
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(READ_TIMEOUT_MS),
      },
    );
    const body = (await response.json()) as Partial<BankTransfers> | null;
    // Enough to tell our answer from a proxy's.
    return response.ok && Array.isArray(body?.transfers) ? (body as BankTransfers) : undefined;
  } catch {
    return undefined;
  }
}
