import { beforeEach, describe, expect, it } from 'vitest';
import type { DocumentRefusal } from './document-ports.js';
import { DocumentUploads, sha256Of } from './document-uploads.js';
import { PartnerDocumentRuns } from './partner-document-runs.js';
import type { LogFields } from './ports.js';
import type { IntentItem } from './records.js';

const OWNER = { partnerId: 'demo', organizationId: 'acme' };
const pdf = (text: string) => Buffer.from(`%PDF-${text}`);

/** A partner's host, a bank and a store that answer when the test says so. */
class Outside {
  now = 0;
  readonly logged: LogFields[] = [];
  readonly notified: string[][] = [];
  readonly uploaded: string[] = [];
  readonly asked: string[] = [];
  readonly #kept = new Map<string, string>();
  readonly #waiting = new Map<string, (answer: Buffer | DocumentRefusal) => void>();
  readonly runs: PartnerDocumentRuns;

  constructor() {
    const log = {
      info: () => {},
      warn: (fields: LogFields) => void this.logged.push(fields),
      error: (fields: LogFields) => void this.logged.push(fields),
    };
    const uploads = new DocumentUploads({
      ids: { uuid: () => 'key' },
      bank: {
        uploadDocument: async (_connectionId, { fileName }) => {
          this.uploaded.push(fileName);
          return `id of ${fileName}`;
        },
      },
      store: {
        find: async () => ({ byContent: this.#kept, added: [] }),
        keep: async (_owner, { sha256, attachmentId }) => {
          this.#kept.set(sha256, attachmentId);
        },
        addToRow: async () => {},
        notify: async () => {},
      },
    });
    this.runs = new PartnerDocumentRuns({
      ...{ uploads, log, now: () => this.now },
      notify: async (intentIds) => void this.notified.push([...intentIds]),
      partnerDocuments: {
        fetch: (_partnerId, url) => {
          this.asked.push(url);
          return new Promise((resolve) => {
            this.#waiting.set(url, (answer) =>
              resolve(
                Buffer.isBuffer(answer)
                  ? { kind: 'fetched', content: answer }
                  : { kind: 'refused', cause: answer },
              ),
            );
          });
        },
      },
    });
  }

  want(name: string, intentId = 'in_1') {
    const attachments = name.split(' ').map((one) => ({ url: one, sha256: sha256Of(pdf(one)) }));
    const item = { externalRef: name, attachments } as IntentItem;
    return this.runs.want({ intentId, item, owner: OWNER, connectionId: 'c' });
  }

  /** The partner's host answers, and all that follows from it is done. */
  async answer(url: string, answer: Buffer | DocumentRefusal = pdf(url)): Promise<void> {
    this.#waiting.get(url)?.(answer);
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  }
}

let outside: Outside;
beforeEach(() => {
  outside = new Outside();
});

describe("partners' documents behind the payer's back", () => {
  it('are fetched four at once, in turn', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) expect(outside.want(name)).toBe('fetching');
    expect(outside.asked).toEqual(['a', 'b', 'c', 'd']);
    await outside.answer('c');
    expect(outside.asked).toEqual(['a', 'b', 'c', 'd', 'e']);
    await outside.answer('a', 'not-there');
    expect(outside.asked).toEqual(names);
    expect(outside.uploaded).toEqual(['c.pdf']);
  });

  it('are fetched once for all who want them, and tell each of their intents', async () => {
    outside.want('a', 'in_1');
    outside.want('a', 'in_2');
    outside.want('a', 'in_1');
    await outside.answer('a');
    expect([outside.asked, outside.uploaded]).toEqual([['a'], ['a.pdf']]);
    expect(outside.notified).toEqual([['in_1', 'in_2']]);
  });

  it('that fail are tried again after half a minute, and not before', async () => {
    outside.want('a');
    await outside.answer('a', 'too-late');
    expect(outside.want('a')).toBe('failed');
    outside.now = 29_999;
    expect(outside.want('a')).toBe('failed');
    expect(outside.asked).toEqual(['a']);
    outside.now = 30_000;
    expect(outside.want('a')).toBe('fetching');
    await outside.answer('a');
    expect(outside.uploaded).toEqual(['a.pdf']);
  });

  it.each<[cause: DocumentRefusal, answer: Buffer | DocumentRefusal]>([
    ['redirected', 'redirected'],
    ['another-content', pdf('b')],
  ])('that are refused leave a line in the log: %s', async (cause, answer) => {
    outside.want('a');
    await outside.answer('a', answer);
    expect(outside.logged).toEqual([
      { event: 'document-refused', intentId: 'in_1', partnerId: 'demo', cause },
    ]);
    expect(outside.uploaded).toEqual([]);
    expect(outside.notified).toEqual([['in_1']]);
  });

  it('give way to the next one of their row', async () => {
    expect(outside.want('a b')).toBe('fetching');
    await outside.answer('a', 'not-there');
    expect(outside.want('a b')).toBe('fetching');
    expect(outside.asked).toEqual(['a', 'b']);
    await outside.answer('b', 'not-there');
    expect(outside.want('a b')).toBe('failed');
  });

  it('end before the process does, and none begins any more', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) outside.want(name);
    let isStopped = false;
    const stopped = outside.runs.stop().then(() => {
      isStopped = true;
    });
    for (const name of ['a', 'b', 'c']) await outside.answer(name);
    expect(isStopped).toBe(false);
    await outside.answer('d');
    await stopped;
    expect(outside.asked).toEqual(['a', 'b', 'c', 'd']);
    expect(outside.uploaded).toHaveLength(4);
  });
});
