import type { ResultText, ViewMessages } from './view-messages.js';

/** To the person there is one step from the confirmation to the bank. */
const sending: ResultText = {
  heading: 'Sending',
  sentence: 'Your payment is on its way to the bank.',
  next: 'This takes a few seconds.',
};

export const viewsEn: ViewMessages = {
  minutesLeft: (minutes) => `${minutes} min left`,
  clockLeft: (clock) => `${clock} left`,
  secondsLeft: (seconds) => `${seconds} seconds left`,
  timeIsUp: 'Time is up',
  approveHeading: 'Approve on your phone',
  help: [
    'Check your phone: Qonto asks you to approve this payment.',
    'No notification? Open the Qonto app, the payment is waiting there.',
    'Still nothing? You can choose another method.',
  ],
  results: {
    confirmed: sending,
    sending,
    requested: {
      heading: 'Waiting for a colleague',
      sentence: 'An owner or admin has to approve this payment in Qonto.',
      next: 'Nothing more for you to do. The answer will show here.',
    },
    scheduled: {
      heading: 'Scheduled',
      sentence: 'The bank will send the payment on the chosen date.',
      next: 'Nothing more for you to do.',
    },
    processing: {
      heading: 'The bank has it',
      sentence: 'The payment is approved and on its way.',
      next: 'Nothing more for you to do. You can close this page.',
    },
    settled: {
      heading: 'Paid',
      sentence: 'The bank has made the payment.',
      next: 'Nothing more for you to do.',
    },
    sent_unconfirmed: {
      heading: 'Sent',
      sentence: 'The payment was sent, but no bank will confirm that it arrived.',
      next: 'Do not pay again. Your account statement shows the payment.',
    },
    partially_settled: {
      heading: 'Partly paid',
      sentence: 'Some of the payments were made, others were not.',
      next: 'Pay only those that were not made.',
    },
    declined: {
      heading: 'The bank declined',
      sentence: 'The payment was not made. No money has left your account.',
      next: 'The payment page shows the reason. You can try again.',
    },
    denied: {
      heading: 'Refused on the phone',
      sentence: 'Somebody refused the payment in the Qonto app. No money has left your account.',
      next: 'A slip? You can pay again. Not you? Tell Qonto.',
    },
    expired: {
      heading: 'Time ran out',
      sentence: 'Nobody approved the payment in time. No money has left your account.',
      next: 'You can pay again when your phone is at hand.',
    },
    canceled: {
      heading: 'Payment canceled',
      sentence: 'The payment was canceled. No money has left your account.',
      next: 'You can pay again if the invoice is still due.',
    },
    failed: {
      heading: 'Not sent',
      sentence: 'Something went wrong on our side. Nothing has reached the bank.',
      next: 'It is safe to pay again.',
    },
    unknown: {
      heading: 'We are checking',
      sentence: 'The bank has not answered, so we are looking for the payment there.',
      next: 'Do not pay again. The result will show here.',
    },
    held: {
      heading: 'A person is checking',
      sentence: 'Something about this payment needs a closer look.',
      next: 'Do not pay again. The result will show here.',
    },
  },
};
