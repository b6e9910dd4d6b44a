import type {
  LinkMethod,
  LinkReason,
  LinkState,
  LinkStatus,
  ProviderStatus,
} from '@qonto-pay/shared';

/** A heading with what it means, and what can be done. */
export interface Said {
  heading: string;
  sentence: string;
  next?: string;
}

type Reasons = Record<LinkReason, { sentence: string; next: string }>;

const AGAIN = 'You can create a new one if the invoice is still due.';

const states: Record<LinkState, Said> = {
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
    sentence: 'Qonto counted another total than the invoice, so nobody is shown this link.',
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
    next: AGAIN,
  },
  canceled: {
    heading: 'The link is deactivated',
    sentence: 'It can no longer be paid.',
    next: AGAIN,
  },
  refused: { heading: 'No link was created', sentence: 'Qonto did not accept the link.' },
  failed: {
    heading: 'No link was created',
    sentence: 'Something went wrong, and nothing has reached Qonto.',
    next: 'It is safe to try again.',
  },
};

const reasons: Reasons = {
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
    sentence:
      'Qonto counted another total than the invoice. The link was withdrawn before anybody saw it.',
    next: 'Go back to the invoice and check its rows.',
  },
  'paid-otherwise': {
    sentence: 'The invoice was paid by another link, so this one was withdrawn.',
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
    sentence: 'We have checked: the link was never created.',
    next: 'It is safe to try again.',
  },
};

const provider: Record<ProviderStatus, Said> = {
  enabled: { heading: 'Connected to Mollie', sentence: 'Payment links can be created.' },
  not_connected: {
    heading: 'Connect Mollie first',
    sentence:
      'Mollie is the payment provider that Qonto’s payment links work with. Your company connects to it once: here, then on Mollie’s own page. Mollie then checks the details, which may take some days.',
  },
  pending: {
    heading: 'Mollie is not ready yet',
    sentence:
      'Mollie still checks your company, which may take some days, or waits for more details from you.',
    next: 'This page goes on by itself as soon as Mollie is ready. You can also come back later.',
  },
  disabled: {
    heading: 'Mollie is switched off',
    sentence: 'Your company’s connection to Mollie is disabled, so no payment link can be created.',
    next: 'Qonto’s support can tell you why. Your client can pay by bank transfer meanwhile.',
  },
  unavailable: {
    heading: 'No payment links for your company',
    sentence:
      'Qonto offers payment links only in some countries, to some legal forms and on some plans; your company has none at the moment.',
    next: 'Qonto’s support can tell you what is missing. Your client can pay by bank transfer meanwhile.',
  },
};

const found: Record<LinkStatus | 'unrecognized', string> = {
  open: 'Open',
  processing: 'Payment on its way',
  paid: 'Paid',
  expired: 'Expired',
  canceled: 'Deactivated',
  unrecognized: 'Status not known',
};

const methods: Record<LinkMethod, string> = {
  credit_card: 'Card',
  apple_pay: 'Apple Pay',
  paypal: 'PayPal',
  ideal: 'iDEAL',
};

/** Words of who collects, on the pages without script: the same as the pay page's. */
export const collectEn = {
  ...{ states, reasons, provider, found, methods },
  signIn: {
    heading: 'Get paid by payment link',
    lead: (partner: string) =>
      `${partner} lets you create a payment link for an invoice: your client pays by it, to your Qonto account.`,
    permission:
      'Qonto asks you to allow payment links for this page: it creates the link and sees when it is paid. No money can leave your account by it.',
    stuck: 'Your sign-in at Qonto has ended, so we no longer see whether the link is paid.',
  },
  notAllowed: {
    heading: 'You cannot create payment links',
    sentence:
      'Only an owner or admin of your company can make payment links in Qonto. Please ask one of them to open this page.',
  },
  bank: {
    heading: 'Qonto does not answer',
    sentence: 'No link has been created. We are trying again by ourselves.',
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
  collectingAs: 'You collect for',
  review: 'Check and create the link',
  again: 'Create a new link',
  amount: 'To be collected',
  item: 'Item',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  vat: 'VAT',
  net: 'Net',
  gross: 'With VAT',
  vatOn: (rate: string, net: string) => `VAT ${rate} on ${net}`,
  total: 'Total',
  type: { good: 'Goods', service: 'Service' },
  invoice: 'Invoice',
  debtor: 'Client',
  payee: 'Bank transfers go to',
  reusable:
    'The link is reusable: several clients can pay it, each the whole amount, until it expires or is deactivated.',
  once: 'The link can be paid once.',
  howToPay: 'How your client may pay',
  notEnabled: 'not enabled at Mollie',
  noMethod: 'None of these is enabled at Mollie. Enable one there, then open this page again.',
  create: (amount: string) => `Create payment link for ${amount}`,
  hint: 'Nobody is told of it: you share the link yourself.',
  others: {
    heading: 'Other links of this invoice',
    sentence:
      'Qonto has these links of the same invoice. Share one of them, so that nobody pays twice.',
    paid: 'This invoice has been paid by another link, so no new one is created.',
    accept: 'Create another link all the same',
  },
  created: (at: string) => `created on ${at}`,
  form: {
    account: 'Where the money arrives',
    phone: 'Phone number',
    phoneHint: 'With the country code, such as +33 6 12 34 56 78.',
    description: 'What your company sells (optional)',
    descriptionHint: 'At least 80 characters, or nothing.',
    website: 'Website (optional)',
    websiteHint: 'Such as https://www.example.com',
    connect: 'Connect to Mollie',
    goOn: 'Continue to the payment provider',
    noAccount: 'Qonto shows no account of yours on which the money could arrive.',
  },
  choose: {
    heading: 'Which link is yours?',
    sentence:
      'Qonto’s answer was lost, and its list has links that may be yours. Open them if you like, then choose the one to share. No new link is created.',
    button: 'This is the one',
    none: 'None of these: I have looked in Qonto, and there is no such link',
  },
  until: (day: string) => `It can be paid until ${day}.`,
  paidSoFar: (count: number) => `Paid ${count === 1 ? 'once' : `${count} times`} so far.`,
  link: 'Payment link',
  qr: 'QR code',
  qrLabel: 'QR code that opens the payment link',
  print: 'Print',
  payments: 'Payments',
  payment: { pending: 'on its way', paid: 'paid', failed: 'failed' },
  otherMethod: 'Another way to pay',
  deactivate: {
    button: 'Deactivate the link',
    sentence: 'Nobody can pay by it any more. It cannot be switched on again.',
    yes: 'Yes, deactivate it',
    elsewhere: 'You can deactivate this link in your Qonto app.',
  },
  bankTransfer: 'For your client: how to pay by bank transfer',
  paper: {
    from: 'To be paid to',
    byLink: 'Pay online',
    byLinkText: 'Scan the code with your phone, or type the address.',
    byTransfer: 'Pay by bank transfer',
    onceOnly: 'Please pay once only: online, or by bank transfer.',
  },
};

export type CollectWords = typeof collectEn;
