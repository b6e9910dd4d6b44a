/** Every type that can be asked for, with the scope to read its family (facts 4.13). Null: none is needed. */
export const WEBHOOK_TYPES: Readonly<Record<string, string | null>> = {
  'v1/transactions': 'organization.read',
  'v1/accounts': 'organization.read',
  'v1/organizations': 'organization.read',
  'v1/memberships': 'organization.read',
  'v1/consent-revocations': null,
  'v1/cards': 'organization.read',
  'v1/payment-links': 'payment_link.read',
  'v1/payment-links-connections': 'payment_link.read',
  'v1/beneficiaries': 'organization.read',
  'v1/client-invoices': 'client_invoices.read',
  'v1/terminal-payments': 'organization.read',
  'v1/clients': 'client_invoices.read',
  'v1/products': 'client_invoices.read',
  'v1/sepa-direct-debit-mandates': 'organization.read',
  'v1/sepa-direct-debit-collections': 'organization.read',
  'v1/transfers': 'organization.read',
  'v1/recurring-transfers': 'organization.read',
};

const LOOPBACK = /^([\w-]+\.)*localhost$|^127(\.\d+){3}$|^\[::1\]$/;

/** Https anywhere; plain http only to this machine, which production would not call at all. */
export function isCallbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}
