import { createHash } from 'node:crypto';
import type { DocumentOwner, DocumentStore } from './document-ports.js';
import { documentFileName, documentType } from './document-rules.js';
import type { Bank, Ids } from './ports.js';

export interface Upload {
  owner: DocumentOwner;
  connectionId: string;
  externalRef: string;
  content: Buffer;
}

/** Brings documents to the bank, each content once per organisation. */
export class DocumentUploads {
  readonly #bank: Pick<Bank, 'uploadDocument'>;
  readonly #store: DocumentStore;
  readonly #ids: Pick<Ids, 'uuid'>;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(deps: {
    bank: Pick<Bank, 'uploadDocument'>;
    store: DocumentStore;
    ids: Pick<Ids, 'uuid'>;
  }) {
    this.#bank = deps.bank;
    this.#store = deps.store;
    this.#ids = deps.ids;
  }

  /** The bank has it afterwards; joins an upload of the same content that is under way. */
  async bring(upload: Upload): Promise<{ sha256: string }> {
    const { owner, content } = upload;
    const sha256 = sha256Of(content);
    const key = ownedKey(owner, sha256);
    await (this.#underWay.get(key) ?? this.#start(key, upload, sha256));
    return { sha256 };
  }

  #start(key: string, upload: Upload, sha256: string): Promise<void> {
    const running = this.#bring(upload, sha256).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, running);
    return running;
  }

  async #bring({ owner, connectionId, externalRef, content }: Upload, sha256: string) {
    const contentType = documentType(content);
    if (!contentType) throw new Error('a document has a type');
    const { byContent } = await this.#store.find(owner, [sha256]);
    if (byContent.has(sha256)) return;
    const fileName = documentFileName(externalRef, contentType);
    const attachmentId = await this.#bank.uploadDocument(connectionId, {
      ...{ fileName, contentType, content, key: this.#ids.uuid() },
    });
    await this.#store.keep(owner, {
      ...{ sha256, attachmentId, connectionId, fileName, contentType },
      sizeBytes: content.byteLength,
    });
  }
}

export const sha256Of = (content: Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** One content of one organisation at one partner. */
export const ownedKey = ({ partnerId, organizationId }: DocumentOwner, sha256: string): string =>
  [partnerId, organizationId, sha256].join(' ');
