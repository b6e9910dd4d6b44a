/** Keeps the phone up to date without a reload. Without it the forms work all the same. */
export const PHONE_SCRIPT = `
const approvals = document.getElementById('approvals');
const announcement = document.getElementById('announcement');
const member = approvals.dataset.member;
const waiting = () => approvals.querySelectorAll('[data-approval]').length;

const stream = new EventSource('/phone/events?member=' + encodeURIComponent(member));
stream.addEventListener('approvals', (event) => {
  const { markup } = JSON.parse(event.data);
  const before = waiting();
  const hadFocus = approvals.contains(document.activeElement);
  const focused = document.activeElement;
  const action = focused?.form?.getAttribute('action');
  const fold = focused?.closest('details')?.id;
  const open = [...approvals.querySelectorAll('details[open]')].map(({ id }) => id);
  // Our own server's markup, with every value escaped there.
  approvals.innerHTML = markup;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (hadFocus) {
    const same = action && approvals.querySelector('form[action="' + CSS.escape(action) + '"] button');
    const summary = fold && document.getElementById(fold)?.querySelector('summary');
    (same || summary || approvals).focus();
  }
  if (waiting() > before) announcement.textContent = 'Something new waits for your approval.';
});

approvals.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  // A disabled button drops the focus: keep it near.
  approvals.focus();
  for (const button of form.closest('[data-approval]').querySelectorAll('button')) button.disabled = true;
  const isApproval = form.action.endsWith('/approve');
  const answer = await fetch(form.action, { method: 'POST', redirect: 'manual' }).catch(() => undefined);
  if (!answer) return form.submit();
  announcement.textContent = isApproval ? 'Approved.' : 'Refused.';
});
`;
