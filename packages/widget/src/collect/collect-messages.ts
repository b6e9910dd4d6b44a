import type { ResultText } from '../messages/view-messages.js';

/** What a payment link can be to the page, its problem aside. */
export type LinkState =
  | 'connecting'
  | 'none'
  | 'making'
  | 'choosing'
  | 'open'
  | 'reusable'
  | 'processing'
  | 'paid'
  | 'expired'
  | 'canceled'
  | 'withdrawn'
  | 'lapsed'
  | 'unknown';

/** Texts of what is collected. Amounts and days come as they are read. */
export interface CollectMessages {
  title: string;
  fold: string;
  unfold: string;
  /** On the button, where its own words do not do. */
  labels: Partial<Record<LinkState, string>>;
  states: Record<LinkState, ResultText>;
  problem: string;
  retry: string;
  continueHere: string;
  openPage: string;
  manage: string;
  newTab: string;
  paidTimes: (count: number) => string;
  validUntil: (day: string) => string;
  copy: string;
  copied: string;
  /** The browser refused: the link is selected for copying by hand. */
  selected: string;
  share: string;
  email: string;
  qr: string;
  qrAlternative: (host: string) => string;
  qrSave: string;
  qrFailed: string;
  print: string;
  mailSubject: (amount: string) => string;
  /** Paragraphs before and after the link, which stands on a line of its own. */
  mailBefore: (amount: string) => string[];
  mailAfter: (day: string) => string[];
}
