import { randomUUID } from 'node:crypto';
import type { BankClock } from '../clock.js';
import type { StateStore } from '../state-store.js';
import type { Attachment } from './attachment.js';

/** The documents that members have uploaded (facts 4.9). */
export class AttachmentStore {
  readonly #store: StateStore;
  readonly #clock: BankClock;

  constructor({ store, clock }: { readonly store: StateStore; readonly clock: BankClock }) {
    this.#store = store;
    this.#clock = clock;
  }

  find(organizationId: string, id: string): Attachment | undefined {
    const attachment = this.#store.current.attachments.get(id);
    return attachment?.organizationId === organizationId ? attachment : undefined;
  }

  hasAll(organizationId: string, ids: readonly string[]): boolean {
    return ids.every((id) => this.find(organizationId, id) !== undefined);
  }

  add(
    organizationId: string,
    file: { readonly name: string; readonly contentType: string; readonly content: Buffer },
  ): Attachment {
    const attachment: Attachment = {
      id: randomUUID(),
      organizationId,
      fileName: file.name,
      contentType: file.contentType,
      fileSize: file.content.length,
      contentBase64: file.content.toString('base64'),
      createdAt: this.#clock.now(),
    };
    this.#store.current.attachments.set(attachment.id, attachment);
    this.#store.touch();
    return attachment;
  }
}
