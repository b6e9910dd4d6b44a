import type { Messages } from './messages.js';

export const en: Messages = {
  brand: 'Qonto Pay',
  loading: 'Loading…',
  offline: 'No connection. This page goes on by itself as soon as there is one.',
  retrying: 'We are trying again by ourselves.',
  notices: {
    changed: 'What you saw has changed: please check again.',
    'check-pending': 'The payee’s name is still being checked. Please wait a moment.',
    decide: 'Please decide about the payee first: tick the box.',
    account: 'This account cannot be used here. Please choose another one.',
    'too-many': 'That was too often in a short time. Please wait a few minutes, then try again.',
    paused: 'Payments from this site are paused at the moment. Nothing has been paid.',
    bank: 'Qonto does not answer at the moment. Nothing has been paid. Please try again shortly.',
    refused: 'Qonto did not accept this. Nothing has been paid.',
    checking: 'We are checking whether your confirmation arrived. Please do not pay again.',
    'not-arrived':
      'Your confirmation did not arrive, and nothing has been paid. You can confirm again.',
    'try-again': 'That did not get through. Please try again.',
    reloaded: 'The page was out of date, so we loaded it again. Please check it and confirm.',
    'not-cancelable': 'It was too late to cancel: the payment is already on its way.',
    'not-replaceable': 'The phone has already answered, so nothing new was sent to it.',
  },
  errors: {
    'not-found': {
      heading: 'This payment does not exist',
      sentence: 'The link may be incomplete. Please go back to the invoice and start from there.',
    },
    'not-allowed': {
      heading: 'You cannot pay here',
      sentence:
        'Your role or your company’s plan in Qonto does not let you prepare payments. Please ask an owner or admin of your company to pay this invoice.',
    },
    bank: {
      heading: 'Qonto does not answer',
      sentence: 'Nothing has been paid. We are trying again by ourselves.',
    },
    unreachable: {
      heading: 'No connection',
      sentence: 'We are trying again by ourselves.',
    },
  },
  closed: {
    paid: {
      heading: 'Already paid',
      sentence: 'This invoice has been paid. There is nothing more for you to do.',
    },
    'in-progress': {
      heading: 'A payment is in progress',
      sentence: 'This invoice is being paid already. Please do not pay it a second time.',
    },
    withdrawn: {
      heading: 'Invoice withdrawn',
      sentence: 'The sender has withdrawn this invoice. Nothing was paid.',
    },
    lapsed: {
      heading: 'No longer open',
      sentence: 'This payment can no longer be made here. Go back to the invoice for a new one.',
    },
  },
  signIn: {
    heading: {
      'signed-out': 'Pay with your Qonto account',
      consent: 'One more permission',
      fresh: 'Confirm that it is you',
    },
    lead: (partner) => `${partner} asks you to pay an invoice.`,
    consent:
      'Qonto needs your permission to prepare payments for this page (“payment.write”). Without it the payment cannot be sent.',
    fresh:
      'You trust this payee in Qonto, so your phone will not be asked. Please sign in again instead, to confirm that it is you.',
    next: 'You sign in at Qonto, then you see who will be paid and how much. Nothing is paid before you confirm it.',
    unseen: (partner) => `Neither we nor ${partner} ever see your password.`,
    button: 'Sign in with Qonto',
  },
  review: {
    heading: 'Check and pay',
    payingAs: (organization, member) => `You pay for ${organization}, as ${member}.`,
    signedInAs: (organization, member) => `You are signed in for ${organization}, as ${member}.`,
    switchMember: 'Not you?',
    amount: 'Amount',
    payee: 'Payee',
    iban: 'IBAN',
    bankIn: (country) => `Bank in ${country}`,
    reference: 'Reference',
    simplified: 'Simplified, because banks carry plain letters only.',
    dueDate: 'Due',
    savedName: (saved) =>
      `Your Qonto knows this IBAN as “${saved}”. Please check that the payee is right.`,
    account: 'Pay from',
    balance: (amount) => `Balance: ${amount}`,
    balanceTooLow:
      'This account holds less than the amount. The bank may decline, or choose another account.',
    trusted: 'You trust this payee in Qonto, so your phone will not ask for approval.',
    phone: 'Qonto will then ask you to approve on your phone.',
    checking: 'Checking the payee’s name…',
    pay: (amount) => `Pay ${amount}`,
    sending: 'Sending…',
  },
  bankTransfer: 'Pay by bank transfer instead',
  leave: 'Leave without paying',
  back: (partner) => `Back to ${partner}`,
  again: 'Pay again',
  wait: {
    heading: (amount, count) =>
      count > 1 ? `Your ${count} payments, ${amount}` : `Your payment of ${amount}`,
    payments: 'Payments',
    passkey: 'Qonto has sent you a link by text message: open it and use your passkey.',
    closing: 'Confirmed. This window closes now, and the invoice shows how it goes on.',
    compare: 'Approve only if your phone shows the same.',
    trouble: 'Nothing arrived?',
    methods: {
      'paired-device': 'Send to my phone again',
      passkey: 'Use a passkey instead',
    },
    ask: 'Ask again',
    asking: 'Asking…',
    otherMember: 'A colleague has confirmed this payment. You see here how it goes on.',
    cancel: 'Cancel the payment',
    cancelHeading: 'Cancel this payment?',
    cancelSentence: 'Nothing will be paid. The approval on the phone will no longer count.',
    cancelYes: 'Yes, cancel it',
    cancelNo: 'No, go on',
  },
  results: {
    canceled: {
      heading: 'Payment canceled',
      sentence:
        'No money has left your account. A phone may still ask: approving it then pays nothing.',
      next: 'You can pay again if the invoice is still due.',
    },
    unknown: {
      heading: 'We are checking',
      sentence:
        'The bank has not answered, so we are looking for the payment there. Please do not pay again.',
      next: 'The result will show here and on the invoice. You can close this page: we go on checking.',
    },
    held: {
      heading: 'A person is checking',
      sentence: 'Something about this payment needs a closer look. Please do not pay again.',
      next: 'The result will show here and on the invoice. You can close this page.',
    },
  },
  end: {
    account: 'From account',
    trustTip:
      'Do you often pay this payee? In Qonto’s web app, open the payee and switch on “Allow automated transfers”: next time your phone will not be asked.',
  },
  close: 'Close',
};
