// A partner's own script: counts what is ticked, and shows what the partner's own server says of each row.
const ASK_EVERY_MS = 1000;
const FREE = ['unpaid', 'failed'];
/** Here the bank, or a colleague, has the payment, and others may be paid meanwhile. */
const TAKEN = ['processing', 'scheduled', 'requested', 'unknown', 'held'];

const form = document.querySelector('#payables');
const button = document.querySelector('qonto-pay-button');
const total = document.querySelector('#total');
const tickAll = document.querySelector('#tick-all');
const startAnother = document.querySelector('#start-another');
const presets = [...document.querySelectorAll('[data-preset]')];
const { lang } = document.documentElement;
const euros = new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
  style: 'currency',
  currency: 'EUR',
});
const rows = [...form.querySelectorAll('tbody tr')].map((element) => ({
  element,
  row: Number(element.dataset.row),
  cents: BigInt(element.dataset.cents),
  tick: element.querySelector('input'),
  place: element.querySelector('.place'),
}));
const rowAt = new Map(rows.map((each) => [each.row, each]));

/** The rows of the payment that the button shows, in the order of its items; none: it would pay what is ticked. */
let shown = form.dataset.current ? form.dataset.current.split(',').map(Number) : undefined;
let begun = [];
let lastAskedAt = 0;
let askTimer;

const CHOICES = {
  all: () => true,
  none: () => false,
  plain: ({ element }) => 'plain' in element.dataset,
  trusted: ({ element }) => 'trusted' in element.dataset,
};
const isFree = ({ element }) => FREE.includes(element.dataset.state);
const ticked = () => rows.filter((each) => each.tick.checked && isFree(each)).map(({ row }) => row);

form.addEventListener('change', ({ target }) => {
  if (target === tickAll) tick(() => tickAll.checked);
  else change();
});
for (const preset of presets)
  preset.addEventListener('click', () => tick(CHOICES[preset.dataset.preset]));
startAnother.addEventListener('click', () => tick(() => false));
button.addEventListener('qonto-pay-start', () => {
  begun = ticked();
});
button.addEventListener('qonto-pay-update', () => {
  shown ??= begun;
  update();
  askSoon();
});
addEventListener('focus', askSoon);
addEventListener('pageshow', askSoon);
update();

function tick(isWanted) {
  for (const each of rows) each.tick.checked = isFree(each) && isWanted(each);
  change();
}

/** Other rows are another payment: the button begins anew. */
function change() {
  if (shown) {
    shown = undefined;
    button.removeAttribute('intent');
    button.intent = '';
  }
  update();
}

function update() {
  const { snapshot } = button;
  const isLive = shown && snapshot && !snapshot.final && snapshot.status !== 'open';
  for (const each of rows) each.tick.disabled = Boolean(isLive) || !isFree(each);
  for (const preset of [...presets, tickAll]) preset.disabled = Boolean(isLive);
  startAnother.hidden = !(isLive && TAKEN.includes(snapshot.status));
  const paid = shown ?? ticked();
  number(paid);
  const cents = paid.reduce((sum, row) => sum + (rowAt.get(row)?.cents ?? 0n), 0n);
  tell(paid.length, `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);
  const free = rows.filter(isFree);
  const count = free.filter((each) => each.tick.checked).length;
  tickAll.checked = count > 0 && count === free.length;
  tickAll.indeterminate = count > 0 && count < free.length;
  if (!shown) askFor(paid);
}

/** The button tells results by these numbers. */
function number(paid) {
  const places = new Map(paid.map((row, index) => [row, index + 1]));
  for (const { row, place } of rows) place.textContent = places.get(row) ?? '';
}

function tell(count, amount) {
  const words = total.dataset[`${shown ? 'shown' : 'ticked'}${count === 1 ? 'One' : 'Many'}`];
  const text = `${count} ${words} · ${euros.format(amount)}`;
  for (const place of document.querySelectorAll('.total-text')) place.textContent = text;
  if (shown) return;
  button.setAttribute('count', count);
  button.setAttribute('amount', count ? amount : '');
  button.toggleAttribute('disabled', count === 0);
}

/** The button asks there inside the click, without a body: the ticked rows stand in the address. */
function askFor(paid) {
  const url = new URL(button.dataset.intentUrl, location.href);
  url.searchParams.set('only', rangesOf(paid).join(','));
  button.setAttribute('intent-url', url.pathname + url.search);
}

function rangesOf(paid) {
  const ranges = [];
  for (const row of paid) {
    const last = ranges.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else ranges.push([row, row]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
}

/** Events come faster than anybody reads: one question a second, the last one after the last event. */
function askSoon() {
  clearTimeout(askTimer);
  askTimer = setTimeout(ask, Math.max(0, lastAskedAt + ASK_EVERY_MS - Date.now()));
}

/** Events can be made up in a browser, so the rows follow the server, which asks the payment service. */
async function ask() {
  lastAskedAt = Date.now();
  const query = new URL(button.dataset.intentUrl, location.href).search;
  const answer = await fetch(`/payables/states${query}`);
  if (!answer.ok) return;
  const { states } = await answer.json();
  for (const { row, state, label, detail } of states) {
    const each = rowAt.get(row);
    if (!each) continue;
    each.element.dataset.state = state;
    const badge = each.element.querySelector('.badge');
    badge.dataset.state = state;
    badge.textContent = label;
    each.element.querySelector('.detail').textContent = detail;
    if (state === 'paid') each.tick.checked = false;
  }
  update();
}
