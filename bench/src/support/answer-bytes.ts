import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** How many bytes the body of an answer has on its way: `fetch` would only tell of the text. */
export async function answerBytes(url: string, headers: Record<string, string>): Promise<number> {
  const request = get(url, { agent: false, headers });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`${url} got ${answer.statusCode}`);
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
}
