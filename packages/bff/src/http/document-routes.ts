import type { RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { z } from 'zod';
import { MAX_DOCUMENT_BYTES } from '../payments/document-rules.js';
import { type DocumentService, documentTooLarge } from '../payments/document-service.js';
import { PaymentError } from '../payments/errors.js';
import type { Payers } from './payer.js';
import type { PayerForms } from './payer-forms.js';

/** The fields that come with the file. */
export const DocumentForm = z
  .strictObject({
    pageToken: z.string(),
    item: z.string().regex(/^(?:0|[1-9]\d{0,2})$/, { error: 'The number of a row.' }),
  })
  .meta({ id: 'DocumentForm' });

const LIMITS = {
  ...{ files: 1, fileSize: MAX_DOCUMENT_BYTES, fields: 4, parts: 5, fieldNestingDepth: 0 },
  ...{ fieldSize: 1000, fieldNameSize: 100, headerPairs: 20 },
};

/** Each is held in memory, ten megabytes at most. */
const AT_ONCE = 8;

/** The payer's own document of a row: who sends it, the form with its file, and what is done. */
export function documentRoutes(deps: {
  payers: Payers;
  forms: PayerForms;
  documents: DocumentService;
}): Record<'begin' | 'read' | 'add', RequestHandler> {
  const { payers, forms, documents } = deps;
  let reading = 0;
  // In memory: nothing that a payer sends is ever a file of ours.
  const readFile = multer({ storage: multer.memoryStorage(), limits: LIMITS }).single('file');
  return {
    /** Before ten megabytes are read. */
    async begin(req, res, next) {
      await payers.signedIn(req);
      if (reading >= AT_ONCE) {
        throw new PaymentError(
          'too-many-requests',
          'Many documents are being sent at this moment. Try again in a few seconds.',
        );
      }
      reading += 1;
      res.once('close', () => {
        reading -= 1;
      });
      next();
    },
    read(req, res, next) {
      readFile(req, res, (error: unknown) => (error ? next(refusalOf(error)) : next()));
    },
    async add(req, res) {
      const form = DocumentForm.parse(req.body);
      const payer = await forms.sender(req, form.pageToken);
      if (!req.file) throw unreadable();
      const { partner, intentId, session } = payer;
      await documents.add(
        { partner, intentId, member: session },
        { row: Number(form.item), content: req.file.buffer },
      );
      await forms.answer(req, res, payer, 200);
    },
  };
}

function refusalOf(error: unknown): PaymentError {
  const isTooLarge = error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE';
  return isTooLarge ? documentTooLarge() : unreadable(error);
}

const unreadable = (cause?: unknown) =>
  new PaymentError('invalid-request', 'Send one file, as the page does.', { field: 'file', cause });
