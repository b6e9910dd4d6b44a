import type { LaterPart } from './intent-controller.js';
import { renderPanel } from './panel/panel.js';
import { askPartner } from './partner-intent.js';
import { PaymentFollower } from './payment-follower.js';

export { provideViewMessages } from './messages/views.js';

/** All that is loaded when something happens. */
export const laterPart: LaterPart = {
  follow: (payment) => new PaymentFollower(payment),
  renderPanel,
  askPartner,
};
