import { beneficiaryOnWire, isoOf, transferOnWire } from '../api/wire.js';
import type { Bank } from '../bank.js';
import type { News } from '../news.js';
import { connectionData, linkData } from '../payment-links/webhook-data.js';
import { transactionOnWire } from '../transactions/on-wire.js';
import type { WebhookEvent } from './webhook-desk.js';

/** Passes the bank's news on to whoever has subscribed to it. */
export function announceNews(bank: Bank): void {
  bank.news.listen((news) => {
    const address = addressOf(news);
    // Nobody listens most of the time, and then nothing is worked out.
    if (bank.webhooks.subscribersOf(address).length === 0) return;
    bank.webhooks.announce({ ...address, data: dataOf(bank, news) });
  });
}

function addressOf(news: News): Omit<WebhookEvent, 'data'> {
  switch (news.kind) {
    case 'transfer':
      return { type: 'v1/transfers', organizationId: news.transfer.organizationId };
    case 'transaction':
      return { type: 'v1/transactions', organizationId: news.transaction.organizationId };
    case 'beneficiary':
      return { type: 'v1/beneficiaries', organizationId: news.beneficiary.organizationId };
    case 'payment-link':
      return { type: 'v1/payment-links', organizationId: news.link.organizationId };
    case 'payment-connection':
      return {
        type: 'v1/payment-links-connections',
        organizationId: news.connection.organizationId,
      };
    case 'consent-revoked':
      return { type: 'v1/consent-revocations', organizationId: news.membership.organizationId };
  }
}

/** Facts 4.13. */
function dataOf(bank: Bank, news: News): Record<string, unknown> {
  switch (news.kind) {
    case 'transfer':
      return { event: news.event, ...transferOnWire(news.transfer) };
    case 'transaction':
      return { event: news.event, ...subsetOf(transactionOnWire(news.transaction)) };
    case 'beneficiary':
      return { event: news.event, ...beneficiaryOnWire(bank, news.beneficiary) };
    case 'payment-link':
      return { event: news.event, ...linkData(news.link, news.methodUsed) };
    case 'payment-connection':
      return connectionData(news.connection);
    case 'consent-revoked':
      return {
        ...{ event: 'deleted', client_id: news.clientId },
        revoked_at: isoOf(bank.clock.now()),
      };
  }
}

const TOLD = [
  ...['id', 'transaction_id', 'amount', 'local_amount', 'local_currency', 'side'],
  ...['operation_type', 'currency', 'label', 'settled_at', 'emitted_at', 'updated_at', 'status'],
  ...['note', 'reference', 'initiator_id', 'bank_account_id', 'category'],
];

/** A part of the transaction, and no cents. */
function subsetOf(transaction: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(transaction).filter(([name]) => TOLD.includes(name)));
}
