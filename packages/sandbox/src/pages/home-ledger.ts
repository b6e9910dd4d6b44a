import { type Html, html } from './html.js';

/** The live view of what the bank holds. Filled by its script alone: it changes all the time. */
export function ledgerSection(hasControl: boolean): Html {
  if (!hasControl) {
    return html`<section><h2>What the bank holds</h2>
<p class="card">Start with <code>SANDBOX_CONTROL=1</code> to see it here, live.</p></section>`;
  }
  return html`<section aria-labelledby="ledger-title"><h2 id="ledger-title">What the bank holds</h2>
<p id="summary" class="muted" role="status">Looking…</p>
<noscript><p class="card">Live only with scripts; see <a href="/_control/ledger">the ledger</a> as JSON.</p></noscript>
<div id="ledger"></div>
</section>`;
}

/** Draws the stream of the control API. Text only: no markup of others is ever run. */
export const LEDGER_SCRIPT = `
const MOST = 8;
const place = document.getElementById('ledger');
const summary = document.getElementById('summary');
const money = (cents, currency = 'EUR') => new Intl.NumberFormat('en', { style: 'currency', currency }).format(cents / 100);
const grouped = (iban) => (iban ?? '').replace(/(.{4})(?=.)/g, '$1 ');
const time = (iso) => iso.slice(11, 19);
const plural = (count, word) => count + ' ' + word + (count === 1 ? '' : 's');
const TONE = {
  settled: 'ok', completed: 'ok', approved: 'ok', paid: 'ok', allow: 'ok',
  pending: 'warn', processing: 'warn', waiting: 'warn', open: 'warn',
  declined: 'bad', failed: 'bad', deny: 'bad', canceled: 'muted', expired: 'muted',
};

function element(name, props, ...children) {
  const node = Object.assign(document.createElement(name), props);
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}
const status = (word, more) =>
  element('span', {}, element('strong', { className: TONE[word] ?? '' }, word), more ? ': ' + more : '');
const figure = (text) => element('span', { className: 'number' }, text);

function table(title, heads, rows) {
  if (rows.length === 0) return [];
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell ?? ''))));
  const whole = element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
  const region = element('div', { className: 'scroll', tabIndex: 0 }, whole);
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', title);
  return [element('h3', {}, title), region];
}

const newest = (items) => items.slice(-MOST).reverse();

const accounts = ({ accounts }) => table('Accounts', ['Organisation', 'Account', 'IBAN', 'Balance', 'Available'],
  accounts.filter(({ status }) => status === 'active').map((one) => [one.organization, one.name,
    figure(grouped(one.iban)), figure(money(one.balance_cents)), figure(money(one.authorized_balance_cents))]));
const transfers = ({ transfers }) => table('Transfers', ['Status', 'Amount', 'To', 'Reference', 'By', 'Time'],
  newest(transfers).map((one) => [status(one.status, one.declined_reason), figure(money(one.amount_cents)),
    one.credit_name, one.reference, one.initiator, figure(time(one.created_at))]));
const bulks = ({ bulk_transfers }) => table('Bulk transfers', ['Time', 'By', 'Items', 'Status'],
  newest(bulk_transfers).map((one) => [figure(time(one.created_at)), one.initiator, String(one.results.length),
    one.results.map((item) => item.status).join(', ')]));
const requests = ({ requests }) => table('Requests', ['Note', 'By', 'Transfers', 'Status'],
  newest(requests).map((one) => [one.note, one.initiator, String(one.transfers.length), status(one.status)]));
const links = ({ payment_links }) => table('Payment links', ['Amount', 'Link', 'Payments', 'Status'],
  newest(payment_links).map((one) => [figure(money(one.amount_cents, one.currency)),
    element('a', { href: '/pay/' + one.id }, 'Open'), String(one.payments.length), status(one.status)]));
const pushes = ({ pushes }) => table('Approvals', ['Answer', 'Member', 'For', 'Time'],
  newest(pushes).map((one) => [status(one.result),
    element('a', { href: '/phone?member=' + encodeURIComponent(one.member) }, one.member), one.action_type, figure(time(one.at))]));
const calls = ({ calls }) => table('Calls', ['Address', 'Answers'],
  Object.entries(calls).map(([address, counts]) => [element('code', {}, address),
    Object.entries(counts).map(([code, count]) => count + ' × ' + code).join(', ')]));

function draw(ledger) {
  // Keep the reader's place: a redraw must not take the focus away.
  const focused = document.activeElement?.getAttribute?.('aria-label');
  const hadFocus = place.contains(document.activeElement);
  const parts = [accounts, transfers, bulks, requests, links, pushes, calls].flatMap((part) => part(ledger));
  place.replaceChildren(...parts);
  if (hadFocus && focused) place.querySelector('[aria-label="' + CSS.escape(focused) + '"]')?.focus();
  const waiting = ledger.pushes.filter(({ result }) => result === 'waiting').length;
  const words = plural(ledger.transfers.length, 'transfer') + ', ' + plural(waiting, 'approval') + ' waiting. Live.';
  if (summary.textContent !== words) summary.textContent = words;
}

const stream = new EventSource('/_control/events');
stream.addEventListener('ledger', ({ data }) => draw(JSON.parse(data)));
stream.addEventListener('error', () => { summary.textContent = 'The bank does not answer. Trying again…'; });
`;
