import type { LaterMessages } from './panel-messages.js';
import type { WidgetViewMessages } from './view-messages.js';
import { viewMessages } from './views.js';

/** The widget provides more than the views ask for. */
export const laterMessages = (element: HTMLElement): LaterMessages =>
  viewMessages(element) as WidgetViewMessages as LaterMessages;
