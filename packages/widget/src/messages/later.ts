import type { LaterMessages } from './panel-messages.js';
import { viewMessages } from './provided.js';

/** The widget provides more than the views ask for. */
export const laterMessages = viewMessages as (element: HTMLElement) => LaterMessages;
