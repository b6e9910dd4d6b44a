import type {
  Attachment,
  DocumentOwner,
  DocumentRefusal,
  PartnerDocuments,
} from './document-ports.js';
import { documentType } from './document-rules.js';
import { type DocumentUploads, ownedKey, sha256Of } from './document-uploads.js';
import type { Log } from './ports.js';
import type { IntentItem } from './records.js';

/** By then a partner's host or the bank may be back. */
const RETRY_MS = 30_000;
/** Each may hold 10 MB of memory. */
const MAX_AT_ONCE = 4;

export interface WantedDocument {
  intentId: string;
  item: IntentItem;
  owner: DocumentOwner;
  connectionId: string;
}

interface Run {
  wanted: WantedDocument;
  attachment: Attachment;
  /** Whose pages look again when it ends. */
  intentIds: Set<string>;
}

interface Deps {
  partnerDocuments: PartnerDocuments;
  uploads: DocumentUploads;
  notify: (intentIds: readonly string[]) => Promise<void>;
  log: Log;
  now: () => number;
}

/** Fetches what partners have and brings it to the bank, behind the payer's back, a few at once. */
export class PartnerDocumentRuns {
  readonly #deps: Deps;
  /** By organisation and content: waiting or running. */
  readonly #runs = new Map<string, Run>();
  readonly #waiting: string[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #failedAt = new Map<string, number>();
  #isStopped = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Goes on with the first document of the row that has not just failed. */
  want(wanted: WantedDocument): 'fetching' | 'failed' {
    for (const attachment of wanted.item.attachments) {
      const key = ownedKey(wanted.owner, attachment.sha256);
      if (this.#hasJustFailed(key)) continue;
      const run = this.#runs.get(key) ?? { wanted, attachment, intentIds: new Set() };
      run.intentIds.add(wanted.intentId);
      if (!this.#runs.has(key)) this.#waiting.push(key);
      this.#runs.set(key, run);
      this.#startNext();
      return 'fetching';
    }
    return 'failed';
  }

  /** What runs ends before the process does; what waits is wanted again by the next one. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#running);
  }

  #startNext(): void {
    if (this.#isStopped || this.#running.size >= MAX_AT_ONCE) return;
    const key = this.#waiting.shift();
    const run = key === undefined ? undefined : this.#runs.get(key);
    if (key === undefined || !run) return;
    const running = this.#bring(run)
      .then((isBrought) => this.#end(key, run, isBrought))
      .catch((error: unknown) => this.#deps.log.error({ event: 'document-lost', error }))
      .finally(() => {
        this.#running.delete(running);
        this.#startNext();
      });
    this.#running.add(running);
  }

  async #bring({ wanted, attachment }: Run): Promise<boolean> {
    const { intentId, item, owner, connectionId } = wanted;
    const { partnerId } = owner;
    try {
      const content = await this.#fetch(partnerId, attachment);
      if (Buffer.isBuffer(content)) {
        await this.#deps.uploads.bring({
          owner,
          connectionId,
          externalRef: item.externalRef,
          content,
        });
        return true;
      }
      this.#deps.log.warn({ event: 'document-refused', intentId, partnerId, cause: content });
    } catch (error) {
      this.#deps.log.warn({ event: 'document-not-uploaded', intentId, partnerId, error });
    }
    return false;
  }

  async #fetch(partnerId: string, { url, sha256 }: Attachment): Promise<Buffer | DocumentRefusal> {
    const fetched = await this.#deps.partnerDocuments.fetch(partnerId, url);
    if (fetched.kind === 'refused') return fetched.cause;
    if (sha256Of(fetched.content) !== sha256) return 'another-content';
    return documentType(fetched.content) ? fetched.content : 'not-a-document';
  }

  async #end(key: string, { intentIds }: Run, isBrought: boolean): Promise<void> {
    this.#runs.delete(key);
    if (!isBrought) this.#failedAt.set(key, this.#deps.now());
    for (const old of this.#failedAt.keys()) {
      if (!this.#hasJustFailed(old)) this.#failedAt.delete(old);
    }
    await this.#deps.notify([...intentIds]);
  }

  #hasJustFailed(key: string): boolean {
    const at = this.#failedAt.get(key);
    return at !== undefined && this.#deps.now() - at < RETRY_MS;
  }
}
