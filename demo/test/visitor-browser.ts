import { type IncomingMessage, request } from 'node:http';

interface Page {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  html: string;
}

/** A visitor with a cookie jar who may call the site by any host name: `fetch` does not set Host. */
export class VisitorBrowser {
  readonly #port: number;
  readonly #host: string;
  #cookie: string | undefined;

  constructor(port: number, host = `localhost:${port}`) {
    this.#port = port;
    this.#host = host;
  }

  /** The same visitor, after the site has moved to another port. */
  on(port: number): VisitorBrowser {
    const moved = new VisitorBrowser(port, this.#host);
    moved.#cookie = this.#cookie;
    return moved;
  }

  get(path: string): Promise<Page> {
    return this.#ask('GET', path);
  }

  post(path: string, fields: Record<string, string>): Promise<Page> {
    return this.#ask('POST', path, new URLSearchParams(fields).toString());
  }

  #ask(method: string, path: string, body?: string): Promise<Page> {
    const headers = {
      host: this.#host,
      ...(this.#cookie ? { cookie: this.#cookie } : {}),
      ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    };
    return new Promise((resolve, reject) => {
      const call = request({ port: this.#port, host: '127.0.0.1', method, path, headers });
      call.on('error', reject).on('response', (response) => {
        let html = '';
        response.setEncoding(isBinary(response) ? 'latin1' : 'utf8').on('data', (text: string) => {
          html += text;
        });
        response.on('end', () => {
          this.#cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? this.#cookie;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, html });
        });
      });
      call.end(body);
    });
  }
}

/** One character for each byte, so that a document's hash can be taken. */
function isBinary({ headers }: IncomingMessage): boolean {
  return headers['content-type'] === 'application/pdf';
}
