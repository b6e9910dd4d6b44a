import { css, html, nothing, type PropertyDeclarations } from 'lit';
import { languageAt } from '../language.js';
import { factMessages } from '../messages/facts.js';
import '../messages/views.js';
import { viewStyles } from '../view.styles.js';
import { QpayPhoneWait } from './phone-wait.js';
import { register } from './register.js';

/** What the payer's phone shows too; formatted for reading. */
export interface ApprovalFacts {
  amount?: string;
  payee?: string;
  account?: string;
  reference?: string;
}

const FACTS = ['amount', 'payee', 'account', 'reference'] as const;

/**
 * The wait with the facts that the payer compares on two screens: for the pay page only.
 * @slot later - shown once the third help is, from 20 s: another method, send again
 * @slot actions - always shown, at the end
 * @fires qpay-help - the next help appeared, `detail.text` says it; bubbles, composed
 */
export class QpayApprovalWait extends QpayPhoneWait {
  static override properties: PropertyDeclarations = {
    startedAt: {},
    facts: { attribute: false },
  };
  static override styles = [
    ...viewStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 8px 24px;
        margin: 24px 0 0;
        padding-block: 16px;
        border-block: 1px solid var(--qp-line);
      }
      dt {
        color: var(--qp-muted);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        text-align: end;
      }
      .amount {
        font-variant-numeric: tabular-nums;
        font-weight: 600;
      }
      .compare {
        margin-block-start: 16px;
        color: var(--qp-muted);
      }
    `,
  ];

  /** ISO 8601, by the server's clock: when the phone was asked. */
  declare startedAt: string;
  declare facts: ApprovalFacts | undefined;

  protected override get askedAtMs(): number {
    return Date.parse(this.startedAt) - this.clockOffsetMs;
  }

  protected override renderFacts(): unknown {
    const { facts } = this;
    if (!facts) return nothing;
    const texts = factMessages[languageAt(this)];
    return html`
      <dl>
        ${FACTS.filter((name) => facts[name]).map(
          (name) => html`<dt>${texts[name]}</dt>
            <dd class=${name}>${facts[name]}</dd>`,
        )}
      </dl>
      <p class="compare">${texts.compare}</p>
    `;
  }
}

register('qpay-approval-wait', QpayApprovalWait);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-approval-wait': QpayApprovalWait;
  }
}
