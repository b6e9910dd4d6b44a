// All that is loaded when something happens: a `LaterPart`.
import type { IntentController } from './intent-controller.js';
import { PaymentFollower } from './payment-follower.js';

export { provideMessages } from './messages/provided.js';
export { renderPanel } from './panel/panel.js';
export { askPartner } from './partner-intent.js';

export const follow = (payment: IntentController): PaymentFollower => new PaymentFollower(payment);
