import { panelFr } from './fr.panel.js';
import { viewsFr } from './fr.views.js';
import type { LaterMessages } from './panel-messages.js';

/** All that is shown once something happens. */
export const messages: LaterMessages = { ...viewsFr, ...panelFr };
