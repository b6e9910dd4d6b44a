import type { PayLink } from '@qonto-pay/shared';
import { type Html, html } from '../html.js';
import { linkReviewContent } from './link-form.js';
import { linkContent } from './link-view.js';
import { orderView } from './order-view.js';
import { providerContent } from './provider-view.js';
import { backLink, type Content, REFRESH_SECONDS, type Shown } from './shown.js';

/** Before the sign-in nothing but its address tells of a link. */
export const isToCollect = ({ state: { link, signIn } }: Shown): boolean =>
  link !== null || signIn?.url.includes('for=collect') === true;

/** What the page without script shows of an intent to collect. */
export function collectContent(shown: Shown): Content {
  const { link: all } = shown.state;
  if (!all) return signInContent(shown);
  const step = nextStep(shown, all);
  const frame = { isWide: all.rows.length > 0 };
  const order = orderPart(shown, all);
  if (all.link) {
    const made = linkContent(shown, all, all.link);
    // Signed out, nobody sees what becomes of the link: that stands first.
    const isStuck = step !== undefined && !shown.state.snapshot?.payable;
    const parts = isStuck
      ? html`${step.body}${made.body}${order}`
      : html`${made.body}${order}${again(shown, step)}`;
    return { ...frame, ...refreshOf(step), ...made, body: html`${parts}${backLink(shown)}` };
  }
  const content = step ?? closedContent(shown);
  // The order stands above the button that has its link made.
  const isReview = content.dataStatus === 'review';
  const parts = isReview ? html`${order}${content.body}` : html`${content.body}${order}`;
  return { ...frame, ...content, body: html`${parts}${backLink(shown)}` };
}

const refreshOf = (step: Content | undefined): Partial<Content> =>
  step?.refreshSeconds ? { refreshSeconds: step.refreshSeconds } : {};

/** A link that came to nothing, or to an end, may be followed by another one. */
const again = ({ words }: Shown, step: Content | undefined): Html | null =>
  step ? html`<h2>${words.collect.link.renew}</h2>${step.body}` : null;

function orderPart(shown: Shown, all: PayLink): Html {
  const { state, words } = shown;
  const { collectingAs } = words.collect;
  const { member } = state;
  return html`${member && html`<p>${collectingAs(member.organization, member.name)}</p>`}
${orderView(shown, all)}`;
}

/** What is to be done before there is a link, or another one; nothing where none can be made. */
function nextStep(shown: Shown, all: PayLink): Content | undefined {
  const { state, words } = shown;
  if (state.signIn) return signInContent(shown);
  if (!state.snapshot?.payable) return undefined;
  const { errors } = words.collect;
  if (state.notAllowed) return said(errors['not-allowed'], 'not-allowed');
  if (state.bankUnavailable || !all.provider) {
    return { ...said(errors.bank, 'unavailable'), refreshSeconds: REFRESH_SECONDS };
  }
  return providerContent(shown, all.provider) ?? linkReviewContent(shown, all);
}

function signInContent({ state, words }: Shown): Content {
  const { signIn, link } = words.collect;
  const isStuck = state.link?.link && !state.snapshot?.payable;
  return {
    heading: signIn.heading,
    dataStatus: 'sign-in',
    body: html`<p>${isStuck ? link.signIn : signIn.lead(state.partner.name)}</p>${!isStuck && html`<p>${signIn.permission}</p><p>${signIn.next}</p>`}
<p><a id="sign-in" class="button" href="${state.signIn?.url ?? '/'}">${words.signIn}</a></p>`,
  };
}

function closedContent({ state, words }: Shown): Content {
  const why = state.snapshot?.why;
  if (why === 'withdrawn' || why === 'lapsed') return said(words.collect.closed[why], why);
  return said({ heading: words.none[why ?? 'in-progress'], sentence: '' }, why ?? 'in-progress');
}

const said = (words: { heading: string; sentence: string }, dataStatus: string): Content => ({
  heading: words.heading,
  dataStatus,
  body: html`<p>${words.sentence}</p>`,
});
