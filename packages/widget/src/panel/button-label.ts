import type { IntentController } from '../intent-controller.js';
import { laterMessages } from '../messages/later.js';
import { freeCount } from './row-groups.js';

/** Of these there is more to say than "paid" or "in progress". */
const TELLING = ['requested', 'scheduled', 'partially_settled'] as const;

/** What the button says once something has happened, where its own words say too little. */
export function buttonLabel({ snapshot, host }: IntentController): string | undefined {
  const { payRest, results } = laterMessages(host);
  if (!snapshot?.payable) {
    const status = TELLING.find((it) => it === snapshot?.status);
    return status && results[status].heading;
  }
  const free = freeCount(snapshot);
  return free && free < snapshot.count ? payRest(free) : undefined;
}
