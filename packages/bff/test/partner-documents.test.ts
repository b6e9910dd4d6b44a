import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpPartnerDocuments } from '../src/documents/partner-documents.js';
import './support/network.js';
import { PartnerHost, pdf } from './support/partner-host.js';

const PDF = pdf('an invoice');
const LIMIT = 10_000_000;

let hosts: PartnerHost[] = [];
afterEach(async () => {
  for (const one of hosts) await one.close();
  hosts = [];
});

async function host(listener: RequestListener): Promise<PartnerHost> {
  const started = await PartnerHost.start(listener);
  hosts.push(started);
  return started;
}

/** The partner `demo` has registered these hosts, and `other` none. */
const documents = (...origins: string[]) =>
  new HttpPartnerDocuments({
    hostsOf: (partnerId) => (partnerId === 'demo' ? origins : []),
    timeoutMs: 500,
  });

const refused = (cause: string) => ({ kind: 'refused', cause });

describe("a partner's document", () => {
  it('is fetched from its registered host, without credentials', async () => {
    const { origin, asked } = await host((_req, res) => res.end(PDF));
    const answer = await documents(origin).fetch('demo', `${origin}/invoices/1.pdf?v=2`);
    expect(answer).toEqual({ kind: 'fetched', content: PDF });
    expect(asked.map(({ method, url }) => [method, url])).toEqual([['GET', '/invoices/1.pdf?v=2']]);
    for (const name of ['cookie', 'authorization', 'referer']) {
      expect(asked[0]?.headers[name]).toBeUndefined();
    }
  });

  it('is never asked of a host that this partner has not registered', async () => {
    const [mine, other] = [
      await host((_req, res) => res.end(PDF)),
      await host((_req, res) => res.end(PDF)),
    ];
    const fetcher = documents(mine.origin);
    const { port } = new URL(mine.origin);
    const answers = [
      await fetcher.fetch('demo', `${other.origin}/1.pdf`),
      await fetcher.fetch('other', `${mine.origin}/1.pdf`),
      await fetcher.fetch('unknown', `${mine.origin}/1.pdf`),
      await fetcher.fetch('demo', `http://127.0.0.1:${port}/1.pdf`),
      await fetcher.fetch('demo', `http://user:secret@localhost:${port}/1.pdf`),
    ];
    expect(answers).toEqual(answers.map(() => refused('host-not-registered')));
    expect([...mine.asked, ...other.asked]).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('is not followed to another place (%d)', async (status) => {
    const inside = await host((_req, res) => res.end(PDF));
    const { origin } = await host((_req, res) =>
      res.writeHead(status, { Location: `${inside.origin}/secret` }).end(),
    );
    // Even a registered one: where a document is, its partner says.
    const fetcher = documents(origin, inside.origin);
    expect(await fetcher.fetch('demo', `${origin}/1.pdf`)).toEqual(refused('redirected'));
    expect(inside.asked).toEqual([]);
  });

  it.each([204, 206, 401, 404, 500])('is not what an answer of %d says', async (status) => {
    const { origin } = await host((_req, res) =>
      res.writeHead(status).end(status === 204 ? undefined : PDF),
    );
    expect(await documents(origin).fetch('demo', `${origin}/1.pdf`)).toEqual(refused('not-there'));
  });

  it('may have ten megabytes, and not one byte more, whatever its length header says', async () => {
    const { origin } = await host((req, res) => {
      const size = Number(req.url?.slice(1));
      // In pieces, without a length.
      res.write(Buffer.alloc(size - 1));
      res.end('x');
    });
    const fetcher = documents(origin);
    const fetched = await fetcher.fetch('demo', `${origin}/${LIMIT}`);
    expect(fetched.kind === 'fetched' && fetched.content.byteLength).toBe(LIMIT);
    expect(await fetcher.fetch('demo', `${origin}/${LIMIT + 1}`)).toEqual(refused('too-large'));
  });

  it('that never ends is cut off once it is too large', async () => {
    const { origin } = await host((_req, res) => {
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(1_000_000)));
      };
      res.on('drain', more);
      more();
    });
    expect(await documents(origin).fetch('demo', `${origin}/1.pdf`)).toEqual(refused('too-large'));
  });

  it('that does not come, or not wholly, is given up in time', async () => {
    const silent = await host(() => {});
    const slow = await host((_req, res) => res.write(PDF));
    const fetcher = documents(silent.origin, slow.origin);
    for (const { origin } of [silent, slow]) {
      expect(await fetcher.fetch('demo', `${origin}/1.pdf`)).toEqual(refused('too-late'));
    }
  });

  it('whose host is away, or breaks off, is not there', async () => {
    const broken = await host((req, res) => {
      res.writeHead(200, { 'Content-Length': '1000' }).write(PDF, () => req.destroy());
    });
    const gone = await host(() => {});
    await hosts.pop()?.close();
    const fetcher = documents(broken.origin, gone.origin);
    for (const { origin } of [broken, gone]) {
      expect(await fetcher.fetch('demo', `${origin}/1.pdf`)).toEqual(refused('unreachable'));
    }
  });
});
