import { createHash } from 'node:crypto';

/** A `multipart/form-data` body with one file in it. */
export function fileForm(
  part: string,
  file: { fileName: string; contentType: string; content: Buffer },
): { contentType: string; body: Buffer } {
  // No file holds its own hash, so the boundary cannot stand in it.
  const boundary = createHash('sha256').update(file.content).digest('hex');
  const head =
    `--${boundary}\r\n` +
    `Content-Disposition: form-data; name="${part}"; filename="${escaped(file.fileName)}"\r\n` +
    `Content-Type: ${file.contentType}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** As browsers write it: a name from outside must not end the header. */
function escaped(fileName: string): string {
  return fileName.replace(/["\r\n]/g, (sign) => encodeURIComponent(sign));
}
