import type { ApiCall } from './endpoint.js';
import { refusal } from './refusal.js';

/** Every attachment that an order names must be there, and the organisation's own (facts 4.9). */
export function requireAttachments(
  { bank, caller }: ApiCall,
  ids: readonly string[] | undefined,
  pointer: string,
): void {
  if (bank.switches.get('unknown_attachments') === 'taken') return;
  if (bank.attachments.hasAll(caller.organizationId, ids ?? [])) return;
  throw refusal(422, 'not_found', 'attachment_ids names an attachment that is not there', {
    pointer,
  });
}
