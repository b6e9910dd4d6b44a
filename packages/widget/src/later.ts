import type { LaterPart } from './intent-controller.js';
import { provideMessages } from './messages/provided.js';
import { buttonLabel } from './panel/button-label.js';
import { renderPanel } from './panel/panel.js';
import { askPartner } from './partner-intent.js';
import { PaymentFollower } from './payment-follower.js';

/** All that is loaded when something happens. */
export const laterPart: LaterPart = {
  provideMessages,
  follow: (payment) => new PaymentFollower(payment),
  renderPanel,
  buttonLabel,
  askPartner,
};
