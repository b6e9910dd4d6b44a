// A partner's own script: shows what the button says, and asks the partner's own server what is so.
const EVENTS = [
  'qonto-pay-start',
  'qonto-pay-update',
  'qonto-pay-accepted',
  'qonto-pay-complete',
  'qonto-pay-error',
];
const MAX_SHOWN = 100;

const log = document.querySelector('#event-log');
const list = document.querySelector('#events');
const empty = document.querySelector('#no-events');
const badge = document.querySelector('#state');
/** Of the page on its own, and below it of what is so. */
const address = document.querySelector('#invoice')?.dataset.address;
let lastNews;
let timesAsked = 0;

for (const name of EVENTS) document.addEventListener(name, show);
document.addEventListener('qonto-pay-update', refreshStateWhenNew);
document.addEventListener('qonto-pay-complete', refreshState);
giveInvoiceItsAddress();

function show(event) {
  const entry = document.createElement('li');
  entry.dataset.event = event.type;
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString(document.documentElement.lang, {
    hour12: false,
  });
  const name = document.createElement('code');
  name.textContent = event.type;
  const what = document.createElement('span');
  what.textContent = inBrief(event.detail);
  entry.append(time, name, what);
  list.append(entry);
  while (list.children.length > MAX_SHOWN) list.firstElementChild.remove();
  log.hidden = false;
  empty.hidden = true;
  scrollToLatest();
}

/** The latest in sight and a whole entry on top: room below makes up for the one that would be cut. */
function scrollToLatest() {
  list.style.paddingBottom = '';
  const hiddenHeight = log.scrollHeight - log.clientHeight;
  const listTop = list.getBoundingClientRect().top;
  const topOf = (entry) => entry.getBoundingClientRect().top - listTop;
  const onTop = [...list.children].find((entry) => topOf(entry) >= hiddenHeight);
  if (!onTop) return;
  list.style.paddingBottom = `${topOf(onTop) - hiddenHeight}px`;
  log.scrollTop = topOf(onTop);
}

function inBrief(detail) {
  if (!detail) return '';
  if (detail.code) return `${detail.code}: ${detail.message}`;
  const { status, nextAction, seq } = detail.snapshot ?? detail;
  return [status, nextAction && `next: ${nextAction}`, seq !== undefined && `seq ${seq}`]
    .filter(Boolean)
    .join(' · ');
}

async function refreshStateWhenNew({ detail }) {
  const news = [detail?.status, detail?.link?.url, detail?.link?.paidCount].join();
  if (news === lastNews) return;
  lastNews = news;
  await refreshState();
}

/** Events can be made up in a browser, so the badge follows the server, which asks the payment service. */
async function refreshState() {
  timesAsked += 1;
  const turn = timesAsked;
  const answer = await fetch(`${address}/state${location.search}`);
  if (!answer.ok) return;
  const { state, label } = await answer.json();
  // A slow answer must not overwrite a later one.
  if (turn !== timesAsked) return;
  for (const shown of [badge, document.querySelector('[aria-current="page"] .badge')]) {
    if (!shown) continue;
    shown.dataset.state = state;
    shown.textContent = label;
  }
}

/** `/` shows the first unpaid invoice; once it is paid, a reload should still show this one. */
function giveInvoiceItsAddress() {
  if (address && location.pathname !== address)
    history.replaceState(null, '', address + location.search);
}
