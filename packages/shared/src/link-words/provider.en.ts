import type { ProviderWords } from './provider-words.js';

export const providerWords: ProviderWords = {
  problems: {
    'invalid-phone-number':
      'This is no phone number with its country code. Please write it like +33\u00a06\u00a012\u00a034\u00a056\u00a078.',
    'invalid-description': 'Write at least 80 characters, or leave it empty.',
    'invalid-website':
      'Write the whole address, such as https://www.example.com, or leave it empty.',
  },
  states: {
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
      sentence:
        'Your company’s connection to Mollie is disabled, so no payment link can be created.',
      next: 'Qonto’s support can tell you why. Your client can pay by bank transfer meanwhile.',
    },
    unavailable: {
      heading: 'No payment links for your company',
      sentence:
        'Qonto offers payment links only in some countries, to some legal forms and on some plans; your company has none at the moment.',
      next: 'Qonto’s support can tell you what is missing. Your client can pay by bank transfer meanwhile.',
    },
  },
  form: {
    account: 'Where the money arrives',
    phone: 'Phone number',
    phoneHint: 'With the country code, such as +33\u00a06\u00a012\u00a034\u00a056\u00a078.',
    description: 'What your company sells (optional)',
    website: 'Website (optional)',
    websiteHint: 'Such as https://www.example.com',
    connect: 'Connect to Mollie',
    goOn: 'Go on at Mollie',
    noAccount: 'Qonto shows no account of yours on which the money could arrive.',
  },
};
