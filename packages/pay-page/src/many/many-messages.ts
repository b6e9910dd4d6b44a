import type { TableMessages } from '@qonto-pay/widget/messages/item-table';
import type { LaterReason, ReasonWords } from '../messages/reasons.js';
import type { LaterNotice } from '../notices.js';

type Words = { heading: string; sentence: string };

/** Every sentence about many invoices, documents, dates and colleagues; loaded when needed. */
export interface ManyMessages {
  table: TableMessages;
  notices: Record<LaterNotice, string>;
  reasons: Record<LaterReason, ReasonWords>;
  summary: (count: number, of: number) => string;
  payOn: string;
  payOnChoices: Record<'now' | 'due' | 'date', string>;
  payDate: string;
  payOnDue: string;
  payOnDate: string;
  /** One invoice. */
  payOnItsDueDate: string;
  payOnAsked: string;
  speed: Record<'instant' | 'standard', string>;
  payLater: (amount: string, day: string) => string;
  phoneNow: (day: string) => string;
  trustedLater: (day: string) => string;
  speeds: {
    instant: (count: number) => string;
    standard: (count: number) => string;
    scheduled: (count: number) => string;
  };
  phone: (count: number) => string;
  trusted: string;
  oneByOne: string;
  check: (count: number) => string;
  checkHint: string;
  checking: (count: number) => string;
  checked: (matching: number, decisions: number) => string;
  pay: (count: number, amount: string) => string;
  chooseOne: string;
  missingDecisions: (count: number) => string;
  missingDate: string;
  missingDocuments: (count: number) => string;
  progress: (settled: number, of: number, failed: number) => string;
  retry: (count: number) => string;
  payOthers: (count: number) => string;
  payNext: string;
  proof: string;
  proofs: string;
  results: string;
  withdrawButton: string;
  withdrawAll: (count: number) => string;
  withdrawHeading: (count: number) => string;
  withdraw: (payee: string, amount: string) => string;
  withdrawMany: (count: number, amount: string) => string;
  withdrawYes: (count: number) => string;
  withdrawNo: (count: number) => string;
  file: Record<'attached' | 'type' | 'size' | 'failed', string>;
  ask: {
    why: string;
    heading: string;
    sentence: string;
    note: string;
    noteHint: string;
    button: string;
    consent: string;
    allow: string;
    asking: string;
  };
  asked: Words & { next: string };
  colleagueAsked: Words & { next: string };
  approve: {
    heading: string;
    failed: string;
    sentence: string;
    button: (count: number, amount: string) => string;
    hint: string;
    consent: string;
    decline: string;
    declineHeading: string;
    declineNote: string;
    declineYes: string;
    declineNo: string;
  };
}
