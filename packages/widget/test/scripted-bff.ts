import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Snapshot } from '@qonto-pay/shared';
import type { Plugin } from 'vite';

/** How requests of one kind are answered from now on; `silent` accepts and says nothing. */
export interface ScriptedAnswer {
  status?: number;
  body?: unknown;
  delayMs?: number;
  silent?: boolean;
}

export type RequestKind = 'snapshot' | 'list' | 'events' | 'hint' | 'flow' | 'partner';

/** `null` as an answer: back to the plain one. */
export interface Script {
  snapshots?: Snapshot[];
  /** Shown to who asks, kept from the streams. */
  isQuiet?: boolean;
  answers?: Partial<Record<RequestKind, ScriptedAnswer | null>>;
  /** Server minus local clock. */
  clockOffsetMs?: number;
  /** Ends every open stream. */
  cut?: boolean;
}

export interface SeenRequest {
  kind: RequestKind;
  path: string;
  credentials: boolean;
  body: string;
}

interface Room {
  snapshots: Map<string, Snapshot>;
  answers: Partial<Record<RequestKind, ScriptedAnswer | null>>;
  requests: SeenRequest[];
  streams: Map<ServerResponse, string>;
  clockOffsetMs: number;
}

const rooms = new Map<string, Room>();

function roomOf(name: string): Room {
  const room = rooms.get(name) ?? {
    snapshots: new Map(),
    answers: {},
    requests: [],
    streams: new Map(),
    clockOffsetMs: 0,
  };
  rooms.set(name, room);
  return room;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

const stamped = (room: Room, snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  serverTime: new Date(Date.now() + room.clockOffsetMs).toISOString(),
});

function write(room: Room, stream: ServerResponse, snapshot: Snapshot): void {
  const data = JSON.stringify(stamped(room, snapshot));
  stream.write(`event: snapshot\nid: ${snapshot.seq}\ndata: ${data}\n\n`);
}

function openStream(room: Room, intent: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(':\n\n');
  const snapshot = room.snapshots.get(intent);
  if (snapshot) write(room, response, snapshot);
  room.streams.set(response, intent);
  response.on('close', () => room.streams.delete(response));
}

/** The tests' own door: `PUT` a script, `GET` what was asked so far. */
async function direct(room: Room, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'PUT') {
    const script = JSON.parse(await bodyOf(request)) as Script;
    Object.assign(room.answers, script.answers);
    room.clockOffsetMs = script.clockOffsetMs ?? room.clockOffsetMs;
    for (const snapshot of script.snapshots ?? []) {
      room.snapshots.set(snapshot.id, snapshot);
      for (const [stream, intent] of room.streams)
        if (intent === snapshot.id && !script.isQuiet) write(room, stream, snapshot);
    }
    if (script.cut) for (const stream of room.streams.keys()) stream.end();
  }
  sendJson(response, 200, { requests: room.requests, streams: [...room.streams.values()] });
}

function kindOf(path: string): [kind: RequestKind, intent: string] | undefined {
  const [, intent = '', part] = /^\/v1\/intents\/([^/?]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (part === 'events' || part === 'hint') return [part, intent];
  if (intent) return ['snapshot', intent];
  if (path.startsWith('/v1/intents?ids=')) return ['list', path.slice('/v1/intents?ids='.length)];
  if (path.startsWith('/v1/flows/')) return ['flow', ''];
  return path === '/partner' ? ['partner', ''] : undefined;
}

function answerPlainly(room: Room, kind: RequestKind, intent: string, response: ServerResponse) {
  const found = intent.split(',').flatMap((id) => room.snapshots.get(id) ?? []);
  const [first] = found.map((snapshot) => stamped(room, snapshot));
  if (kind === 'events') openStream(room, intent, response);
  else if (kind === 'list')
    sendJson(response, 200, { intents: found.map((one) => stamped(room, one)) });
  else if (kind === 'snapshot' && !first) sendJson(response, 404, { code: 'intent-not-found' });
  else sendJson(response, 200, first ?? {});
}

/** The four public routes played from a script, over real HTTP: nothing of the widget is replaced. */
export async function playBff(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = '', path = ''] = /^\/(?:bff|script)\/([^/]+)(.*)$/.exec(request.url ?? '') ?? [];
  const room = roomOf(name);
  if (request.url?.startsWith('/script/')) return direct(room, request, response);
  const found = kindOf(path);
  if (!found) return sendJson(response, 404, {});
  const [kind, intent] = found;
  const credentials = 'cookie' in request.headers;
  room.requests.push({ kind, path, credentials, body: await bodyOf(request) });
  const answer = room.answers[kind];
  if (answer?.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
  if (answer?.silent) return;
  if (answer) return sendJson(response, answer.status ?? 200, answer.body ?? {});
  answerPlainly(room, kind, intent, response);
}

/** Puts the script in front of the test runner's own server. */
export const scriptedBff = (): Plugin => ({
  name: 'scripted-bff',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      if (/^\/(bff|script)\//.test(request.url ?? '')) void playBff(request, response);
      else next();
    });
  },
});
