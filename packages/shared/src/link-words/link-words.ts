import type { FoundLink, LinkState } from '../collect-api.js';
import type { ProblemCode } from '../problem.js';
import type { LinkMethod, LinkReason } from '../status.js';

/** What a person reads of how things are. */
export interface Said {
  heading: string;
  sentence: string;
  /** What to do now, if anything. */
  next?: string;
}

/** Refusals that both pages tell in the same words. */
export type LinkProblem = Extract<
  ProblemCode,
  | 'link-in-progress'
  | 'other-links-open'
  | 'link-not-open'
  | 'link-not-ours'
  | 'candidate-not-found'
  | 'method-not-enabled'
  | 'invalid-methods'
  | 'provider-not-connected'
  | 'provider-unavailable'
>;

/**
 * What a member reads of payment links, with script and without: one source for both pages. Types
 * only are imported, as zod would weigh on the page.
 */
export interface LinkWords {
  problems: Record<LinkProblem, string>;
  errors: Record<'not-allowed' | 'bank', Said>;
  closed: Record<'withdrawn' | 'lapsed', Said>;
  signIn: { heading: string; lead: (partner: string) => string; permission: string; next: string };
  collectingAs: (organization: string, member: string) => string;
  review: Said & {
    item: string;
    withVat: string;
    type: Record<'good' | 'service', string>;
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
    hint: string;
  };
  others: Record<'heading' | 'sentence' | 'doubt' | 'paid' | 'accept', string>;
  methods: Record<LinkMethod, string>;
  found: Record<FoundLink['status'], string> & { created: (date: string) => string };
  states: Record<LinkState, Said>;
  reasons: Record<LinkReason, { heading?: string; sentence: string; next: string }>;
  choose: Said & { none: string; button: string };
  /** Looked for long enough, and nothing found: the member looks. */
  lost: Said & { none: string };
  /** Sentences of a link that can be paid. */
  until: (date: string) => string;
  paidSoFar: (count: number) => string;
  link: Record<'url' | 'qr' | 'qrLabel' | 'print' | 'payments' | 'signIn' | 'renew', string>;
  payment: Record<'pending' | 'paid' | 'failed' | 'otherMethod', string>;
  deactivate: Record<'button' | 'heading' | 'sentence' | 'yes' | 'elsewhere', string>;
  bankTransfer: string;
}
