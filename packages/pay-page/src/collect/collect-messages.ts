import type { LinkWords } from '@qonto-pay/shared/link-words/link-words';
import type { CollectNotice } from '../notices.js';

/** Every sentence about payment links; loaded when needed. */
export interface CollectMessages extends LinkWords {
  leave: string;
  problems: Record<CollectNotice, string>;
  amount: string;
  /** `price` is that of one. */
  quantity: (quantity: string, price: string) => string;
  vatRate: (rate: string) => string;
  ofRow: (net: string, vat: string) => string;
  creating: string;
  copy: string;
  copied: string;
  notCopied: string;
  closing: string;
  again: string;
  keep: string;
}
