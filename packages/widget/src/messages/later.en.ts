import { panelEn } from './en.panel.js';
import { viewsEn } from './en.views.js';
import type { LaterMessages } from './panel-messages.js';

/** All that is shown once something happens. */
export const messages: LaterMessages = { ...viewsEn, ...panelEn };
