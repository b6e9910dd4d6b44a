import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventStream } from '../src/http/event-stream.js';
import { EventReader } from './support/stream.js';
import { until } from './support/world.js';

interface Row {
  index: number;
  text: string;
}

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** One stream, its address, and whether the service knows that its reader is gone. */
async function serve(options: { large: boolean }) {
  const opened: { stream?: EventStream; isClosed: boolean } = { isClosed: false };
  const app = express();
  app.get('/', (req, res) => {
    opened.stream = new EventStream(req, res, {
      ...options,
      onClose() {
        opened.isClosed = true;
      },
    });
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const send = (data: unknown) => opened.stream?.send({ name: 'rows', data });
  return { url, opened, send };
}

/** 400 rows as they are in real life: much is alike, something differs. */
const rows = (): Row[] =>
  Array.from({ length: 400 }, (_, index) => ({
    index,
    text: `Fournisseur ${randomBytes(3).toString('hex')} SARL, FR76, match, not-needed, instant`,
  }));

describe('a stream of large events', () => {
  it('is compressed, and each event arrives as soon as it is sent', async () => {
    const { url, opened, send } = await serve({ large: true });
    const reader = await EventReader.open<Row[]>(url);
    expect(reader.answer.headers.get('content-encoding')).toBe('gzip');
    expect(reader.answer.headers.get('vary')).toBe('Accept-Encoding');
    for (let count = 1; count <= 3; count += 1) {
      const event = rows();
      await send(event);
      await until(
        async () => reader.events.length,
        (length) => length === count,
        2000,
      );
      expect(reader.events.at(-1)?.data).toEqual(event);
    }
    opened.stream?.end();
    await until(
      async () => [reader.isOver, opened.isClosed],
      (states) => states.every(Boolean),
    );
  });

  it('is kept alive by comments that are not held back', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { url } = await serve({ large: true });
      const reader = await EventReader.open<Row[]>(url);
      for (let count = 1; count <= 3; count += 1) {
        vi.advanceTimersByTime(15_000);
        await until(
          async () => reader.heartbeats,
          (heartbeats) => heartbeats === count,
          2000,
        );
      }
      reader.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('takes less than a quarter of its bytes', async () => {
    const { url, opened, send } = await serve({ large: true });
    const bytes = count(url, { 'Accept-Encoding': 'gzip' });
    await until(
      async () => opened.stream,
      (stream) => stream !== undefined,
    );
    const event = rows();
    await send(event);
    opened.stream?.end();
    expect(await bytes).toBeLessThan(JSON.stringify(event).length / 4);
  });

  it.each(['identity', 'br', 'gzip;q=0', undefined])(
    'is sent as it is to a reader who takes nothing else (%s)',
    async (encoding) => {
      const { url, opened, send } = await serve({ large: true });
      const bytes = count(url, encoding === undefined ? {} : { 'Accept-Encoding': encoding });
      await until(
        async () => opened.stream,
        (stream) => stream !== undefined,
      );
      const event = rows();
      await send(event);
      opened.stream?.end();
      expect(await bytes).toBeGreaterThan(JSON.stringify(event).length);
    },
  );

  it.each([true, false])('to a reader who went away is over (large: %s)', async (large) => {
    const { url, opened, send } = await serve({ large });
    const reader = await EventReader.open<Row[]>(url);
    await send(rows());
    const last = Array.from({ length: 20 }, () => send(rows()));
    reader.close();
    await until(
      async () => opened.isClosed,
      (isClosed) => isClosed,
    );
    await Promise.all([...last, send(rows()), send(rows())]);
  });

  it('waits for a reader who is slow', async () => {
    const { url, opened, send } = await serve({ large: false });
    const answer = await new Promise<IncomingMessage>((resolve) => {
      request(url, resolve).end();
    });
    answer.pause();
    let isTaken = false;
    const much = { text: 'x'.repeat(30_000_000) };
    const sent = send(much)?.then(() => {
      isTaken = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isTaken).toBe(false);
    answer.resume();
    await sent;
    opened.stream?.end();
  });
});

describe('a stream of small events', () => {
  it('is worth no compression', async () => {
    const { url, opened } = await serve({ large: false });
    const reader = await EventReader.open<Row[]>(url);
    expect(reader.answer.headers.get('content-encoding')).toBeNull();
    opened.stream?.end();
  });
});

/** The bytes of an answer, until it ends. */
function count(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve(bytes));
    });
    asked.on('error', reject);
    asked.end();
  });
}
