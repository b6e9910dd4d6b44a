import { html } from 'lit';
import type { LaterPart } from '../intent-controller.js';
import { renderCollectPanel } from './collect-panel.js';
import { linkState } from './link-state.js';
import { messagesAt } from './messages-at.js';

/** In place of what the later part shows, where a payment link is made and shared. */
export const collectPart: Pick<LaterPart, 'renderPanel' | 'buttonLabel'> = {
  renderPanel: renderCollectPanel,
  buttonLabel: (payment, amount) => {
    const state = linkState(payment);
    const label = messagesAt(payment.host).labels[state];
    const isShared = state === 'open' || state === 'reusable';
    return isShared && amount ? [label, html`\xA0· ${amount}`] : label;
  },
};
