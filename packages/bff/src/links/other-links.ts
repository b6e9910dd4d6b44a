import { type FoundLink, formatAmount } from '@qonto-pay/shared';
import type { BankLink, Link, LinkOrder } from './records.js';

/**
 * Links of the same invoice that the bank lists beside our own: whoever made them. Equal baskets
 * are none: the same thing is sold to more than one client.
 */
export function otherLinks(
  listed: readonly BankLink[],
  { content }: LinkOrder,
  own: Link | undefined,
): BankLink[] {
  if (content.kind !== 'invoice') return [];
  const isSame = ({ invoice }: BankLink) =>
    invoice?.id === content.invoiceId || invoice?.number === content.number;
  return listed.filter((bank) => isSame(bank) && bank.id !== own?.bankId);
}

/** The invoice itself; the same number alone may be that of another year. */
export const isPaidAlready = ({ invoice, status }: BankLink, { content }: LinkOrder): boolean =>
  status === 'paid' && content.kind === 'invoice' && invoice?.id === content.invoiceId;

export const isStillPayable = ({ status }: Pick<BankLink, 'status'>): boolean =>
  status === 'open' || status === 'processing';

export const foundLink = (bank: BankLink): FoundLink => ({
  id: bank.id,
  url: bank.url,
  amount: formatAmount(bank.amountCents),
  status: bank.status,
  createdAt: bank.createdAt.toISOString(),
});
