import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PayState } from '@qonto-pay/shared';

const DIST = fileURLToPath(new URL('../../../packages/pay-page/dist', import.meta.url));
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };
const PLACES: Record<string, string> = {
  __NONCE__: 'bench',
  __INTENT__: 'in_bench',
  __PAGE_TOKEN__: 'bench',
  __LANG__: 'en',
};
const PLAIN_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Plain</title>
<style>
body { font: 15px/1.4 sans-serif; margin: 24px }
table { border-collapse: collapse; width: 100% }
th, td { border-top: 1px solid #ddd; padding: 8px; text-align: start }
svg { width: 20px; height: 20px }
</style><main></main></html>`;

/** The built pay page of an intent whose state comes when the benchmark says so; and an empty page. */
export class PageServer {
  readonly url: string;
  readonly #server: Server;
  readonly #streams = new Set<ServerResponse>();
  readonly #waiting = new Set<ServerResponse>();
  #state: PayState | undefined;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(): Promise<PageServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pages = new PageServer(server, `http://localhost:${port}`);
    server.on('request', ({ url = '/' }, res) => void pages.#serve(url, res));
    return pages;
  }

  /** Whoever asks for the state from now on waits for it. */
  hold(): void {
    this.#state = undefined;
  }

  /** The state that the page asked for, or one more of its stream. */
  tell(state: PayState): void {
    this.#state = state;
    for (const res of this.#waiting) sendState(res, state);
    this.#waiting.clear();
    for (const stream of this.#streams) stream.write(frame(state));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(url: string, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(url, this.url);
    if (pathname.startsWith('/pay/assets/')) return sendAsset(pathname, res);
    if (pathname.endsWith('/events')) return this.#stream(res);
    if (pathname.startsWith('/pay/api/')) return this.#answer(res);
    const html = pathname === '/plain' ? PLAIN_PAGE : await builtPage();
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  }

  /** Every question and every form is answered by the state. */
  #answer(res: ServerResponse): void {
    if (this.#state) sendState(res, this.#state);
    else this.#waiting.add(res);
  }

  /** Begins with the current state, as the service's does. */
  #stream(res: ServerResponse): void {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    if (this.#state) res.write(frame(this.#state));
    this.#streams.add(res);
    res.on('close', () => this.#streams.delete(res));
  }
}

async function builtPage(): Promise<string> {
  const page = await readFile(path.join(DIST, 'pay.html'), 'utf8');
  return page.replace(/__[A-Z_]+?__/g, (place) => PLACES[place] ?? place);
}

async function sendAsset(pathname: string, res: ServerResponse): Promise<void> {
  const name = path.basename(pathname);
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
  const text = await readFile(path.join(DIST, name));
  res.writeHead(200, { 'Content-Type': type }).end(text);
}

function sendState(res: ServerResponse, state: PayState): void {
  res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(state));
}

const frame = (state: PayState): string => `event: state\ndata: ${JSON.stringify(state)}\n\n`;
