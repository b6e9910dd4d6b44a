import { viewsEn } from './en.views.js';
import { viewsFr } from './fr.views.js';
import type { ResultText, WidgetViewMessages } from './view-messages.js';
import { provideViewMessages } from './views.js';

const notEnrolledEn: ResultText = {
  heading: 'No phone is paired',
  sentence: 'Your Qonto account has no phone that could approve payments. Nothing was paid.',
  next: 'Pair your phone in the Qonto app (Settings, Security), then pay again.',
};
const notEnrolledFr: ResultText = {
  heading: 'Aucun téléphone associé',
  sentence: 'Aucun téléphone de votre compte Qonto ne peut valider de paiement. Rien n’a été payé.',
  next: 'Associez votre téléphone dans l’application Qonto (Paramètres, Sécurité), puis payez à nouveau.',
};

const complete = (messages: WidgetViewMessages, notEnrolled: ResultText): WidgetViewMessages => {
  const results = { ...messages.results, not_enrolled: notEnrolled };
  return { ...messages, results };
};

// The build of the widget leaves this file out: its panel loads one language.
provideViewMessages('en', complete(viewsEn, notEnrolledEn));
provideViewMessages('fr', complete(viewsFr, notEnrolledFr));
