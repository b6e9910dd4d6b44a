import type { BankDocument } from './ports.js';
import type { Intent, IntentItem, Member } from './records.js';

export type Attachment = IntentItem['attachments'][number];

/** Why a partner's document was not taken, in one word for the log. */
export type DocumentRefusal =
  | 'host-not-registered'
  | 'redirected'
  | 'not-there'
  | 'unreachable'
  | 'too-late'
  | 'too-large'
  | 'another-content'
  | 'not-a-document';

/** The documents that partners have on their own hosts. */
export interface PartnerDocuments {
  /** Reads at most `MAX_DOCUMENT_BYTES` from an origin that this partner has registered. */
  fetch(
    partnerId: string,
    url: string,
  ): Promise<{ kind: 'fetched'; content: Buffer } | { kind: 'refused'; cause: DocumentRefusal }>;
}

/** Whose documents: one organisation's at one partner. */
export type DocumentOwner = Pick<Member, 'organizationId'> & Pick<Intent, 'partnerId'>;

export interface KeptDocument extends Omit<BankDocument, 'content' | 'key'> {
  sha256: string;
  /** The bank's id. */
  attachmentId: string;
  connectionId: string;
  sizeBytes: number;
}

/** Which documents the bank has of an organisation, and to which rows they belong. */
export interface DocumentStore {
  /** The bank's ids of these contents, and of what was added to rows of the intent. */
  find(
    owner: DocumentOwner,
    contents: readonly string[],
    intentId?: string,
  ): Promise<{
    byContent: ReadonlyMap<string, string>;
    added: { index: number; attachmentId: string }[];
  }>;
  /** The first one stays, where two uploads were under way at once. */
  keep(owner: DocumentOwner, document: KeptDocument): Promise<void>;
  /** The payer's own document of a row, with its audit entry; the intent's pages look again. */
  addToRow(
    owner: DocumentOwner,
    row: { intentId: string; index: number; sha256: string; connectionId: string },
  ): Promise<void>;
  /** Something became of these intents' documents: their pages look again. */
  notify(intentIds: readonly string[]): Promise<void>;
}
