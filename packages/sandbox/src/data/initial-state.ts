import { randomBytes } from 'node:crypto';
import type { BankState } from '../state.js';
import { openingAttachments } from './attachments.js';
import { knownBeneficiaries } from './beneficiaries.js';
import { clientInvoices } from './client-invoices.js';
import { ACME, MEMBERSHIPS, openingAccounts, SOLO } from './organizations.js';
import { supplierInvoices } from './supplier-invoices.js';
import { pastTransactions } from './transactions.js';

/** What the bank holds on its first day. */
export function initialState(at: number): BankState {
  return {
    clockOffsetMs: 0,
    proofSecret: randomBytes(32).toString('base64url'),
    cookieSecret: randomBytes(32).toString('base64url'),
    organizations: [ACME, SOLO],
    memberships: [...MEMBERSHIPS],
    accounts: byId(openingAccounts(at)),
    beneficiaries: byId(knownBeneficiaries(at)),
    transfers: new Map(),
    bulkTransfers: new Map(),
    recurringTransfers: new Map(),
    internalTransfers: new Map(),
    requests: new Map(),
    attachments: byId(openingAttachments([...supplierInvoices(at), ...pastTransactions(at)], at)),
    transactions: byId(pastTransactions(at)),
    webhookSubscriptions: new Map(),
    webhookDeliveries: new Map(),
    paymentConnections: new Map(),
    paymentLinks: new Map(),
    linkPayments: new Map(),
    clientInvoices: byId(clientInvoices(at)),
    supplierInvoices: byId(supplierInvoices(at)),
    scaSessions: new Map(),
    keptAnswers: new Map(),
    oauthRows: new Map(),
    calls: new Map(),
  };
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
