import type {
  FoundLink,
  LinkMethod,
  LinkReason,
  LinkState,
  ProviderStatus,
} from '@qonto-pay/shared';
import type { ResultText } from '@qonto-pay/widget/messages/view-messages';
import type { CollectNotice } from '../notices.js';

interface Words {
  heading: string;
  sentence: string;
}

/** The field of the provider's form that a refusal names. */
export type ProviderField = 'account' | 'phone' | 'description' | 'website';

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
  others: Record<'heading' | 'sentence' | 'paid' | 'accept', string>;
  methods: Record<LinkMethod, string>;
  found: Record<FoundLink['status'], string> & {
    created: (date: string) => string;
  };
  provider: Record<ProviderStatus, ResultText>;
  form: {
    heading: string;
    account: string;
    phone: string;
    phoneHint: string;
    description: string;
    counter: (count: number) => string;
    website: string;
    websiteHint: string;
    connect: string;
    connecting: string;
    goOn: string;
    noAccount: string;
  };
  states: Record<LinkState, ResultText>;
  reasons: Record<LinkReason, { sentence: string; next: string }>;
  choose: Words & { button: string; none: string };
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
