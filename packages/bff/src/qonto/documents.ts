import { z } from 'zod';
import { BankUnavailableError, PaymentError } from '../payments/errors.js';
import type { BankDocument } from '../payments/ports.js';
import { fileForm } from './multipart.js';
import { failureOf, isRefusal, type QontoReads, readAnswer } from './reads.js';
import type { QontoTimeouts } from './timeouts.js';

const UploadAnswer = z.looseObject({ attachment: z.looseObject({ id: z.string().min(1) }) });

/** Papers: what the bank proves, and what it wants to see. */
export class QontoDocuments {
  readonly #reads: QontoReads;
  readonly #timeouts: QontoTimeouts;

  constructor(reads: QontoReads, timeouts: QontoTimeouts) {
    this.#reads = reads;
    this.#timeouts = timeouts;
  }

  async transferProof(connectionId: string, id: string): Promise<Buffer | undefined> {
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: `/v2/sepa/transfers/${encodeURIComponent(id)}/download_proof`,
      headers: { accept: 'application/pdf, application/json' },
      timeoutMs: this.#timeouts.readMs,
      priority: 'read',
    });
    const { status, json, pdf, traceId } = answer;
    if (status === 404 && json !== undefined) return undefined;
    if (status >= 300) throw failureOf(answer);
    if (pdf?.subarray(0, 5).toString('latin1') === '%PDF-') return pdf;
    throw new BankUnavailableError('The bank answered with another thing than a PDF', { traceId });
  }

  async upload(connectionId: string, { key, ...document }: BankDocument): Promise<string> {
    const { contentType, body } = fileForm('file', document);
    const answer = await this.#reads.answer(connectionId, {
      method: 'POST',
      path: '/v2/attachments',
      headers: { 'content-type': contentType, 'X-Qonto-Idempotency-Key': key },
      body,
      timeoutMs: this.#timeouts.uploadMs,
      priority: 'read',
    });
    if (answer.status === 413) {
      throw new PaymentError('document-too-large', 'The document is larger than the bank accepts');
    }
    if (isRefusal(answer)) {
      throw new PaymentError('document-not-accepted', 'The bank does not accept this document');
    }
    return readAnswer(UploadAnswer, answer).attachment.id;
  }
}
