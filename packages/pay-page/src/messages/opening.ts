import type { Language } from '../language.js';

/** The sentences of the opening page; apart, so that the pay page does not carry them. */
interface OpeningMessages {
  heading: string;
  sentence: string;
  failedHeading: string;
  failed: string;
  close: string;
}

const en: OpeningMessages = {
  heading: 'Opening…',
  sentence: 'Your payment is being prepared.',
  failedHeading: 'Not opened',
  failed:
    'The payment could not be opened, and nothing was paid. Please try again from the invoice.',
  close: 'Close',
};

const fr: OpeningMessages = {
  heading: 'Ouverture…',
  sentence: 'Votre paiement est en préparation.',
  failedHeading: 'Ouverture impossible',
  failed:
    'Le paiement n’a pas pu être ouvert et rien n’a été payé. Veuillez réessayer depuis la facture.',
  close: 'Fermer',
};

export const openingMessages: Readonly<Record<Language, OpeningMessages>> = { en, fr };
