const SIGNATURES: readonly (readonly [type: string, bytes: Buffer])[] = [
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['application/pdf', Buffer.from('%PDF-')],
];

/** The type of a document that the bank takes, by its first bytes. */
export function typeOfContent(content: Buffer): string | undefined {
  return SIGNATURES.find(([, bytes]) => content.subarray(0, bytes.length).equals(bytes))?.[0];
}
