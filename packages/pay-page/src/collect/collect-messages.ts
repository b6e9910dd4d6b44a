import type { FoundLink, LinkMethod, LinkReason, LinkState } from '@qonto-pay/shared';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import type { ReasonWords } from '../messages/reasons.js';
import type { CollectNotice } from '../notices.js';

interface Words {
  heading: string;
  sentence: string;
}

/** Every sentence about payment links; loaded when needed. */
export interface CollectMessages {
  leave: string;
  problems: Record<CollectNotice, string>;
  errors: Record<'not-allowed' | 'bank', Words>;
  closed: Record<'withdrawn' | 'lapsed', Words>;
  signIn: {
    heading: string;
    lead: (partner: string) => string;
    permission: string;
    next: string;
  };
  collectingAs: (organization: string, member: string) => string;
  review: Words & {
    amount: string;
    item: string;
    withVat: string;
    type: Record<'good' | 'service', string>;
    /** `price` is that of one. */
    quantity: (quantity: string, price: string) => string;
    vatRate: (rate: string) => string;
    ofRow: (net: string, vat: string) => string;
    net: string;
    vat: (rate: string, net: string) => string;
    total: string;
    invoice: string;
    debtor: string;
    reusable: string;
    once: string;
    payee: string;
    methods: string;
    notEnabled: string;
    noMethod: string;
    create: (amount: string) => string;
    creating: string;
    hint: string;
  };
  others: Record<'heading' | 'sentence' | 'doubt' | 'paid' | 'accept', string>;
  methods: Record<LinkMethod, string>;
  found: Record<FoundLink['status'], string> & {
    created: (date: string) => string;
  };
  states: Record<LinkState, ResultText>;
  reasons: Record<LinkReason, ReasonWords>;
  choose: Words & { none: string; button: string };
  /** Sentences of a link that can be paid. */
  until: (date: string) => string;
  paidSoFar: (count: number) => string;
  link: Record<
    | 'url'
    | 'copy'
    | 'copied'
    | 'notCopied'
    | 'qr'
    | 'qrLabel'
    | 'print'
    | 'payments'
    | 'closing'
    | 'signIn'
    | 'again'
    | 'renew',
    string
  >;
  payment: Record<'pending' | 'paid' | 'failed' | 'otherMethod', string>;
  deactivate: Record<'button' | 'heading' | 'sentence' | 'yes' | 'no' | 'elsewhere', string>;
  bankTransfer: string;
}
