import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import type { World } from './world.js';

/** The baseline: keeps the open answers in a set and writes one text to each. It knows no database. */
export class PlainBroadcast {
  readonly url: string;
  readonly #readers: Set<Response>;
  #seq = 0;

  private constructor(url: string, readers: Set<Response>) {
    this.url = url;
    this.#readers = readers;
  }

  static async start({ later }: Pick<World, 'later'>): Promise<PlainBroadcast> {
    const readers = new Set<Response>();
    const app = express();
    app.get('/v1/intents/:intent/events', (_req, res) => {
      res.status(200).type('text/event-stream').flushHeaders();
      readers.add(res);
      res.on('close', () => readers.delete(res));
    });
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    later(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    return new PlainBroadcast(`http://127.0.0.1:${port}`, readers);
  }

  /** @returns when it began, and the number of the event. */
  publish(snapshot: object): { at: number; seq: number } {
    this.#seq += 1;
    const at = performance.now();
    const data = JSON.stringify({ ...snapshot, seq: this.#seq });
    for (const res of this.#readers) {
      res.write(`event: snapshot\nid: ${this.#seq}\ndata: ${data}\n\n`);
    }
    return { at, seq: this.#seq };
  }
}
