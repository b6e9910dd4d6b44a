import type { LinkWords } from './link-words.js';

const TRY_AGAIN = 'You can create a new one if the invoice is still due.';

export const linkWords: LinkWords = {
  problems: {
    'link-in-progress': 'There is a payment link for this invoice already.',
    'other-links-open':
      'Another link of this invoice is open. Share that one, or tick the box to create another one.',
    'link-not-open': 'The link is no longer open, so there was nothing to deactivate.',
    'link-not-ours':
      'We are not certain that this link was made here, so we left it alone. Please deactivate it in your Qonto app.',
    'candidate-not-found':
      'We are still looking, or this link is no longer among those found. “None of these” can be chosen ten minutes after the request.',
    'method-not-enabled':
      'One of the ways to pay is not enabled at Mollie. Please check them again.',
    'invalid-methods': 'Choose at least one way to pay.',
    'provider-not-connected': 'Your company is not connected to Mollie yet.',
    'provider-unavailable': 'Qonto offers no payment links to your company at the moment.',
  },
  errors: {
    'not-allowed': {
      heading: 'You cannot create payment links',
      sentence:
        'Only an owner or admin of your company can make payment links in Qonto. Please ask one of them to open this page.',
    },
    bank: {
      heading: 'Qonto does not answer',
      sentence: 'No link has been created. We are trying again by ourselves.',
    },
  },
  closed: {
    withdrawn: {
      heading: 'Invoice withdrawn',
      sentence: 'This invoice was withdrawn, so it gets no payment link any more.',
    },
    lapsed: {
      heading: 'No longer open',
      sentence:
        'A link can no longer be created here. Go back to the invoice and start from there.',
    },
  },
  signIn: {
    heading: 'Get paid by payment link',
    lead: (partner) =>
      `${partner} lets you create a payment link for an invoice: your client pays by it, to your Qonto account.`,
    permission:
      'Qonto asks you to allow payment links for this page (“payment_link.read” and “payment_link.write”): it creates the link and sees when it is paid. No money can leave your account by it.',
    next: 'You sign in at Qonto, then you see what is collected. No link is created before you confirm it.',
  },
  collectingAs: (organization, member) => `You collect for ${organization}, as ${member}.`,
  review: {
    heading: 'Check and create the link',
    sentence: 'Please check what is collected.',
    item: 'Item',
    withVat: 'With VAT',
    type: { good: 'Goods', service: 'Service' },
    net: 'Net',
    vat: (rate, net) => `VAT ${rate} on ${net}`,
    total: 'Total',
    invoice: 'Invoice',
    debtor: 'Client',
    reusable:
      'The link is reusable: several clients can pay it, each the whole amount, until it expires or is deactivated.',
    once: 'The link can be paid once.',
    payee: 'Bank transfers go to',
    methods: 'How your client may pay',
    notEnabled: 'not enabled at Mollie',
    noMethod: 'None of these is enabled at Mollie. Enable one there, then open this page again.',
    create: (amount) => `Create payment link for ${amount}`,
    hint: 'Nobody is told of it: you share the link yourself.',
  },
  others: {
    heading: 'Other links of this invoice',
    sentence:
      'Qonto has these links of the same invoice. Share one of them, so that nobody pays twice.',
    doubt:
      'One of these links has been paid. Please make sure that it was for another invoice before you create a new one.',
    paid: 'This invoice has been paid by another link, so no new one is created.',
    accept: 'Create another link all the same',
  },
  methods: {
    credit_card: 'Card',
    apple_pay: 'Apple Pay',
    paypal: 'PayPal',
    ideal: 'iDEAL',
  },
  found: {
    open: 'Open',
    processing: 'Payment on its way',
    paid: 'Paid',
    expired: 'Expired',
    canceled: 'Deactivated',
    unrecognized: 'Status not known',
    created: (date) => `created on ${date}`,
  },
  states: {
    making: {
      heading: 'Creating the link',
      sentence: 'Qonto is creating your payment link.',
      next: 'This takes a few seconds.',
    },
    unknown: {
      heading: 'We are checking',
      sentence:
        'Qonto has not answered; we are checking whether the link was created. Please do not make another one.',
      next: 'The link will show here and on the invoice. You can close this page: we go on checking.',
    },
    withdrawing: {
      heading: 'The link is being withdrawn',
      sentence: 'Nobody is to pay it, so we switch it off at Qonto.',
      next: 'This page shows when you can try again.',
    },
    open: { heading: 'Your payment link is ready', sentence: 'Share it with your client.' },
    processing: {
      heading: 'A payment is on its way',
      sentence: 'Your client has begun to pay.',
      next: 'This page shows when it is done.',
    },
    paid: {
      heading: 'Paid',
      sentence: 'Your client has paid by the link.',
      next: 'Nothing more for you to do.',
    },
    expired: {
      heading: 'The link has expired',
      sentence: 'It can no longer be paid.',
      next: TRY_AGAIN,
    },
    canceled: {
      heading: 'The link is deactivated',
      sentence: 'It can no longer be paid.',
      next: TRY_AGAIN,
    },
    refused: { heading: 'No link was created', sentence: 'Qonto did not accept the link.' },
    failed: {
      heading: 'No link was created',
      sentence: 'Something went wrong, and nothing has reached Qonto.',
      next: 'It is safe to try again.',
    },
  },
  reasons: {
    'provider-not-connected': {
      sentence: 'Your company’s connection to Mollie is missing or not ready.',
      next: 'Try again: this page then shows what is to be done.',
    },
    'not-allowed': {
      sentence: 'Only an owner or admin of your company can make payment links in Qonto.',
      next: 'Please ask one of them to open this page.',
    },
    'method-not-enabled': {
      sentence: 'One of the ways to pay is not enabled at Mollie.',
      next: 'Try again with another one.',
    },
    'bank-refused': {
      sentence: 'Qonto did not accept the link, and gave no reason that we know.',
      next: 'Try again later, or ask Qonto’s support.',
    },
    'amount-differs': {
      sentence: 'Qonto counted another total than the invoice, so nobody is shown the link.',
      next: 'Go back to the invoice and check its rows.',
    },
    'paid-otherwise': {
      heading: 'Paid by another link',
      sentence: 'Another link of this invoice has been paid, so this one is switched off.',
      next: 'Nothing more for you to do.',
    },
    'signed-out': {
      sentence: 'Your sign-in at Qonto had ended, so nothing was sent.',
      next: 'Try again: you sign in first.',
    },
    'consent-needed': {
      sentence: 'Qonto asks for a permission that is missing, so nothing was created.',
      next: 'Try again: Qonto then asks you for it.',
    },
    'not-at-the-bank': {
      sentence: 'There is no such link at Qonto.',
      next: 'It is safe to try again.',
    },
  },
  choose: {
    heading: 'Which link is yours?',
    sentence:
      'Qonto has not answered, and its list has links that may be yours. Open them if you like, then choose the one to share. No new link is created.',
    button: 'This is the one',
    none: 'None of these: I have looked in Qonto, and there is no such link',
  },
  lost: {
    heading: 'We cannot find the link',
    sentence:
      'Qonto has not answered, and its list does not tell for certain. Please look in your Qonto app, and deactivate the link if it is there.',
    none: 'I have looked in Qonto: there is no such link',
  },
  until: (date) => `It can be paid until ${date}.`,
  paidSoFar: (count) => `Paid ${count === 1 ? 'once' : `${count} times`} so far.`,
  link: {
    url: 'Payment link',
    qr: 'QR code',
    qrLabel: 'QR code that opens the payment link',
    print: 'Print',
    payments: 'Payments',
    signIn: 'Your sign-in at Qonto has ended, so we no longer see whether the link is paid.',
    renew: 'Create a new link',
  },
  payment: {
    pending: 'on its way',
    paid: 'paid',
    failed: 'failed',
    otherMethod: 'Another way to pay',
  },
  deactivate: {
    button: 'Deactivate the link',
    heading: 'Deactivate this link?',
    sentence: 'Nobody can pay by it any more. It cannot be switched on again.',
    yes: 'Yes, deactivate it',
    elsewhere: 'You can deactivate this link in your Qonto app.',
  },
  bankTransfer: 'For your client: bank transfer',
};
