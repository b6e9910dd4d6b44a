import type { LinkMethod, LinkPayment, PayLink } from '@qonto-pay/shared';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../format.js';
import { safeUrl } from '../page-meta.js';
import { backLink, ending } from '../views/frame-view.js';
import type { CollectContext, Link } from './collect-context.js';
import { contentView } from './content-view.js';
import { deactivateView } from './deactivate-view.js';
import { formatDay, formatMoment } from './figures.js';
import { isLive, newTab } from './found-view.js';
import { linkWords } from './step-words.js';

/** The icons of the shared view, by what is so of the link. */
const LIKE: Partial<Record<string, string>> = {
  making: 'sending',
  withdrawing: 'sending',
  open: 'sending',
  paid: 'settled',
  refused: 'declined',
};

/** Loaded when it is opened: it brings the encoder with it. */
function qrCode({ words, actions }: CollectContext, url: string): TemplateResult {
  const load = (): void => {
    import('@qonto-pay/widget/views/qr-code').catch(() => actions.tell('try-again'));
  };
  return html`<details id="link-qr" @toggle=${load}>
    <summary>${words.link.qr}</summary>
    <qpay-qr-code .text=${url} .label=${words.link.qrLabel}></qpay-qr-code>
  </details>`;
}

/** The address with all that leads it to the client. */
function sharing(context: CollectContext, url: string): TemplateResult {
  const { words, links, state, language } = context;
  const print = `/pay/${encodeURIComponent(state.intent)}/print?lang=${language}`;
  return html`<section class="ask" aria-labelledby="link-heading">
    <h2 id="link-heading">${words.link.url}</h2>
    <div class="copy">
      ${newTab(url, 'link-url')}
      <button id="copy-link" class="button" type="button" @click=${() => void links.copy(url)}>
        ${links.copied ? words.copied : words.copy}
      </button>
      <a id="print" class="button" href=${print} target="_blank" rel="noopener">
        ${words.link.print}
      </a>
    </div>
    ${qrCode(context, url)}
  </section>`;
}

function paymentRow(
  { words, language }: CollectContext,
  { amount, method, status, createdAt, paidAt }: LinkPayment,
): TemplateResult {
  const methods: Partial<Record<string, string>> = words.methods satisfies Record<
    LinkMethod,
    string
  >;
  return html`<li class="found">
    <span>
      <strong class="money">${formatMoney(amount, language)}</strong> · ${words.payment[status]}
    </span>
    <span class="muted">
      ${methods[method] ?? words.payment.otherMethod} · ${formatMoment(paidAt ?? createdAt, language)}
    </span>
  </li>`;
}

/** What clients have paid, or tried to. */
function payments(
  context: CollectContext,
  { payments: all }: Link,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<section id="payments" aria-labelledby="payments-heading">
    <h2 id="payments-heading">${context.words.link.payments}</h2>
    <ul class="links">
      ${all.map((payment) => paymentRow(context, payment))}
    </ul>
  </section>`;
}

/** How often it can be paid, and until when; how often it has been. */
function openFacts({ words, language }: CollectContext, { reusable }: PayLink, link: Link) {
  const paid = link.payments.filter(({ status }) => status === 'paid').length;
  const until = link.expiresAt ? words.until(formatDay(link.expiresAt, language)) : '';
  const once = reusable ? words.review.reusable : words.review.once;
  return html`${link.status === 'open' ? html`<p>${once} ${until}</p>` : nothing}
  ${reusable && paid > 0 ? html`<p id="paid-count">${words.paidSoFar(paid)}</p>` : nothing}`;
}

/** The member's sign-in has ended: the link lives on, and nobody looks at it. */
export function signInAgain({
  state,
  words,
  text,
}: CollectContext): TemplateResult | typeof nothing {
  if (!state.signIn) return nothing;
  return html`<div class="banner">
    <p>${words.link.signIn}</p>
    <a id="sign-in" class="button" href=${safeUrl(state.signIn.url)}>${text.signIn.button}</a>
  </div>`;
}

const isOver = ({ status }: Link): boolean => status === 'expired' || status === 'canceled';

function again({ words, actions }: CollectContext, link: Link): TemplateResult {
  return html`<button
    id="again"
    class="button primary"
    type="button"
    @click=${() => void actions.payAgain()}
  >
    ${isOver(link) ? words.link.renew : words.again}
  </button>`;
}

function deactivation(context: CollectContext, link: Link): TemplateResult | typeof nothing {
  if (link.status !== 'open') return nothing;
  const { elsewhere } = context.words.deactivate;
  return link.deactivatable ? deactivateView(context) : html`<p class="muted">${elsewhere}</p>`;
}

/** The link, or what became of the request for one: how to share it, who paid, what to do next. */
export function linkView(context: CollectContext, all: PayLink, link: Link): TemplateResult {
  const { words, actions, state, language } = context;
  const { status, url } = link;
  const canRepeat = state.snapshot?.payable === true;
  const { next, ...said } = linkWords(words, link);
  const text = next && (canRepeat || !isOver(link)) ? { ...said, next } : said;
  const isShared = url !== null && isLive(link);
  const amount = formatMoney(all.total.gross, language);
  return html`
    ${actions.closing ? html`<p class="banner">${words.closing}</p>` : nothing}
    ${signInAgain(context)} ${ending(LIKE[status] ?? status, text)}
    <p class="amount small"><span class="muted">${context.text.review.amount}</span> ${amount}</p>
    ${openFacts(context, all, link)} ${isShared ? sharing(context, url) : nothing}
    ${payments(context, link)} ${contentView(context, all)} ${deactivation(context, link)}
    <div class="actions">
      ${canRepeat ? again(context, link) : nothing}
      ${actions.closing ? nothing : backLink(context, canRepeat ? 'quiet' : 'primary')}
    </div>
  `;
}
