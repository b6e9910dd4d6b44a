import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import type { Notice } from '../notices.js';

interface Words {
  heading: string;
  sentence: string;
}

/** Every sentence of the page. Both languages are of this type, so neither can miss one. */
export interface Messages {
  brand: string;
  loading: string;
  offline: string;
  retrying: string;
  notices: Record<Notice, string>;
  errors: Record<'not-found' | 'not-allowed' | 'bank' | 'unreachable', Words>;
  closed: Record<'paid' | 'in-progress' | 'withdrawn' | 'lapsed', Words>;
  signIn: {
    heading: Record<'signed-out' | 'consent' | 'fresh', string>;
    lead: (partner: string) => string;
    consent: string;
    fresh: string;
    next: string;
    unseen: (partner: string) => string;
    button: string;
  };
  review: {
    heading: string;
    payingAs: (organization: string, member: string) => string;
    signedInAs: (organization: string, member: string) => string;
    switchMember: string;
    amount: string;
    payee: string;
    iban: string;
    bankIn: (country: string) => string;
    reference: string;
    simplified: string;
    dueDate: string;
    savedName: (saved: string) => string;
    account: string;
    balance: (amount: string) => string;
    balanceTooLow: string;
    trusted: string;
    phone: string;
    checking: string;
    pay: (amount: string) => string;
    sending: string;
  };
  bankTransfer: string;
  leave: string;
  back: (partner: string) => string;
  again: string;
  wait: {
    heading: (amount: string, count: number) => string;
    payments: string;
    passkey: string;
    closing: string;
    compare: string;
    trouble: string;
    methods: Record<'paired-device' | 'passkey', string>;
    ask: string;
    asking: string;
    otherMember: string;
    cancel: string;
    cancelHeading: string;
    cancelSentence: string;
    cancelYes: string;
    cancelNo: string;
  };
  /** In place of what the shared views say. */
  results: Record<'canceled' | 'unknown' | 'held', ResultText>;
  end: { account: string; trustTip: string };
  close: string;
}
