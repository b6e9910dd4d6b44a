import { type Language, messagesIn } from '../../messages/languages.js';
import type { PayableStatus } from '../../payables/payable.js';
import { formatsIn } from '../format.js';

interface StatusTexts {
  label: string;
  /** Why, or when; empty where there is nothing more to say. */
  detail: string;
}

/** What a row's status reads. */
export function statusTexts(status: PayableStatus, language: Language): StatusTexts {
  const { states, scheduledFor, reasons } = messagesIn(language).payables;
  const { state, reason, scheduledOn } = status;
  const day = scheduledOn && scheduledFor(formatsIn(language).shortDate(scheduledOn));
  const why = reason && (reasons[reason] ?? reason.replaceAll('-', ' '));
  return { label: states[state], detail: (state === 'scheduled' ? day : why) ?? '' };
}
