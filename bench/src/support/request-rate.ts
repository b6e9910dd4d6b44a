import { connect } from 'node:net';

const CONNECTIONS = 16;
const ANSWER = 'HTTP/1.1 ';

/**
 * Requests per second over a few connections that are kept. Raw sockets: a full HTTP client would cost more than
 * the bare server, and hide the difference.
 */
export async function requestsPerSecond(
  url: string,
  wish: { readonly path: string; readonly token: string; readonly seconds: number },
): Promise<number> {
  const { port } = new URL(url);
  const request = `GET ${wish.path} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${wish.token}\r\n\r\n`;
  const startedAt = performance.now();
  const until = startedAt + wish.seconds * 1000;
  const lanes = Array.from({ length: CONNECTIONS }, () => lane(Number(port), { request, until }));
  const answered = (await Promise.all(lanes)).reduce((sum, count) => sum + count, 0);
  return answered / ((performance.now() - startedAt) / 1000);
}

function lane(port: number, wish: { request: string; until: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(wish.request));
    let answered = 0;
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      // One request at a time on each, so that an answer's first line is one answer.
      if (!chunk.includes(ANSWER)) return;
      if (!chunk.startsWith(`${ANSWER}200`)) return reject(new Error(chunk.slice(0, 200)));
      answered += 1;
      if (performance.now() < wish.until) socket.write(wish.request);
      else socket.end(() => resolve(answered));
    });
  });
}
