/** One file of a `multipart/form-data` body. */
export interface UploadedFile {
  readonly name: string;
  readonly content: Buffer;
}

const END_OF_LINE = Buffer.from('\r\n');
const END_OF_HEADERS = Buffer.from('\r\n\r\n');

/** The file in the part of this name, or undefined when there is none or the body is no form. */
export function fileIn(
  body: Buffer,
  { contentType, part }: { readonly contentType: string; readonly part: string },
): UploadedFile | undefined {
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(
    contentType,
  );
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return undefined;
  for (const { headers, content } of partsOf(body, Buffer.from(`--${mark}`))) {
    const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(headers)?.[1] ?? '';
    const name = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
    if (name === undefined || parameter(disposition, 'name') !== part) continue;
    return { name: baseName(name), content };
  }
  return undefined;
}

function* partsOf(
  body: Buffer,
  delimiter: Buffer,
): Generator<{ headers: string; content: Buffer }> {
  // A delimiter stands at the start of a line: the file itself may hold the same letters elsewhere.
  const next = Buffer.concat([END_OF_LINE, delimiter]);
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const begin = start + delimiter.length;
    if (body.subarray(begin, begin + 2).toString('latin1') === '--') return;
    const end = body.indexOf(next, begin);
    const headersEnd = body.indexOf(END_OF_HEADERS, begin);
    if (end === -1 || headersEnd === -1 || headersEnd > end) return;
    const headers = body.subarray(begin, headersEnd).toString('utf8');
    yield { headers, content: body.subarray(headersEnd + END_OF_HEADERS.length, end) };
    start = end + END_OF_LINE.length;
  }
}

function parameter(disposition: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(
    disposition,
  );
  return match?.[1] ?? match?.[2];
}

function baseName(name: string): string {
  return name.replace(/^.*[/\\]/, '') || 'file';
}
