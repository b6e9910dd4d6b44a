import type { PayableKind, PayableState } from '../../payables/payable.js';

/** Every word of the page on which many invoices are paid, in one language. */
export interface PayablesMessages {
  title: string;
  intro: string;
  sizes: string;
  size(count: number): string;
  makeSet: string;
  makeSetHint: string;
  select: string;
  presets: Record<'all' | 'none' | 'plain' | 'trusted', string>;
  tick(supplier: string, number: string): string;
  row: string;
  supplier: string;
  number: string;
  dueOn: string;
  amount: string;
  state: string;
  document: string;
  ticked(count: number): string;
  inPayment(count: number): string;
  toPayment: string;
  pay: string;
  payHint: string;
  startAnother: string;
  whoPays: string;
  members: { name: string; what: string }[];
  phoneOf(name: string): string;
  kinds: Record<Exclude<PayableKind, 'plain'>, string>;
  states: Record<PayableState, string>;
  scheduledFor(day: string): string;
  /** By the payment service's code; others are shown by their name. */
  reasons: Record<string, string>;
}
