import type { PropertyDeclarations } from 'lit';
import { reasonText } from '../messages/reasons.js';
import type { ResultText, ViewMessages } from '../messages/view-messages.js';
import { QpayOutcome } from './outcome.js';
import { register } from './register.js';

const BANK_REFUSED = 'bank-refused';

/**
 * The outcome with the bank's reason: for the pay page only, where the payer has signed in.
 * @slot actions - buttons and links, below the words
 */
export class QpayResult extends QpayOutcome {
  static override properties: PropertyDeclarations = { reason: {} };

  /** Why the bank declined (`insufficient-funds`, …). An unknown code changes nothing. */
  declare reason: string | null;

  constructor() {
    super();
    this.reason = null;
  }

  protected override textFor(results: ViewMessages['results'], status: string): ResultText {
    const text = super.textFor(results, status);
    if (status !== 'declined') return text;
    // "See the reason on the pay page" would send the payer to where they are.
    return { ...text, ...(reasonText(this, this.reason) ?? reasonText(this, BANK_REFUSED)) };
  }
}

register('qpay-result', QpayResult);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-result': QpayResult;
  }
}
