import type { IntentController } from '../intent-controller.js';

/** Has the button's `role="status"` say it. The same words once more are said once more. */
export function announce(payment: IntentController, words: string): void {
  payment.announcement = payment.announcement === words ? `${words}\xA0` : words;
  payment.host.requestUpdate();
}
