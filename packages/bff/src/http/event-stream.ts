import type { Request, Response } from 'express';

const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so long in bytes is cut; it comes back for a snapshot. */
const MAX_BUFFERED_BYTES = 256 * 1024;

/** One open `text/event-stream` answer. */
export class EventStream {
  readonly #res: Response;

  constructor(req: Request, res: Response, onClose: () => void) {
    this.#res = res;
    res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    res.flushHeaders();
    res.write('retry: 2000\n\n');
    const heartbeat = setInterval(() => this.#write(': hb\n\n'), HEARTBEAT_MS);
    req.socket.setKeepAlive(true);
    res.on('close', () => {
      clearInterval(heartbeat);
      onClose();
    });
  }

  send(event: { name: string; id?: number; data: unknown }): void {
    const id = event.id === undefined ? '' : `id: ${event.id}\n`;
    this.#write(`event: ${event.name}\n${id}data: ${JSON.stringify(event.data)}\n\n`);
  }

  end(): void {
    this.#res.end();
  }

  #write(frame: string): void {
    if (this.#res.writableEnded || this.#res.destroyed) return;
    if (this.#res.writableLength > MAX_BUFFERED_BYTES) this.#res.destroy();
    else this.#res.write(frame);
  }
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
