import { until } from './world.js';

export interface StreamEvent<T> {
  name: string;
  id: number | undefined;
  data: T;
}

/** Reads a `text/event-stream` as a browser's `EventSource` does. */
export class EventReader<T> {
  readonly events: StreamEvent<T>[] = [];
  readonly answer: Response;
  /** Comments, which only keep the connection alive. */
  heartbeats = 0;
  isOver = false;
  readonly #abort: AbortController;

  private constructor(answer: Response, abort: AbortController) {
    this.answer = answer;
    this.#abort = abort;
  }

  static async open<T>(url: string, headers: Record<string, string> = {}): Promise<EventReader<T>> {
    const abort = new AbortController();
    const answer = await fetch(url, {
      headers: { Accept: 'text/event-stream', ...headers },
      signal: abort.signal,
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    const reader = new EventReader<T>(answer, abort);
    void reader.#read();
    return reader;
  }

  /** Waits for an event that is so, from the first one on. */
  async has(isSo: (data: T) => boolean, withinMs?: number): Promise<StreamEvent<T>> {
    const found = async () => this.events.find(({ data }) => isSo(data));
    return (await until(found, (event) => event !== undefined, withinMs)) as StreamEvent<T>;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        const frames = text.split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) this.#take(frame);
      }
    } catch {
      // Cut off: that is an end, too.
    }
    this.isOver = true;
  }

  #take(frame: string): void {
    if (frame.startsWith(':')) this.heartbeats += 1;
    const fields = new Map(
      frame
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const [name, data, id] = [fields.get('event'), fields.get('data'), fields.get('id')];
    if (name === undefined || data === undefined) return;
    this.events.push({
      name,
      data: JSON.parse(data) as T,
      id: id === undefined ? undefined : Number(id),
    });
  }
}
