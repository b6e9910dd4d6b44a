import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';

/** How the next requests of one kind are answered; `drop` cuts the connection. */
export interface ScriptedAnswer {
  status?: number;
  body?: unknown;
  /** The state from then on, and the body when there is none. */
  state?: unknown;
  delayMs?: number;
  drop?: boolean;
}

/** `null` as an answer: back to the plain one. */
export interface Script {
  state?: unknown;
  /** By kind: `read`, `events`, `review`, `confirm`, `request/approve`, … and `sign-out`. */
  answers?: Record<string, ScriptedAnswer | null>;
}

export interface SeenRequest {
  kind: string;
  accept: string;
  fields: Record<string, string>;
}

interface Room {
  state: unknown;
  answers: Record<string, ScriptedAnswer | null>;
  requests: SeenRequest[];
  streams: Set<ServerResponse>;
}

const rooms = new Map<string, Room>();

function roomOf(intent: string): Room {
  const room = rooms.get(intent) ?? { state: null, answers: {}, requests: [], streams: new Set() };
  rooms.set(intent, room);
  return room;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Files read as their name and size. */
async function fieldsOf(request: IncomingMessage): Promise<Record<string, string>> {
  const body = await bodyOf(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    return Object.fromEntries(new URLSearchParams(body.toString()));
  }
  const form = await new Response(new Uint8Array(body), {
    headers: { 'Content-Type': type },
  }).formData();
  const entries = [...form].map(([name, value]) => [
    name,
    value instanceof File ? `${value.name} ${value.size}` : value,
  ]);
  return Object.fromEntries(entries);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function moveTo(room: Room, state: unknown): void {
  room.state = state;
  for (const stream of room.streams) {
    stream.write(`event: state\ndata: ${JSON.stringify(state)}\n\n`);
  }
}

function openStream(room: Room, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(`event: state\ndata: ${JSON.stringify(room.state)}\n\n`);
  room.streams.add(response);
  response.on('close', () => room.streams.delete(response));
}

/** After the head: where nothing came at all, a browser may send the request again by itself. */
function drop(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.write(' ', () => response.destroy());
}

async function answer(room: Room, kind: string, response: ServerResponse): Promise<void> {
  const scripted = room.answers[kind] ?? {};
  if (scripted.delayMs) await new Promise((resolve) => setTimeout(resolve, scripted.delayMs));
  if (scripted.state !== undefined) moveTo(room, scripted.state);
  if (scripted.drop) drop(response);
  else if (kind === 'events' && scripted.status === undefined) openStream(room, response);
  else sendJson(response, scripted.status ?? 200, scripted.body ?? room.state);
}

/** The tests' own door: `PUT` a script, `GET` what was asked so far. */
async function direct(room: Room, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'PUT') {
    const script = JSON.parse((await bodyOf(request)).toString()) as Script;
    Object.assign(room.answers, script.answers);
    if (script.state !== undefined) moveTo(room, script.state);
  }
  sendJson(response, 200, { requests: room.requests, streams: room.streams.size });
}

/** `/pay/api` played from a script, over real HTTP: nothing of the page itself is replaced. */
export async function playApi(request: IncomingMessage, response: ServerResponse) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const script = /^\/script\/([^/]+)$/.exec(pathname);
  if (script?.[1]) return direct(roomOf(script[1]), request, response);
  const fields = await fieldsOf(request);
  const [, intent = fields.intent ?? '', part] =
    /^\/pay\/api\/(?:intents|flows)\/([^/]+)(?:\/(.+))?$/.exec(pathname) ?? [];
  const kind = part ?? (pathname.endsWith('/sign-out') ? 'sign-out' : 'read');
  const room = roomOf(intent);
  room.requests.push({ kind, accept: request.headers.accept ?? '', fields });
  return answer(room, kind, response);
}

/** Puts the script in front of the test runner's own server. */
export const scriptedApi = (): Plugin => ({
  name: 'scripted-api',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const ours = /^\/(script|pay\/api)\//.test(request.url ?? '');
      if (ours) void playApi(request, response);
      else next();
    });
  },
});

/** `@open-wc/testing` asks for the socket of another test runner; there is none here. */
export const noWebTestRunner = (): Plugin => {
  const id = '__web-dev-server__web-socket.js';
  return {
    name: 'no-web-test-runner',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith(id) ? `\0${id}` : undefined),
    load: (source) =>
      source === `\0${id}` ? 'export const sendMessageWaitForResponse = undefined;' : undefined,
  };
};
