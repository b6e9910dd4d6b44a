import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { playApi } from './scripted-api.js';

const run = promisify(execFile);
const VITE = fileURLToPath(new URL('../../bin/vite.js', import.meta.resolve('vite')));
const NONCE = 'bm9uY2Ugb2YgdGhlIHRlc3Q';

/** The headers that the BFF sends with the page. */
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
    `style-src 'nonce-${NONCE}' 'self'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types qonto-pay',
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

export interface PayServer {
  /** `http://<host>.localhost:<port>`: hosts of different names are different sites. */
  origin: (host: 'pay' | 'shop' | 'bank') => string;
}

function sendHtml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Other site</title>${body}`);
}

async function sendPage(folder: string, name: string, intent: string, response: ServerResponse) {
  const page = await readFile(path.join(folder, name), 'utf8');
  response.writeHead(200, PAGE_HEADERS);
  response.end(
    page
      .replaceAll('__NONCE__', NONCE)
      .replaceAll('__INTENT__', intent)
      .replaceAll('__PAGE_TOKEN__', 'token-of-this-page')
      .replaceAll('__LANG__', 'en'),
  );
}

async function sendAsset(folder: string, name: string, response: ServerResponse) {
  const file = path.basename(name);
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type });
  response.end(await readFile(path.join(folder, file)));
}

/** The partner's page and the bank's sign-in, as far as a window passes through them. */
function sendOtherSite(url: URL, response: ServerResponse): boolean {
  const target = url.searchParams.get('to') ?? '';
  if (url.pathname === '/shop') {
    const call = `window.open('${target}', 'qonto-pay-1', 'popup,width=480,height=760')`;
    sendHtml(response, `<button onclick="${call}">Pay</button>`);
  } else if (url.pathname === '/auth/sign-in') {
    const bank = url.origin.replace('pay.', 'bank.');
    response.writeHead(302, { Location: `${bank}/bank?to=${encodeURIComponent(target)}` }).end();
  } else if (url.pathname === '/bank')
    sendHtml(response, `<a id="allow" href="${target}">Allow</a>`);
  else return false;
  return true;
}

async function serve(folder: string, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  if (/^\/(script|pay\/api)\//.test(url.pathname)) return playApi(request, response);
  if (url.pathname.startsWith('/pay/assets/')) return sendAsset(folder, url.pathname, response);
  if (sendOtherSite(url, response)) return undefined;
  const [, intent = '', plain] = /^\/pay\/([^/]+)(\/plain)?$/.exec(url.pathname) ?? [];
  if (plain) return sendHtml(response, 'The page without script');
  if (intent === 'opening') return sendPage(folder, 'opening.html', '', response);
  if (intent) return sendPage(folder, 'pay.html', intent, response);
  return sendHtml(response, 'Back at the invoice');
}

/** Builds the page and serves it as the BFF does, with the same headers. */
export async function startPayServer(): Promise<PayServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pay-page-'));
  await run(process.execPath, [VITE, 'build', '--logLevel', 'warn', '--outDir', folder], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const server = createServer((request, response) => void serve(folder, request, response));
  // Neither the server nor an open stream keeps the test runner from ending.
  server.unref();
  server.on('connection', (socket) => socket.unref());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: (host) => `http://${host}.localhost:${port}` };
}
