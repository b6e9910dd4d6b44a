import { executionDay } from './days.js';
import type { Bank, BankRequest, OrderItem } from './ports.js';
import type { Intent, PaymentItem, ReviewRecord } from './records.js';
import { itemsOf } from './review-rules.js';
import type { NewPayment } from './store-port.js';

type NewItem = NewPayment['items'][number];

/** The rows of a new payment, as they were reviewed. */
export function newItems(options: {
  intent: Intent;
  rows: readonly number[];
  record: Pick<ReviewRecord, 'known' | 'payOn'>;
  now: Date;
  uuid: () => string;
}): NewItem[] {
  const { intent, rows, record, now, uuid } = options;
  return itemsOf(intent, rows).map((item) => ({
    index: item.index,
    externalRef: item.externalRef,
    amountCents: item.amountCents,
    payeeName: item.payeeName,
    payeeIban: item.payeeIban,
    beneficiaryId: record.known.get(item.payeeIban)?.id,
    remittance: item.remittance,
    scheduledOn: executionDay(record.payOn, item.dueDate, now),
    clientTransferId: uuid(),
  }));
}

type OrderedItem = NewItem | PaymentItem;

/** The bytes of an attempt. Our tag stands in each note, so that the bank's list tells of it. */
export function orderBytes(
  bank: Pick<Bank, 'transferRequest'>,
  order: {
    accountId: string;
    items: readonly OrderedItem[];
    proof: string;
    tag: string;
    attachmentIds: ReadonlyMap<number, string[]>;
  },
): BankRequest {
  const { accountId, items, proof, tag, attachmentIds } = order;
  return bank.transferRequest({
    accountId,
    proof,
    items: items.map(
      (item): OrderItem => ({
        clientTransferId: item.clientTransferId,
        payee: item.beneficiaryId
          ? { id: item.beneficiaryId }
          : { name: item.payeeName, iban: item.payeeIban },
        amountCents: item.amountCents,
        remittance: item.remittance,
        note: `${item.externalRef} · ${tag}`,
        scheduledOn: item.scheduledOn,
        attachmentIds: attachmentIds.get(item.index) ?? [],
      }),
    ),
  });
}
