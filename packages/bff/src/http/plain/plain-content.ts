import { html } from '../html.js';
import { collectContent, isToCollect } from './collect-content.js';
import { paymentContent } from './payment-view.js';
import { reviewContent } from './review-view.js';
import type { Content, Shown } from './shown.js';

/** What the page without script shows of this state. */
export function plainContent(shown: Shown): Content {
  if (isToCollect(shown)) return collectContent(shown);
  const { payment, signIn } = shown.state;
  // A payment is shown first, however it ended; what is left to be paid follows below it.
  if (payment) return paymentContent(shown, payment);
  return signIn ? signInContent(shown, signIn) : reviewContent(shown);
}

function signInContent(
  { state, words }: Shown,
  { reason, url }: NonNullable<Shown['state']['signIn']>,
): Content {
  return {
    heading: state.partner.name,
    dataStatus: 'sign-in',
    body: html`<p>${reason === 'fresh' ? words.fresh : words.signInText(state.partner.name)}</p>
<p><a id="sign-in" class="button" href="${url}">${words.signIn}</a></p>`,
  };
}
