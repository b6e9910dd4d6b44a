import type { Attachment } from '../attachments/attachment.js';
import { fileUrl } from '../attachments/file-link.js';
import { typeOfContent } from '../attachments/file-type.js';
import type { ApiCall, Handler } from './endpoint.js';
import { fileIn } from './multipart.js';
import { notFound, refusal } from './refusal.js';
import { isoOf } from './wire.js';

const MOST_BYTES = 10 * 1024 * 1024;

/** Facts 4.9: part `file`; JPEG, PNG or PDF, told by the content and not by its name. */
export const uploadAttachment: Handler = (call) => {
  const { bank, caller } = call;
  const contentType = call.header('content-type') ?? '';
  const file = fileIn(call.bytes, { contentType, part: 'file' });
  const status = bank.switches.get('validation_status');
  const pointer = '/file';
  if (!file) throw refusal(status, 'missing', 'file is missing', { pointer });
  if (file.content.length > MOST_BYTES) {
    const tooLarge = bank.switches.get('attachment_too_large_status');
    throw refusal(tooLarge, 'file_too_large', 'file must have at most 10 MB', { pointer });
  }
  const type = typeOfContent(file.content);
  if (!type) throw refusal(status, 'invalid', 'file must be a JPEG, PNG or PDF', { pointer });
  const { id } = bank.attachments.add(caller.organizationId, { ...file, contentType: type });
  return { status: 200, body: { attachment: { id } } };
};

export const showAttachment: Handler = (call) => {
  const { bank, caller, params } = call;
  const attachment = bank.attachments.find(caller.organizationId, params.id ?? '');
  if (!attachment) throw notFound('Attachment');
  return { status: 200, body: { attachment: attachmentOnWire(call, attachment) } };
};

function attachmentOnWire({ bank, header }: ApiCall, attachment: Attachment) {
  const { id, fileName, fileSize, contentType, createdAt } = attachment;
  const isText = bank.switches.get('attachment_file_size') === 'string';
  const path = fileUrl(id, { secret: bank.store.current.proofSecret, now: bank.clock.now() });
  return {
    id,
    file_name: fileName,
    file_size: isText ? String(fileSize) : fileSize,
    file_content_type: contentType,
    url: `http://${header('host') ?? 'localhost'}${path}`,
    created_at: isoOf(createdAt),
    probative_attachment: { status: 'unavailable' },
  };
}
