/** What the core needs to know of a partner; the rest of its settings belongs to the edges. */
export interface Partner {
  id: string;
  name: string;
  /** No new intent and no new confirmation; what is under way goes on. */
  paused: boolean;
  returnPrefixes: readonly string[];
  /** Origins from which documents of invoices are fetched. */
  attachmentHosts: readonly string[];
  /** The most that one intent may come to; `undefined`: no limit of ours. */
  maxTotalCents: bigint | undefined;
  /** Who is shown how to pay from another bank: also who has not signed in, or not. */
  bankTransfer: 'anyone' | 'signed-in';
}
