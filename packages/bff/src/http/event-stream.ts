import { pipeline } from 'node:stream';
import { constants, createGzip, type Gzip } from 'node:zlib';
import type { Request, Response } from 'express';

const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so long in bytes is cut; it comes back for a snapshot. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** One open `text/event-stream` answer. */
export class EventStream {
  readonly #res: Response;
  /** Where frames go: into the answer, or through gzip into it. */
  readonly #out: Response | Gzip;

  /** `large`: its events are worth 260 kB of memory for gzip, where the reader takes it. */
  constructor(req: Request, res: Response, options: { large: boolean; onClose: () => void }) {
    this.#res = res;
    const isZipped = options.large && req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
    res.vary('Accept-Encoding');
    res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      ...(isZipped && { 'Content-Encoding': 'gzip' }),
    });
    res.flushHeaders();
    this.#out = isZipped ? zippedInto(res) : res;
    this.#out.write('retry: 2000\n\n');
    const heartbeat = setInterval(() => void this.#write(': hb\n\n'), HEARTBEAT_MS);
    req.socket.setKeepAlive(true);
    res.on('close', () => {
      clearInterval(heartbeat);
      this.#out.destroy();
      options.onClose();
    });
  }

  /** Resolves when there is room for more: who sends whole states then sends the latest only. */
  send(event: { name: string; id?: number; data: unknown }): Promise<void> {
    const id = event.id === undefined ? '' : `id: ${event.id}\n`;
    return this.#write(`event: ${event.name}\n${id}data: ${JSON.stringify(event.data)}\n\n`);
  }

  end(): void {
    this.#out.end();
  }

  #write(frame: string): Promise<void> {
    const [out, res] = [this.#out, this.#res];
    if (out.writableEnded || out.destroyed || res.destroyed) return Promise.resolve();
    if (out.writableLength > MAX_BUFFERED_BYTES) {
      res.destroy();
      return Promise.resolve();
    }
    return new Promise((resolve) => out.write(frame, () => resolve()));
  }
}

/** Level 1 of a state of 400 rows takes a tenth of its bytes; each event leaves at once. */
function zippedInto(res: Response): Gzip {
  const gzip = createGzip({ level: 1, flush: constants.Z_SYNC_FLUSH });
  // Whatever ends it, the answer's `close` follows; a plain pipe would throw into nowhere.
  pipeline(gzip, res, () => {});
  return gzip;
}

/**
 * Runs one look after another: a wake-up during a look makes one more follow, so that nothing is
 * missed and nothing piles up.
 */
export function coalesced(
  look: () => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let isRunning = false;
  let isAskedAgain = false;
  const run = async (): Promise<void> => {
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    isRunning = true;
    try {
      do {
        isAskedAgain = false;
        await look();
      } while (isAskedAgain);
    } catch (error) {
      onError(error);
    } finally {
      isRunning = false;
    }
  };
  return () => void run();
}
