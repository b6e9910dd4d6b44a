import type { Attachment } from '../attachments/attachment.js';
import { pdfOf } from '../proof-document.js';
import { ACME } from './organizations.js';

interface Documented {
  readonly attachmentId?: string;
  readonly attachmentIds?: readonly string[];
}

/** The documents that the bank's first invoices and transactions name: they may go into orders (facts 4.14). */
export function openingAttachments(owners: readonly Documented[], at: number): Attachment[] {
  const ids = owners.flatMap(({ attachmentId, attachmentIds = [] }) =>
    attachmentId === undefined ? attachmentIds : [attachmentId],
  );
  const content = pdfOf(['Document', 'Sandbox bank - nothing here is real money']);
  return [...new Set(ids)].map((id) => ({
    ...{ id, organizationId: ACME.id, createdAt: at },
    ...{ fileName: 'document.pdf', contentType: 'application/pdf' },
    ...{ fileSize: content.length, contentBase64: content.toString('base64') },
  }));
}
