/** Every scope that exists, in the words of the consent page (facts 2.3). */
export const SCOPES: Readonly<Record<string, string>> = {
  offline_access: 'Stay connected when you are away, until you withdraw it',
  openid: 'Know who you are',
  'organization.read': 'See your organisation, its accounts, balances, transfers and beneficiaries',
  'membership.read': 'See your name and your role',
  'payment.write':
    'Prepare SEPA transfers and manage beneficiaries; you approve each transfer yourself',
  'beneficiary.trust': 'Trust beneficiaries, who are then paid without approval on your phone',
  'internal_transfer.write': 'Move money between your own accounts',
  'request_transfers.write': 'Ask an owner or admin for a transfer',
  'request_review.write': 'Approve or decline requests',
  'attachment.write': 'Upload documents',
  'attachment.read': 'See uploaded documents',
  'payment_link.read': 'See your payment links',
  'payment_link.write': 'Make payment links for your clients',
  webhook: 'Be told when something changes',
  'client_invoices.read': 'See the invoices to your clients',
  'client_invoice.write': 'Make invoices to your clients',
  'supplier_invoice.read': 'See the invoices of your suppliers',
  'supplier_invoice.write': 'Change the invoices of your suppliers',
  'user_organization.read': 'See all organisations that you belong to',
};

export function scopesIn(text: string): string[] {
  return text.split(' ').filter((scope) => scope !== '');
}
