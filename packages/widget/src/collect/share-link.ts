import type { LinkSnapshot } from '@qonto-pay/shared';
import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { ButtonFacts, IntentController } from '../intent-controller.js';
import { actionStyles } from '../panel/action.styles.js';
import { viewStyles } from '../view.styles.js';
import { register } from '../views/register.js';
import { announce } from './announce.js';
import type { CollectMessages } from './collect-messages.js';
import { emailDraft } from './email-draft.js';
import { messagesAt } from './messages-at.js';
import { shareStyles } from './share-link.styles.js';

/** The link, and the ways to bring it to the client. Nothing of the client is known here. */
export class QpayShareLink extends LitElement {
  static override properties: PropertyDeclarations = {
    lang: {},
    payment: { attribute: false },
    facts: { attribute: false },
    link: { attribute: false },
    day: {},
    note: { state: true },
    hasQr: { state: true },
  };
  static override styles = [...viewStyles, actionStyles, shareStyles];

  declare payment: IntentController;
  declare facts: ButtonFacts;
  declare link: NonNullable<LinkSnapshot['link']>;
  /** Until when the link is valid, for reading; empty when nobody knows. */
  declare day: string;
  /** What came of the last thing that was tried. */
  declare note: string;
  declare hasQr: boolean;

  constructor() {
    super();
    this.day = this.note = '';
    this.hasQr = false;
  }

  #tell(words: string): void {
    this.note = words;
    announce(this.payment, words);
  }

  async #copy(): Promise<void> {
    const texts = messagesAt(this);
    try {
      await navigator.clipboard.writeText(this.link.url);
      this.#tell(texts.copied);
    } catch {
      // No permission, or no clipboard at all where the page is not secure.
      const address = this.renderRoot.querySelector('#address');
      if (address) getSelection()?.selectAllChildren(address);
      this.#tell(texts.selected);
    }
  }

  async #showQr(): Promise<void> {
    this.hasQr = !this.hasQr;
    this.note = '';
    // Loaded by who asks for it: few do.
    if (this.hasQr)
      await import('./link-qr.js').catch(() => {
        this.hasQr = false;
        this.#tell(messagesAt(this).qrFailed);
      });
  }

  protected override render(): unknown {
    const texts = messagesAt(this);
    const { url, reusable, paidCount } = this.link;
    const { host } = new URL(url);
    return html`<div part="share">
      <a part="link" href=${url} target="_blank" rel="noopener">
        <strong>${host}</strong>
        <span id="address">${url}</span>
        <span class="unseen">${texts.newTab}</span>
      </a>
      <p class="fact" ?hidden=${!this.day && !reusable}>
        ${reusable ? html`${texts.paidTimes(paidCount)}<br />` : nothing}
        ${this.day && texts.validUntil(this.day)}
      </p>
      <div class="tools">
        <button part="action" class="action main" @click=${this.#copy}>${texts.copy}</button>
        ${this.#renderTools(texts)}
      </div>
      <p class="note" ?hidden=${!this.note}>${this.note}</p>
      ${
        this.hasQr
          ? html`<qpay-link-qr
              exportparts="qr, action"
              .url=${url}
              .label=${texts.qrAlternative(host)}
              .save=${texts.qrSave}
            ></qpay-link-qr>`
          : nothing
      }
    </div>`;
  }

  #renderTools(texts: CollectMessages): unknown {
    const { day, payment, facts } = this;
    const { url } = this.link;
    const offer = { url, title: texts.mailSubject(facts.amountText) };
    const print = new URL(payment.payUrl(payment.intent));
    print.pathname += '/print';
    return html`${
      navigator.canShare?.(offer)
        ? html`<button
            part="action"
            class="action"
            @click=${() => void navigator.share(offer).catch(() => {})}
          >
            ${texts.share}
          </button>`
        : nothing
    }
      <a
        part="action"
        class="action"
        href=${emailDraft(texts, { url, amount: facts.amountText, day })}
        >${texts.email}</a
      >
      <button part="action" class="action" aria-expanded=${this.hasQr} @click=${this.#showQr}>
        ${texts.qr}
      </button>
      <a part="action" class="action" href=${print.href} target="_blank">
        ${texts.print}<span class="unseen">${texts.newTab}</span>
      </a>`;
  }
}

register('qpay-share-link', QpayShareLink);

declare global {
  interface HTMLElementTagNameMap {
    'qpay-share-link': QpayShareLink;
  }
}
