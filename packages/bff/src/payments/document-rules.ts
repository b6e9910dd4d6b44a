import type { BankDocument } from './ports.js';

export type DocumentType = BankDocument['contentType'];

/** Qonto wants a document of every transfer above this. */
const NEEDED_ABOVE_CENTS = 3_000_000n;

/** Qonto publishes no limit; larger ones are known to be refused by some gateway or other. */
export const MAX_DOCUMENT_BYTES = 10_000_000;

const TYPES: readonly { type: DocumentType; extension: string; begins: Buffer }[] = [
  { type: 'application/pdf', extension: 'pdf', begins: Buffer.from('%PDF-') },
  { type: 'image/jpeg', extension: 'jpg', begins: Buffer.from([0xff, 0xd8, 0xff]) },
  {
    type: 'image/png',
    extension: 'png',
    begins: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
];

export const needsDocument = (item: { amountCents: bigint }): boolean =>
  item.amountCents > NEEDED_ABOVE_CENTS;

/** By its first bytes: a name or a header may say anything. */
export const documentType = (content: Buffer): DocumentType | undefined =>
  TYPES.find(({ begins }) => content.subarray(0, begins.length).equals(begins))?.type;

/** `INV-1042.pdf`: the invoice, as every file system and header can carry it. */
export function documentFileName(externalRef: string, type: DocumentType): string {
  const extension = TYPES.find((one) => one.type === type)?.extension ?? '';
  return `${safeName(externalRef)}.${extension}`;
}

/** Letters, digits, dot, dash and underscore, never a hidden file and never nothing. */
export function safeName(externalRef: string): string {
  return externalRef.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'invoice';
}
