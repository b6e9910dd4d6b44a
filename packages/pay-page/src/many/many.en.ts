import { tableEn } from '@qonto-pay/widget/messages/en.item-table';
import type { ManyMessages } from './many-messages.js';

const invoices = (count: number): string => `${count} invoice${count === 1 ? '' : 's'}`;

export const words: ManyMessages = {
  table: tableEn,
  notices: {
    documents: 'An invoice above €30,000 needs its document first. Nothing has been paid.',
    date: 'The bank does not take this date. Please choose another one.',
    gone: 'The request has been decided already.',
    'consent-refused':
      'Qonto was not allowed to do more for this page. Everything else works as before.',
  },
  reasons: {
    'bulk-not-allowed': {
      sentence: 'Your Qonto plan or role pays one invoice at a time. Nothing was paid.',
      next: 'Pay the invoices one after the other, or ask a colleague.',
    },
    'document-missing': {
      sentence: 'A payment above €30,000 needs its invoice, and Qonto has none. Nothing was paid.',
      next: 'Pay again and attach the invoice.',
    },
    'request-declined': {
      heading: 'Your colleague declined',
      sentence: 'An owner or admin of your company has declined the request. Nothing was paid.',
      next: 'Ask them why. You can then prepare it again.',
    },
    'request-canceled': {
      heading: 'Request withdrawn',
      sentence: 'The request was withdrawn in Qonto before anybody approved it. Nothing was paid.',
      next: 'You can prepare it again if the invoice is still due.',
    },
  },
  summary: (count, of) => `${count} of ${of} invoices`,
  payOn: 'When',
  payOnChoices: { now: 'Now', due: 'Each on its due date', date: 'On a date' },
  payDate: 'Date',
  payOnDue: 'Without a due date, or when it has passed, an invoice is paid now.',
  payOnDate: 'The bank sends the payments on this day. Until then you can cancel them here.',
  payOnItsDueDate: 'On its due date',
  payOnAsked: 'Once it is approved, the bank sends it on this day.',
  speed: {
    instant: 'Instant transfer',
    standard: 'Standard transfer, there within one working day',
  },
  payLater: (amount, day) => `Pay ${amount} on ${day}`,
  phoneNow: (day) =>
    `Qonto will ask you to approve on your phone now. The money leaves your account on ${day}; until then you can cancel here.`,
  trustedLater: (day) =>
    `You trust this payee in Qonto, so your phone will not ask for approval. The money leaves your account on ${day}; until then you can cancel here.`,
  speeds: {
    instant: (n) => `${n} go${n === 1 ? 'es' : ''} as instant transfer${n === 1 ? '' : 's'}`,
    standard: (n) => `${n} as standard transfer${n === 1 ? '' : 's'}, there within one working day`,
    scheduled: (n) => `${n} on ${n === 1 ? 'its' : 'their'} date`,
  },
  phone: (n) =>
    n === 1
      ? 'Qonto will then ask you to approve on your phone.'
      : 'Qonto will then ask you once, for all of them, to approve on your phone.',
  trusted: 'You trust all these payees in Qonto, so your phone will not ask for approval.',
  oneByOne:
    'Your Qonto plan or role pays one invoice at a time. Choose one; after it the next is offered.',
  check: (n) => `Check ${n} payee${n === 1 ? '' : 's'}`,
  checkHint: 'You have chosen other invoices: their payees are checked before you can pay.',
  checking: (n) => `Checking ${n} payee${n === 1 ? '' : 's'}…`,
  checked: (matching, decisions) =>
    decisions === 0
      ? `${matching} payee${matching === 1 ? ' matches' : 's match'}.`
      : `${matching} payee${matching === 1 ? ' matches' : 's match'}, ${decisions} need${decisions === 1 ? 's' : ''} your decision.`,
  pay: (n, amount) => `Pay ${invoices(n)} · ${amount}`,
  chooseOne: 'Choose at least one invoice.',
  missingDecisions: (n) =>
    n === 1
      ? 'One decision is missing: tick its box, or take the invoice out.'
      : `${n} decisions are missing: tick each box, or take the invoice out.`,
  missingDate: 'Choose the date first, or pay now.',
  missingDocuments: (n) =>
    n === 1
      ? 'One invoice document is not at Qonto yet: attach it, or take the invoice out.'
      : `${n} invoice documents are not at Qonto yet: attach them, or take the invoices out.`,
  progress: (settled, of, failed) =>
    failed > 0 ? `${settled} of ${of} settled, ${failed} failed` : `${settled} of ${of} settled`,
  retry: (n) => (n === 1 ? 'Retry the one that failed' : `Retry the ${n} that failed`),
  payOthers: (n) => (n === 1 ? 'Pay the other one' : `Pay the ${n} others`),
  payNext: 'Pay the next one',
  proof: 'Proof (PDF)',
  proofs: 'All proofs (ZIP)',
  results: 'Results (CSV)',
  withdrawButton: 'Cancel the scheduled payment',
  withdrawAll: (n) => `Cancel all ${n} scheduled payments`,
  withdrawHeading: (n) => (n > 1 ? `Cancel these ${n} payments?` : 'Cancel this payment?'),
  withdraw: (payee, amount) => `${amount} to ${payee} will not be sent.`,
  withdrawMany: (n, amount) => `${n} payments, ${amount} in all, will not be sent.`,
  withdrawYes: (n) => (n > 1 ? 'Yes, cancel them' : 'Yes, cancel it'),
  withdrawNo: (n) => (n > 1 ? 'No, keep them' : 'No, keep it'),
  file: {
    attached: 'Invoice attached.',
    type: 'This file is not a PDF, JPEG or PNG. Please choose another one.',
    size: 'This file is larger than 10 MB. Please choose a smaller one.',
    failed: 'The file did not get through. Please try again.',
  },
  ask: {
    why: 'Your role or your company’s plan in Qonto does not let you pay this yourself. A colleague can.',
    heading: 'Prepare and ask a colleague',
    sentence:
      'You prepare the payment here. An owner or admin of your company is asked to approve it; nothing is paid before.',
    note: 'Note for your colleague (optional)',
    noteHint: 'They read it beside the request.',
    button: 'Prepare and ask',
    consent: 'Qonto needs your permission to pass requests on from this page.',
    allow: 'Allow at Qonto',
    asking: 'Asking…',
  },
  asked: {
    heading: 'Your colleagues have been asked',
    sentence: 'An owner or admin of your company can approve it in Qonto, or on this same page.',
    next: 'Nothing more for you to do. The answer shows here and on the invoice.',
  },
  colleagueAsked: {
    heading: 'A colleague is being asked to approve',
    sentence: 'An owner or admin of your company is deciding, and Qonto asks them on their phone.',
    next: 'Nothing more for you to do. The answer shows here and on the invoice.',
  },
  approve: {
    heading: 'A colleague asks you to approve',
    failed: 'Your last approval did not go through.',
    sentence: 'Please check who is paid and how much.',
    button: (n, amount) => `Approve ${n === 1 ? '' : `${n} payments · `}${amount}`,
    hint: 'Qonto will then ask you to approve on your phone.',
    consent: 'Qonto needs your permission to decide on requests on this page.',
    decline: 'Decline',
    declineHeading: 'Decline this request?',
    declineNote: 'Why? Your colleague reads it.',
    declineYes: 'Decline',
    declineNo: 'Back',
  },
};
