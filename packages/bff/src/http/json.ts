import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** Below it fits into a few packets anyway. */
const MIN_CHARACTERS = 4096;

const zip = promisify(gzip);

/** Answers JSON that may be long: a state of 400 rows is 200 kB, and a tenth of it compressed. */
export async function sendJson(req: Request, res: Response, body: unknown): Promise<void> {
  const text = JSON.stringify(body);
  res.vary('Accept-Encoding').type('application/json');
  const isZipped =
    text.length >= MIN_CHARACTERS && req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  if (!isZipped) {
    res.send(text);
    return;
  }
  // Its length betrays nothing (BREACH): what is secret, our own page alone can ask for.
  const bytes = await zip(text, { level: 1 });
  res.setHeader('Content-Encoding', 'gzip').send(bytes);
}
