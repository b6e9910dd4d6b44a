import type { ReviewItem } from '@qonto-pay/shared';
import type { DocumentOwner, DocumentStore, PartnerDocuments } from './document-ports.js';
import { documentType, MAX_DOCUMENT_BYTES, needsDocument } from './document-rules.js';
import { DocumentUploads } from './document-uploads.js';
import { ConsentNeededError, PaymentError } from './errors.js';
import { intentNotFound } from './intent-service.js';
import type { Partner } from './partner.js';
import { PartnerDocumentRuns } from './partner-document-runs.js';
import type { Bank, Ids, Log } from './ports.js';
import type { Intent, IntentItem, Member } from './records.js';
import { hasConsent } from './request-rules.js';
import type { IntentStore } from './store-port.js';

export interface RowDocument {
  state: ReviewItem['document'];
  /** The bank's ids; empty unless `ready`. */
  attachmentIds: string[];
}

/** The documents that large payments need: from the partner, or added by the payer. */
export class DocumentService {
  readonly #intents: Pick<IntentStore, 'view'>;
  readonly #store: DocumentStore;
  readonly #uploads: DocumentUploads;
  readonly #runs: PartnerDocumentRuns;

  constructor(deps: {
    bank: Pick<Bank, 'uploadDocument'>;
    intents: Pick<IntentStore, 'view'>;
    store: DocumentStore;
    partnerDocuments: PartnerDocuments;
    ids: Pick<Ids, 'uuid'>;
    log: Log;
    now: () => number;
  }) {
    const { bank, store, partnerDocuments, ids, log, now } = deps;
    this.#intents = deps.intents;
    this.#store = store;
    this.#uploads = new DocumentUploads({ bank, store, ids });
    this.#runs = new PartnerDocumentRuns({
      ...{ partnerDocuments, uploads: this.#uploads, log, now },
      notify: (intentIds) => store.notify(intentIds),
    });
  }

  /** What is so of these rows, by row; begins to fetch what only the partner has so far. */
  async states(
    intent: Intent,
    rows: readonly number[],
    member: Member,
  ): Promise<ReadonlyMap<number, RowDocument>> {
    const wanted = new Set(rows);
    const items = intent.items.filter(({ index }) => wanted.has(index));
    const idsOf = await this.#idsByRow(intent, items.filter(needsDocument), member);
    return new Map(
      items.map((item) => {
        const attachmentIds = idsOf(item);
        const state = attachmentIds.length > 0 ? 'ready' : this.#missing(intent, item, member);
        return [item.index, { state, attachmentIds }];
      }),
    );
  }

  /**
   * The payer's own document of a row goes to the bank. @throws PaymentError `invalid-selection`,
   * `document-not-accepted`, `document-too-large`; what the bank's calls throw.
   */
  async add(
    { partner, intentId, member }: { partner: Partner; intentId: string; member: Member },
    { row, content }: { row: number; content: Buffer },
  ): Promise<void> {
    const intent = (await this.#intents.view(intentId))?.intent;
    if (intent?.partnerId !== partner.id) throw intentNotFound();
    const item = intent.items.find(({ index }) => index === row);
    if (!item || !needsDocument(item)) {
      throw new PaymentError('invalid-selection', 'Choose a row that needs a document.', {
        field: 'item',
      });
    }
    assertDocument(content);
    if (!hasConsent(member, 'documents'))
      throw new ConsentNeededError('documents need a permission');
    const owner = ownerOf(intent, member);
    const { connectionId } = member;
    const { externalRef } = item;
    const { sha256 } = await this.#uploads.bring({ owner, connectionId, externalRef, content });
    const added = { intentId, index: row, sha256, connectionId };
    await this.#store.addToRow(owner, added);
  }

  async stop(): Promise<void> {
    await this.#runs.stop();
  }

  async #idsByRow(intent: Intent, items: IntentItem[], member: Member) {
    if (items.length === 0) return () => [];
    const contents = items.flatMap(({ attachments }) => attachments.map(({ sha256 }) => sha256));
    const found = await this.#store.find(ownerOf(intent, member), contents, intent.id);
    const needy = new Set(items);
    return (item: IntentItem): string[] => {
      if (!needy.has(item)) return [];
      const own = found.added.filter(({ index }) => index === item.index);
      const given = item.attachments.flatMap(({ sha256 }) => found.byContent.get(sha256) ?? []);
      return [...new Set([...own.map(({ attachmentId }) => attachmentId), ...given])];
    };
  }

  #missing(intent: Intent, item: IntentItem, member: Member): RowDocument['state'] {
    if (!needsDocument(item)) return 'not-needed';
    if (!hasConsent(member, 'documents')) return 'consent';
    if (item.attachments.length === 0) return 'missing';
    const { connectionId } = member;
    const owner = ownerOf(intent, member);
    return this.#runs.want({ intentId: intent.id, item, owner, connectionId });
  }
}

const ownerOf = ({ partnerId }: Intent, { organizationId }: Member): DocumentOwner => ({
  partnerId,
  organizationId,
});

function assertDocument(content: Buffer): void {
  if (content.byteLength > MAX_DOCUMENT_BYTES) throw documentTooLarge();
  if (documentType(content)) return;
  throw new PaymentError('document-not-accepted', 'Choose a PDF, JPEG or PNG file.', {
    field: 'file',
  });
}

export const documentTooLarge = () =>
  new PaymentError('document-too-large', 'Choose a file of at most 10 MB.', { field: 'file' });
