import type { PayLink } from '@qonto-pay/shared';
import { type Html, html } from '../html.js';
import { type Content, form, REFRESH_SECONDS, type Shown } from './shown.js';

type Provider = NonNullable<PayLink['provider']>;

/** Without script nobody tells this page, and a look costs calls at the bank. */
const ASK_PROVIDER_SECONDS = 5 * REFRESH_SECONDS;

/** Before there can be links: who takes the payments, and what is still missing with them. */
export function providerContent(shown: Shown, provider: Provider): Content | undefined {
  const { status, location } = provider;
  if (status === 'enabled') return undefined;
  const words = shown.words.collect.provider;
  const { heading, sentence, next } = words.states[status];
  const isPending = status === 'pending';
  // A link to press: no answer to a form of ours goes to another origin.
  const goOn =
    isPending &&
    location &&
    html`<p><a id="go-on" class="button" href="${location}">${words.form.goOn}</a></p>`;
  return {
    heading,
    dataStatus: `provider-${status}`,
    ...(isPending && { refreshSeconds: ASK_PROVIDER_SECONDS }),
    body: html`<p>${sentence}</p>${next && html`<p>${next}</p>`}${goOn}
${status === 'not_connected' && connectForm(shown, provider)}`,
  };
}

/** What the provider asks through Qonto; the rest it asks on its own page. */
function connectForm(shown: Shown, { accounts }: Provider): Html {
  const { form: words, descriptionHint } = shown.words.collect.provider;
  if (accounts.length === 0) return html`<p>${words.noAccount}</p>`;
  const options = accounts.map(
    ({ id, name, iban }, at) =>
      html`<option value="${id}"${at === 0 && html` selected`}>${name} (…${iban.slice(-4)})</option>`,
  );
  return form(
    shown,
    { action: 'provider' },
    html`<label for="account">${words.account}</label>
<select id="account" name="account">${options}</select>
<label for="phone">${words.phone}</label>
<input id="phone" type="tel" name="phone" autocomplete="tel" required aria-describedby="phone-hint" />
<small id="phone-hint">${words.phoneHint}</small>
<label for="description">${words.description}</label>
<textarea id="description" name="description" rows="3" aria-describedby="description-hint"></textarea>
<small id="description-hint">${descriptionHint}</small>
<label for="website">${words.website}</label>
<input id="website" type="url" name="website" autocomplete="url" aria-describedby="website-hint" />
<small id="website-hint">${words.websiteHint}</small>
<p><button id="connect">${words.connect}</button></p>`,
  );
}
