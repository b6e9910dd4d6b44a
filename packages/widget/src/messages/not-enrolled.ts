import type { Language } from '../language.js';
import type { ResultText } from './view-messages.js';

/** Told to the payer alone: elsewhere it reads "declined", so the panel does without these words. */
export const notEnrolled: Record<Language, ResultText> = {
  en: {
    heading: 'No phone is paired',
    sentence: 'Your Qonto account has no phone that could approve payments. Nothing was paid.',
    next: 'Pair your phone in the Qonto app (Settings, Security), then pay again.',
  },
  fr: {
    heading: 'Aucun téléphone associé',
    sentence:
      'Aucun téléphone de votre compte Qonto ne peut valider de paiement. Rien n’a été payé.',
    next: 'Associez votre téléphone dans l’application Qonto (Paramètres, Sécurité), puis payez à nouveau.',
  },
};
