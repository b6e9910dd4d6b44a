import { formatAmount, LINK_METHODS, type LinkPayment, type PayLink } from '@qonto-pay/shared';
import type { Member } from '../payments/records.js';
import { basketTotals, rowTotals, vatByRate } from './basket.js';
import { mayBeNone } from './link-pace.js';
import { sharedLink } from './link-snapshot.js';
import { foundLink, isPaidAlready, otherLinks } from './other-links.js';
import type { ProviderState } from './provider-service.js';
import type { BankLinkPayment, Link, LinkOrder, LinkView } from './records.js';

/** An intent to collect as the signed-in member sees it. */
export function payLink(
  view: LinkView,
  member: Member,
  provider: ProviderState | undefined,
): PayLink {
  const { order } = view.intent;
  const { link } = view;
  const others = provider ? otherLinks(provider.listed, order, link) : [];
  return {
    externalRef: order.externalRef,
    reusable: order.reusable,
    ...contentOf(order),
    payee: order.payee ?? null,
    provider: provider ? providerOf(provider) : null,
    methods: LINK_METHODS.map((name) => ({
      name,
      wanted: order.methods.includes(name),
      enabled: provider?.enabled.includes(name) ?? false,
    })),
    others: others.map(foundLink),
    creatable:
      provider?.status === 'enabled' && !others.some((other) => isPaidAlready(other, order)),
    link: link ? linkOf(link, sharedLink(view)?.url, { member, now: view.now }) : null,
  };
}

function contentOf({ content, amountCents }: LinkOrder) {
  const gross = formatAmount(amountCents);
  if (content.kind === 'invoice') {
    const { number, debtor } = content;
    const total = { net: null, vat: null, gross };
    return { kind: content.kind, rows: [], invoice: { number, debtor }, vats: [], total };
  }
  const { netCents, vatCents } = basketTotals(content.items);
  return {
    kind: content.kind,
    rows: content.items.map((item) => {
      const totals = rowTotals(item);
      return {
        title: item.title,
        description: item.description ?? null,
        quantity: item.quantity,
        measureUnit: item.measureUnit ?? null,
        type: item.type ?? null,
        unitPrice: formatAmount(item.unitPriceCents),
        vatRate: item.vatRate,
        net: formatAmount(totals.netCents),
        vat: formatAmount(totals.vatCents),
        gross: formatAmount(totals.grossCents),
      };
    }),
    invoice: null,
    vats: vatByRate(content.items).map(({ rate, ...totals }) => ({
      rate,
      net: formatAmount(totals.netCents),
      vat: formatAmount(totals.vatCents),
    })),
    total: { net: formatAmount(netCents), vat: formatAmount(vatCents), gross },
  };
}

const providerOf = ({ status, location, accounts }: ProviderState): PayLink['provider'] => ({
  status,
  location: location ?? null,
  accounts: accounts.map(({ id, name, iban }) => ({ id, name, iban })),
});

/** Payments and candidates are for members of the organisation that collects. */
function linkOf(
  link: Link,
  url: string | undefined,
  { member, now }: { member: Member; now: Date },
): PayLink['link'] {
  const isTheirs = link.organizationId === member.organizationId;
  return {
    status: link.status,
    reason: isTheirs ? (link.reason ?? null) : null,
    url: url ?? null,
    expiresAt: link.bankExpiresAt?.toISOString() ?? null,
    createdAt: link.createdAt.toISOString(),
    mine: link.connectionId === member.connectionId,
    deactivatable: isTheirs && link.status === 'open' && link.namedByBank,
    payments: isTheirs ? linkPayments(link) : [],
    candidates: isTheirs ? link.candidates.map(foundLink) : [],
    mayBeNone: isTheirs && mayBeNone(link, now),
  };
}

/** The newest first; what the bank calls otherwise is not finished yet. */
export const linkPayments = ({ payments }: Pick<Link, 'payments'>): LinkPayment[] =>
  [...payments]
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    .map((payment: BankLinkPayment) => ({
      id: payment.id,
      amount: formatAmount(payment.amountCents),
      status: payment.status === 'unrecognized' ? 'pending' : payment.status,
      method: payment.method,
      createdAt: payment.createdAt.toISOString(),
      paidAt: payment.paidAt?.toISOString() ?? null,
    }));
