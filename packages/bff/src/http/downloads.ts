import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Response } from 'express';
import { ZipFile } from 'yazl';
import type { ProofArchive, ProofFile } from '../payments/proof-service.js';

/** Names come from the core, where they are made of letters, digits, dot and dash only. */
export function sendPdf(res: Response, { fileName, content }: ProofFile): void {
  res.attachment(fileName).type('application/pdf').send(content);
}

export function sendCsv(res: Response, fileName: string, text: string): void {
  res.attachment(fileName).type('text/csv').send(text);
}

/** Each file goes out as soon as it is there, and no faster than the reader takes it. */
export async function sendZip(res: Response, { fileName, files }: ProofArchive): Promise<void> {
  res.attachment(fileName).type('application/zip');
  const zip = new ZipFile();
  zip.outputStream.pipe(res);
  for await (const file of files) {
    if (res.destroyed) return;
    // A PDF is compressed already.
    zip.addBuffer(file.content, file.fileName, { compress: false });
    if (res.writableNeedDrain) await drained(res);
  }
  zip.end();
  await finished(res).catch(() => {});
}

async function drained(res: Response): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  try {
    await Promise.race([once(res, 'drain', { signal }), once(res, 'close', { signal })]);
  } finally {
    over.abort();
  }
}
