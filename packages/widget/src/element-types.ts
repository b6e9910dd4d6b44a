import type { Snapshot } from '@qonto-pay/shared';
import type { QontoPayProblem } from './problem.js';
import type { QontoPayButton } from './qonto-pay-button.js';

/** The element's events; all bubble and are composed. */
export interface QontoPayEventMap {
  'qonto-pay-start': CustomEvent<null>;
  'qonto-pay-update': CustomEvent<Snapshot>;
  'qonto-pay-accepted': CustomEvent<Snapshot>;
  'qonto-pay-complete': CustomEvent<Snapshot>;
  'qonto-pay-error': CustomEvent<QontoPayProblem>;
}

interface QontoPayAttributes {
  intent?: string;
  'intent-url'?: string;
  bff?: string;
  mode?: 'pay' | 'collect';
  amount?: string;
  currency?: string;
  count?: number | string;
  lang?: string;
  appearance?: 'auto' | 'light' | 'dark';
  size?: 'small' | 'medium' | 'large';
  presentation?: 'auto' | 'popup' | 'redirect';
  disabled?: boolean;
  getIntent?: () => Promise<string>;
  id?: string;
  class?: string;
  children?: unknown;
  ref?: unknown;
}

/**
 * For JSX: `declare module 'react' { namespace JSX {
 *   interface IntrinsicElements extends QontoPayIntrinsicElements {} } }`
 */
export interface QontoPayIntrinsicElements {
  'qonto-pay-button': QontoPayAttributes;
}

declare global {
  interface HTMLElementTagNameMap {
    'qonto-pay-button': QontoPayButton;
  }
  interface GlobalEventHandlersEventMap extends QontoPayEventMap {}
  namespace JSX {
    interface IntrinsicElements extends QontoPayIntrinsicElements {}
  }
}
