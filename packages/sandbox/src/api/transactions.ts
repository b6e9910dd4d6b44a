import type { BankAccount } from '../state.js';
import { transactionOnWire } from '../transactions/on-wire.js';
import type { Transaction } from '../transactions/transaction.js';
import { findTransaction, transactionsOn } from '../transactions/transaction-book.js';
import { choiceOf, choicesOf, flagOf, sorted } from './choices.js';
import type { ApiCall, Handler } from './endpoint.js';
import { listFilter, pageOf, timeFilter } from './pagination.js';
import { notFound, refusal } from './refusal.js';

/** Facts 4.11. */
const MOST_HITS = 10_000;
const STATUSES = ['pending', 'declined', 'completed'] as const;
const INCLUDES = ['vat_details', 'labels', 'attachments'] as const;
const TIMES = {
  settled_at: ({ settledAt }: Transaction) => settledAt,
  emitted_at: ({ emittedAt }: Transaction) => emittedAt,
  created_at: ({ emittedAt }: Transaction) => emittedAt,
  updated_at: ({ updatedAt }: Transaction) => updatedAt,
};

/** Facts 4.11; unlike other lists it refuses a page past the end, and too many hits. */
export const listTransactions: Handler = (call) => {
  const { bank, query } = call;
  const all = transactionsOn(bank.store.current, accountAsked(call));
  const found = all.filter(filterOf(query));
  if (found.length > MOST_HITS) {
    throw refusal(422, 'search_limit_reached', `More than ${MOST_HITS} transactions match`);
  }
  const inOrder = sorted(found, query, TIMES, 'settled_at:desc');
  const { items, meta } = pageOf(inOrder, query, { perPage: 100 });
  if (meta.current_page > Math.max(meta.total_pages, 1)) {
    throw refusal(422, 'invalid', 'page is past the last one', { parameter: 'page' });
  }
  const transactions = items.map((transaction) => withIncludes(transaction, query));
  return { status: 200, body: { transactions, meta } };
};

/** By its UUID; the slug `transaction_id` finds nothing. */
export const showTransaction: Handler = ({ bank, caller, params, query }) => {
  const { organizationId } = caller;
  const id = params.id ?? '';
  const transaction = findTransaction(bank.store.current, { organizationId, id });
  if (!transaction) throw notFound('Transaction');
  return { status: 200, body: { transaction: withIncludes(transaction, query) } };
};

/** One of the two must be given; the id wins. */
function accountAsked({ bank, caller, query }: ApiCall): BankAccount {
  const id = query.get('bank_account_id');
  const iban = query.get('iban');
  if (id === null && iban === null) {
    throw refusal(
      bank.switches.get('validation_status'),
      'missing',
      'bank_account_id or iban is missing',
      { parameter: 'bank_account_id' },
    );
  }
  const accounts = [...bank.store.current.accounts.values()];
  const account = accounts.find(
    (candidate) =>
      candidate.organizationId === caller.organizationId &&
      (id === null ? candidate.iban === iban : candidate.id === id),
  );
  if (!account) throw notFound('Bank account');
  return account;
}

function filterOf(query: URLSearchParams): (transaction: Transaction) => boolean {
  const statuses = choicesOf(query, 'status[]', STATUSES) ?? new Set(['completed']);
  const side = choiceOf(query, 'side', ['credit', 'debit']);
  const types = listFilter(query, 'operation_type');
  const hasAttachments = flagOf(query, 'with_attachments');
  const times = Object.entries(TIMES).flatMap(([name, timeOf]) => timeRange(query, name, timeOf));
  return (transaction) =>
    statuses.has(transaction.status) &&
    (side === undefined || transaction.side === side) &&
    (types?.has(transaction.operationType) ?? true) &&
    (hasAttachments === undefined || transaction.attachmentIds.length > 0 === hasAttachments) &&
    times.every((isIn) => isIn(transaction));
}

function timeRange(
  query: URLSearchParams,
  name: string,
  timeOf: (transaction: Transaction) => number | null,
): ((transaction: Transaction) => boolean)[] {
  const from = timeFilter(query, `${name}_from`);
  const to = timeFilter(query, `${name}_to`);
  if (from === undefined && to === undefined) return [];
  return [
    (transaction) => {
      const at = timeOf(transaction);
      return at !== null && at >= (from ?? at) && at <= (to ?? at);
    },
  ];
}

function withIncludes(transaction: Transaction, query: URLSearchParams) {
  const includes = choicesOf(query, 'includes[]', INCLUDES) ?? new Set();
  return {
    ...transactionOnWire(transaction),
    ...(includes.has('vat_details') ? { vat_details: { items: [] } } : {}),
    ...(includes.has('labels') ? { labels: [] } : {}),
    ...(includes.has('attachments')
      ? { attachments: transaction.attachmentIds.map((id) => ({ id })) }
      : {}),
  };
}
