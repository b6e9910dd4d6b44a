/** All that is loaded when something happens. */
export { provideViewMessages } from './messages/views.js';
export { renderPanel } from './panel/panel.js';
export { askPartner } from './partner-intent.js';
export { follow } from './payment-follower.js';
